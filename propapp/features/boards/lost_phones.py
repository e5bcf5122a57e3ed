"""Phones that lost something or still hold something, as whoever cares for them sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards.rules import stamp
from propapp.features.phones.repository import LossRow, PhoneLossRepository, UnsentRow

SHOWN = 50
# Settled ones stay in sight for so long.
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True)
class LossCard:
    """One loss in words that a page can show."""

    id: str = ""
    kind: str = ""  # cleared · went_back · suspected
    status: str = ""  # open · settled
    who: str = ""
    who_en: str = ""
    label: str = ""
    noticed_at: str = ""
    heard_at: str = ""  # before it was lost; empty for never
    back_at: str = ""  # when the very same phone spoke again after all
    highest: int = 0
    missing: int = 0
    photos: int = 0
    note: str = ""
    settler: str = ""
    settler_en: str = ""
    settled_at: str = ""


@dataclass(frozen=True)
class UnsentCard:
    """How much is left on a phone, by its own last word; what it is is known there alone."""

    id: str = ""
    who: str = ""
    who_en: str = ""
    label: str = ""
    count: int = 0
    heard_at: str = ""


def unsent(uow: UnitOfWork) -> list[UnsentCard]:
    """Whose phones hold work that has not arrived, those longest silent first."""
    return [_left(row) for row in PhoneLossRepository(uow).unsent(limit=SHOWN)]


def _left(row: UnsentRow) -> UnsentCard:
    return UnsentCard(
        id=str(row.device.id),
        who=row.person.name,
        who_en=row.person.name_en,
        label=row.device.label,
        count=row.left,
        heard_at=stamp(row.device.last_hello_at),
    )


def losses(uow: UnitOfWork) -> list[LossCard]:
    """What waits to be settled first, then what was settled lately."""
    found = PhoneLossRepository(uow).latest(settled_since=uow.now - REMEMBERED, limit=SHOWN)
    return [_card(row) for row in found]


def _card(row: LossRow) -> LossCard:
    loss, settler = row.loss, row.settler
    is_back = row.heard_at is not None and row.heard_at > loss.noticed_at
    return LossCard(
        id=str(loss.id),
        kind=loss.kind.value,
        status=loss.status.value,
        who=row.person.name,
        who_en=row.person.name_en,
        label=loss.label,
        noticed_at=stamp(loss.noticed_at),
        heard_at=stamp(loss.last_heard_at),
        back_at=stamp(row.heard_at) if is_back else "",
        highest=loss.highest_seq,
        missing=loss.missing,
        photos=loss.photos_missing,
        note=loss.note,
        settler=settler.name if settler else "",
        settler_en=settler.name_en if settler else "",
        settled_at=stamp(loss.settled_at),
    )
