"""Visits to be looked at once more, in plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from propapp.features.boards.rows import LookRow
from propapp.features.boards.rules import stamp
from propapp.features.boards.run_views import ReasonLine, weight
from propapp.features.boards.twin_views import TwinLine
from propapp.features.people.models import Person
from propapp.features.rounds.models import SecondLook


@dataclass(frozen=True)
class LookCard:
    """A visit to be looked at once more."""

    id: str = ""
    run: str = ""
    look: str = ""  # waiting · asked
    route: str = ""
    route_en: str = ""
    point: str = ""
    point_en: str = ""
    who: str = ""
    who_en: str = ""
    at: str = ""
    score: int = 0
    weight: str = ""
    reasons: list[ReasonLine] = field(default_factory=list[ReasonLine])
    photos: list[str] = field(default_factory=list[str])
    twins: list[TwinLine] = field(default_factory=list[TwinLine])
    note: str = ""


def look_card(
    look: SecondLook,
    row: LookRow,
    person: Person,
    *,
    photos: Sequence[str],
    twins: Sequence[TwinLine],
) -> LookCard:
    """The visit as whoever judges it sees it."""
    visit = row.visit
    return LookCard(
        id=str(look.id),
        run=str(row.run.id),
        look=look.look.value,
        route=row.route.name,
        route_en=row.route.name_en,
        point=row.checkpoint.name,
        point_en=row.checkpoint.name_en,
        who=person.name,
        who_en=person.name_en,
        at=stamp(visit.arrived_at),
        score=visit.score or 0,
        weight=weight(visit),
        reasons=[ReasonLine(str(code), int(points)) for code, points in visit.reasons],
        photos=list(photos),
        twins=list(twins),
        note=look.note,
    )
