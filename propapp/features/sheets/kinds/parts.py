"""How the goals of a site are shared out: the parts of each goal's letter, a hundred together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from propapp.core.access import Permission, Role
from propapp.core.errors import PropappError
from propapp.core.ids import derived_id
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.features.goals import letters
from propapp.features.goals.commands import KeepLetter, PartSpec
from propapp.features.goals.models import Goal, Letter, LetterStatus
from propapp.features.goals.repository import GoalRepository
from propapp.features.goals.service import keep_letter
from propapp.features.people import repository as people
from propapp.features.sheets.forms import WHOLE, choice
from propapp.features.sheets.kinds.shifts import STAFF
from propapp.features.sheets.naming import called, staff_names
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Notice, Values


class PartBook(Book):
    """The parts of the draft of each goal's letter, else of the one that holds."""

    columns = (
        Column("goal", required=True, width=28),
        Column("post", choice("role", STAFF), required=True),
        Column("person", required=True, width=18),
        Column("weight", WHOLE, required=True),
        Column("duty", width=40),
        Column("reason", width=28),
    )
    natural = ("goal", "person")
    shown_at: Mapping[str, str] = {
        "weights_not_hundred": "weight",
        "person": "person",
        "note_required": "reason",
        "weight": "weight",
        "duty": "duty",
        "reason": "reason",
    }

    def read(self) -> Iterator[Known]:
        """By goal, in the order of the letter."""
        site_id, session = self.target.site.id, self.uow.session
        found = GoalRepository(self.uow).standing_at(site_id)
        self.goals: dict[str, list[Goal]] = defaultdict(list)
        for goal in found:
            self.goals[goal.name].append(goal)
        self.people = staff_names(self.uow, site_id, Permission.LETTER_SIGN)
        self.letters = letters.current_of(session, [goal.id for goal in found])
        parts = letters.parts_of(session, [one.id for one in self.letters.values()])
        names = {person.id: name for name, person in self.people.items()}
        gone = {part.person_id for part in parts} - names.keys()
        names |= {one.id: one.name for one in people.by_ids(session, gone).values()}
        by_letter: dict[UUID, list[Any]] = defaultdict(list)
        for part in parts:
            by_letter[part.letter_id].append(part)
        self.file: dict[str, list[Values]] = defaultdict(list)
        for goal in found:
            letter = self.letters.get(goal.id)
            for part in by_letter[letter.id] if letter else ():
                row = {"goal": goal.name, "post": part.post.value, "weight": part.weight}
                row |= {"person": names[part.person_id], "duty": part.duty}
                yield Known(row | {"reason": letter.reason if letter else ""}, part)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The goals of the site, and who may sign."""
        return {"goal": list(self.goals), "person": list(self.people)}

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A goal by its name; all rows of a goal are its letter."""
        found = self.goals.get(values["goal"], [])
        if len(found) != 1:
            raise Trouble(
                "ambiguous" if found else "nobody_called", "goal", value=values["goal"][:60]
            )
        if values["person"] not in self.people:
            raise Trouble("nobody_called", "person", value=values["person"][:60])
        self.file[values["goal"]].append(values)
        return values

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """One letter for each goal of which something is new or other."""
        by_goal: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_goal[change.values["goal"]].append(change)
        self.kept = list(by_goal)
        for done, (name, mine) in enumerate(by_goal.items(), 1):
            try:
                with self.uow.session.begin_nested():
                    keep_letter(self.uow, self._command(self.goals[name][0]))
            except (PropappError, ValidationError) as error:
                yield from ((one, trouble) for one in mine for trouble in self.troubles(error))
            tell(done, len(by_goal))

    def notices(self) -> Iterator[Notice]:
        """Of each letter that is another one, who has no part in it any more."""
        for name in self.kept:
            there = {row["person"] for row in self.file[name]}
            parts = [one.values for one in self.known if one.values["goal"] == name]
            gone = [row["person"] for row in parts if row["person"] not in there]
            if gone:
                yield Notice("workbook.notice.part_left_out", {"name": name} | called(gone))

    def _command(self, goal: Goal) -> KeepLetter:
        rows = self.file[goal.name]
        reasons = [row["reason"] for row in rows if row["reason"]]
        parts = [
            PartSpec(
                post=Role(row["post"]),
                person_id=self.people[row["person"]].id,
                weight=row["weight"],
                duty=row["duty"],
            )
            for row in rows
        ]
        return KeepLetter(
            letter_id=self._letter_id(goal),
            goal_id=goal.id,
            parts=tuple(parts),
            reason=reasons[0] if reasons else "",
        )

    def _letter_id(self, goal: Goal) -> UUID:
        current: Letter | None = self.letters.get(goal.id)
        if current is not None and current.status is LetterStatus.DRAFT:
            return current.id
        version = letters.last_version(self.uow.session, goal.id) + 1
        return derived_id("letter", goal.id, version)


PARTS = Kind(
    "parts",
    Permission.GOAL_READ,
    PartBook,
    writes=Permission.GOAL_WRITE,
    example={"post": "guard", "weight": 60},
)
