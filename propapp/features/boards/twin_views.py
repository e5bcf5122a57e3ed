"""A photo that was used before, beside the earlier use of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from propapp.features.boards.rules import stamp
from propapp.features.rounds.twins import Twin


@dataclass(frozen=True)
class TwinLine:
    """A photo of the visit, and the earlier one that it is again."""

    photo: str = ""
    earlier: str = ""
    at: str = ""
    where: str = ""
    where_en: str = ""
    order: str = ""  # the number of the order that the earlier one belongs to


def twin_lines(twins: Iterable[Twin]) -> dict[UUID, list[TwinLine]]:
    """Them as the office sees them, by visit."""
    found: dict[UUID, list[TwinLine]] = {}
    for one in twins:
        line = TwinLine(
            photo=one.sha256,
            earlier=one.earlier,
            at=stamp(one.taken_at),
            where=one.where,
            where_en=one.where_en,
            order=one.order,
        )
        found.setdefault(one.visit_id, []).append(line)
    return found
