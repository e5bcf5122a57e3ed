"""Work that arrived without effect, as whoever cares for phones sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from propapp.core.errors import UnknownOperation
from propapp.core.sync.upcast import known
from propapp.core.text import refusal
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards.rules import stamp
from propapp.features.phones.models import HeldOperation
from propapp.features.phones.repository import HeldRepository, HeldRow

SHOWN = 100
# What ended stays in sight for so long.
REMEMBERED = timedelta(days=30)
# Kinds that phones have words for.
SPOKEN = ("account.", "leave.", "letter.", "message.", "order.", "round.", "swap.")


@dataclass(frozen=True)
class HeldCard:
    """One piece of work in words that a page can show."""

    id: str = ""
    who: str = ""
    who_en: str = ""
    kind: str = ""  # a kind there is a word for, else empty
    name: str = ""  # the kind as the phone wrote it, with its version
    reason: str = ""  # author_left · unknown_operation · operation_conflict · sequence_reused
    status: str = ""  # open · done · settled
    at: str = ""
    since: str = ""
    may_perform: bool = False
    refused: str = ""
    refused_en: str = ""
    note: str = ""
    settler: str = ""
    settler_en: str = ""
    settled_at: str = ""


def held_work(uow: UnitOfWork) -> list[HeldCard]:
    """What waits for somebody first, then what ended lately."""
    found = HeldRepository(uow).latest(ended_since=uow.now - REMEMBERED, limit=SHOWN)
    return [_card(row) for row in found]


def _card(row: HeldRow) -> HeldCard:
    held, settler = row.held, row.settler
    is_known = _is_known(held)
    said = [
        refusal(held.refusal, locale, held.refusal_facts or {}) if held.refusal else ""
        for locale in ("zh-CN", "en")
    ]
    return HeldCard(
        id=str(held.id),
        who=row.person.name,
        who_en=row.person.name_en,
        kind=held.kind if is_known and held.kind.startswith(SPOKEN) else "",
        name=f"{held.kind.replace('.', ' · ')} {held.version}",
        reason=held.reason,
        status=held.status.value,
        at=stamp(held.occurred_at),
        since=stamp(held.received_at),
        may_perform=is_known and not held.second,
        refused=said[0],
        refused_en=said[1],
        note=held.note,
        settler=settler.name if settler else "",
        settler_en=settler.name_en if settler else "",
        settled_at=stamp(held.settled_at),
    )


def _is_known(held: HeldOperation) -> bool:
    try:
        known(held.kind, held.version)
    except UnknownOperation:
        return False
    return True
