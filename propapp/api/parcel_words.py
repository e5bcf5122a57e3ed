"""A parcel taken in on the command line: a line for each thing that somebody has to know of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import BinaryIO

from propapp.api import unpacking
from propapp.core.errors import ParcelCut, ParcelDamaged, PropappError
from propapp.core.ids import uuid7
from propapp.core.text import refusal
from propapp.core.use_case import load_use_cases
from propapp.features.parcels.models import ItemStatus, ParcelItem

LOCALE = "en"
_PLAIN = frozenset({ItemStatus.TAKEN, ItemStatus.KNOWN})


def take_in(source: BinaryIO, say: Callable[[str], object], *, partly: bool = False) -> str:
    """Take in all of it, say what needs somebody, and give the sum in a sentence."""
    load_use_cases()
    last: dict[str, ParcelItem] = {}

    def tell(item: ParcelItem, _done: int) -> None:
        before = last.get(item.ref)
        if before is None or before.status is ItemStatus.LATER:
            last[item.ref] = item

    try:
        unpacking.take_in(uuid7(), source, tell, partly=partly)
    except ParcelDamaged:
        if not partly:
            raise
        say(refusal_of(ParcelCut()))
    for item in last.values():
        if item.status not in _PLAIN:
            say(f"{item.status.value}  {item.kind}  {item.ref}  {_why(item)}".rstrip())
    return _sum(Counter(item.status for item in last.values()))


def refusal_of(error: PropappError) -> str:
    """The sentence of an error, with its code."""
    return f"{error.code}: {refusal(error.code, LOCALE, error.facts)}"


def _why(item: ParcelItem) -> str:
    return refusal(item.code, LOCALE, item.facts) if item.code else ""


def _sum(counts: Counter[ItemStatus]) -> str:
    parts = [f"{status.value} {counts[status]}" for status in ItemStatus if counts[status]]
    return ", ".join(parts) or "nothing in it"
