"""Parcels of unsent work as the office sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from propapp.core.text import refusal
from propapp.features.boards.rules import stamp
from propapp.features.parcels.models import ItemStatus, Parcel, ParcelItem
from propapp.features.people.models import Person


@dataclass(frozen=True)
class ParcelCard:
    """One parcel: whose work it is, how far it is, and how much of it became what."""

    id: str = ""
    author: str = ""
    author_en: str = ""
    who: str = ""
    who_en: str = ""
    at: str = ""
    status: str = ""  # waiting · taken · partly · failed
    problem: str = ""  # where it ended early: the code
    done: int = 0
    size: int = 0
    operations: int = 0
    photos: int = 0
    taken: int = 0
    known: int = 0
    trouble: int = 0  # whatever somebody has to look at
    later: int = 0


@dataclass(frozen=True)
class ParcelLine:
    """What became of one operation or photo."""

    id: str = ""
    kind: str = ""
    at: str = ""
    status: str = ""
    reason: str = ""
    reason_en: str = ""


_TROUBLE = (ItemStatus.REJECTED, ItemStatus.QUARANTINED, ItemStatus.CONFLICT)


def parcel_card(
    parcel: Parcel, people: Mapping[UUID, Person], counts: Mapping[ItemStatus, int]
) -> ParcelCard:
    """The parcel with the names of whoever worked and whoever brought it."""
    author, person = people[parcel.author_id], people[parcel.person_id]
    is_part = parcel.status.value == "taken" and bool(parcel.code)
    return ParcelCard(
        id=str(parcel.id),
        author=author.name,
        author_en=author.name_en or author.name,
        who=person.name,
        who_en=person.name_en or person.name,
        at=stamp(parcel.brought_at),
        status="partly" if is_part else parcel.status.value,
        problem=parcel.code,
        done=parcel.done,
        size=parcel.size,
        operations=parcel.operations,
        photos=parcel.photos,
        taken=counts.get(ItemStatus.TAKEN, 0),
        known=counts.get(ItemStatus.KNOWN, 0),
        trouble=sum(counts.get(status, 0) for status in _TROUBLE),
        later=counts.get(ItemStatus.LATER, 0),
    )


def parcel_line(item: ParcelItem) -> ParcelLine:
    """The item with the reason in both languages, where it has one."""
    said = [
        refusal(item.code, locale, item.facts) if item.code else "" for locale in ("zh-CN", "en")
    ]
    return ParcelLine(
        id=item.ref,
        kind=item.kind,
        at=item.at,
        status=item.status.value,
        reason=said[0],
        reason_en=said[1],
    )
