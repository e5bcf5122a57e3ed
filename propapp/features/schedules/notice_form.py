"""From the rows of a year's notice to a command; what cannot be is refused with its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from propapp.core.dates.workdays import DayKind
from propapp.core.errors import InvalidInput, NoticeImpossible
from propapp.features.schedules.commands import DaySpec, EnterYear
from propapp.features.schedules.rules import days

_BETWEEN = re.compile(r"[\s,;\uff0c\u3001\uff1b]+")


def notice_command(form: Mapping[str, Any], year: int, names: list[str]) -> EnterYear:
    """Each festival is a row: its first and last day, and the weekend days worked instead."""
    found = [one for name in names for one in _row(form, year, name)]
    if not found:
        raise NoticeImpossible(day=str(year))
    try:
        return EnterYear(year=year, source=str(form.get("source", "")), days=tuple(found))
    except ValidationError as error:
        raise InvalidInput(field=str(error.errors()[0]["loc"][0])) from error


def _row(form: Mapping[str, Any], year: int, name: str) -> Iterator[DaySpec]:
    first, last = (_day(str(form.get(f"{end}_{name}", "")), year) for end in ("first", "last"))
    made_up = [one for one in _BETWEEN.split(str(form.get(f"made_up_{name}", ""))) if one]
    if first is None:
        if made_up or last is not None:
            raise NoticeImpossible(day=made_up[0] if made_up else str(last))
        return
    last = last or first
    if last < first:
        raise NoticeImpossible(day=last.isoformat())
    for day in days(first, last):
        yield DaySpec(day=day, kind=DayKind.HOLIDAY, name=name)
    for text in made_up:
        day = _day(text, year)
        if day is None:
            raise NoticeImpossible(day=text)
        yield DaySpec(day=day, kind=DayKind.MAKE_UP_WORKDAY, name=name)


def _day(text: str, year: int) -> date | None:
    """A day of the year, also without its year: 02-14."""
    text = text.strip()
    if not text:
        return None
    whole = text if text.count("-") > 1 else f"{year}-{text}"
    try:
        day = date.fromisoformat(whole)
    except ValueError as error:
        raise NoticeImpossible(day=text) from error
    if day.year != year:
        raise NoticeImpossible(day=text)
    return day
