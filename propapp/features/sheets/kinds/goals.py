"""The goals of a site, and the clauses that serve each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.sheets.cells import Trouble
from propapp.core.use_case import Command
from propapp.features.goals import repository as goals
from propapp.features.goals.commands import KeepGoal, ServeGoal
from propapp.features.goals.measures import NEWEST
from propapp.features.goals.models import Comparison, Goal
from propapp.features.goals.repository import GoalRepository
from propapp.features.people import repository as people
from propapp.features.sheets.forms import DAY, NUMBER, SEVERAL, WHOLE, choice
from propapp.features.sheets.naming import named_clauses, staff_names
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known

_SAID = ("name", "name_en", "target", "weight", "source", "starts", "ends")


class GoalBook(Book):
    """The goals of a site that were not dropped."""

    columns = (
        Column("id", width=16),
        Column("name", required=True, width=28),
        Column("name_en", width=20),
        Column("measure", choice("goal.measure", tuple(NEWEST)), required=True, width=20),
        Column("comparison", choice("goal.comparison", tuple(Comparison)), required=True),
        Column("target", NUMBER, required=True),
        Column("weight", WHOLE, required=True),
        Column("source", required=True, width=24),
        Column("responsible", required=True),
        Column("starts", DAY, required=True),
        Column("ends", DAY, required=True),
        Column("clauses", SEVERAL, width=24, strict=False),
    )
    natural = ("name", "starts")
    shown_at: Mapping[str, str] = {
        "days_backwards": "ends",
        "person": "responsible",
        "responsible_id": "responsible",
        "clause": "clauses",
        "clause_ids": "clauses",
    }

    def read(self) -> Iterator[Known]:
        """The goals, the oldest first."""
        site_id = self.target.site.id
        found = GoalRepository(self.uow).standing_at(site_id)
        self.people = staff_names(self.uow, site_id, Permission.STAFF_READ)
        named = {person.id: name for name, person in self.people.items()}
        gone = {goal.responsible_id for goal in found} - named.keys()
        named |= {one.id: one.name for one in people.by_ids(self.uow.session, gone).values()}
        self.clauses = named_clauses(self.uow)
        numbers = {row.clause.id: name for name, row in self.clauses.items()}
        serving = goals.serving(self.uow.session, [goal.id for goal in found])
        for goal in found:
            served = [numbers[one] for one in serving.get(goal.id, []) if one in numbers]
            yield Known(_row(goal, named[goal.responsible_id], served), goal)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """Who works at the site, and clauses by number."""
        return {"responsible": list(self.people), "clauses": list(self.clauses)}

    def commands(self, change: Change) -> Iterable[tuple[str, Command]]:
        """The goal itself, and the clauses where those are others."""
        goal_id = self._id(change)
        if change.is_new() or change.touched - {"clauses"}:
            yield "goal.keep", self._kept(change, goal_id)
        if "clauses" in change.touched and (change.known or change.values["clauses"]):
            yield "goal.serve", ServeGoal(goal_id=goal_id, clause_ids=tuple(self._served(change)))

    def _id(self, change: Change) -> UUID:
        if change.known is not None:
            return change.known.thing.id
        return self.new_id("goal", *self.key_of(change.values))

    def _kept(self, change: Change, goal_id: UUID) -> KeepGoal:
        values = change.values
        return KeepGoal.model_validate(
            {name: values[name] for name in _SAID}
            | {
                "goal_id": goal_id,
                "site_id": self.target.site.id,
                "measure": values["measure"],
                "comparison": values["comparison"],
                "responsible_id": self._responsible(change),
            }
        )

    def _responsible(self, change: Change) -> UUID:
        if change.known is not None and "responsible" not in change.touched:
            return change.known.thing.responsible_id
        name = change.values["responsible"]
        if name not in self.people:
            raise Trouble("nobody_called", "responsible", value=name[:60])
        return self.people[name].id

    def _served(self, change: Change) -> Iterator[UUID]:
        for name in filter(None, change.values["clauses"].split(", ")):
            if name not in self.clauses:
                raise Trouble("nobody_called", "clauses", value=name[:60])
            yield self.clauses[name].clause.id


def _row(goal: Goal, responsible: str, clauses: Sequence[str]) -> dict[str, Any]:
    return {
        **{name: getattr(goal, name) for name in _SAID},
        "id": str(goal.id),
        "measure": goal.measure,
        "comparison": goal.comparison.value,
        "responsible": responsible,
        "clauses": ", ".join(clauses),
    }


GOALS = Kind(
    "goals",
    Permission.GOAL_READ,
    GoalBook,
    writes=Permission.GOAL_WRITE,
    example={
        "measure": "rounds_complete",
        "comparison": "at_least",
        "target": 95,
        "weight": 20,
        "starts": date(2026, 1, 1),
        "ends": date(2026, 12, 31),
    },
)
