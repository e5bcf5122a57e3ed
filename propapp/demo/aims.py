"""What the demo world is to reach in its year of service."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from propapp.core.ids import derived_id
from propapp.demo.cast import SITE_ID, demo_id, member
from propapp.demo.chronicle import Chronicle, Moment
from propapp.demo.era import Era
from propapp.demo.programme import year_of
from propapp.demo.rows import Rows
from propapp.demo.sheets import sheet
from propapp.features.goals.models import Comparison, Goal, GoalClause

_SAID = ("name", "name_en", "measure", "target", "weight", "source")


def write_goals(rows: Rows, era: Era) -> None:
    """All of them, set by the manager before the year began."""
    chronicle, manager = Chronicle(era, rows), member("zhou")
    first, last = year_of(era)
    for number, said in enumerate(sheet("goals")["goal"]):
        at = era.opening - timedelta(days=12) + timedelta(hours=9, minutes=7 * number)
        goal = rows.add(
            Goal,
            id=demo_id("goal", said["key"]),
            site_id=SITE_ID,
            comparison=Comparison(said["comparison"]),
            responsible_id=member(said["responsible"]).id,
            starts=first,
            ends=last,
            made_by=manager.id,
            made_at=at,
            changed_at=at,
            **{name: said[name] for name in _SAID},
        )
        _serve(rows, said)
        chronicle.record(
            "goal.set",
            Moment(manager, at, at),
            thing_kind="goal",
            thing_id=goal["id"],
            name=said["name"],
            name_en=said["name_en"],
            target=said["target"],
            measure=said["measure"],
        )


def _serve(rows: Rows, said: dict[str, Any]) -> None:
    """The clauses have the ids that the library gives them."""
    for position, clause in enumerate(said["clauses"]):
        paper, number = clause.split()
        rows.add(
            GoalClause,
            goal_id=demo_id("goal", said["key"]),
            clause_id=derived_id("clause", paper, number),
            position=position,
        )
