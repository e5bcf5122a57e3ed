"""A recurrence in the words of a cell: plain ones in either language, others as their rule."""

from __future__ import annotations

import re

from propapp.core.dates.recurrence import WEEKDAYS
from propapp.core.sheets import cells
from propapp.core.sheets.cells import Trouble
from propapp.core.sheets.reading import Cell
from propapp.core.sheets.wording import in_workbook
from propapp.core.sheets.writing import Value
from propapp.core.text import LOCALES
from propapp.features.sheets.forms import BETWEEN, Form

_WEEKLY = re.compile(r"^FREQ=WEEKLY(?:;BYDAY=([A-Z]{2}(?:,[A-Z]{2})*))?$")
_MONTHLY = re.compile(r"^FREQ=MONTHLY;BYMONTHDAY=(-?\d+(?:,-?\d+)*)$")
# A number and whatever stands behind it, such as the sign for a day.
_DAY = re.compile(r"^(-?\d{1,2})\D{0,3}$")


def _word(name: str, locale: str) -> str:
    return in_workbook(f"repeat.{name}", locale)


def _read(cell: Cell) -> str:
    text = cells.plain(cell)
    if not text:
        return ""
    for locale in LOCALES:
        rule = _read_in(text, locale)
        if rule is not None:
            return rule
    rule = text.upper().removeprefix("RRULE:")
    if not rule.startswith("FREQ="):
        raise Trouble("not_repeat", value=text[:60])
    return rule


def _read_in(text: str, locale: str) -> str | None:
    small = text.lower()
    if small == _word("once", locale).lower():
        return ""
    if small == _word("daily", locale).lower():
        return "FREQ=DAILY"
    if small.startswith(weekly := _word("weekly", locale).lower()):
        return _weekly(text[len(weekly) :], text, locale)
    if small.startswith(monthly := _word("monthly", locale).lower()):
        return _monthly(text[len(monthly) :], text)
    return None


def _weekly(said: str, whole: str, locale: str) -> str:
    if not said.strip():
        return "FREQ=WEEKLY"
    prefix = _word("weekday", locale)
    codes = dict(zip(_word("weekdays", locale).split(), WEEKDAYS, strict=True))
    days = [part.strip().removeprefix(prefix).strip() for part in BETWEEN.split(said)]
    if any(day not in codes for day in days):
        raise Trouble("not_repeat", value=whole[:60])
    return f"FREQ=WEEKLY;BYDAY={','.join(codes[day] for day in days)}"


def _monthly(said: str, whole: str) -> str:
    read = [_DAY.match(part.strip()) for part in BETWEEN.split(said)]
    if not all(read):
        raise Trouble("not_repeat", value=whole[:60])
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(one[1] for one in read if one)}"


def _say(rule: str, locale: str) -> Value:
    if not rule:
        return _word("once", locale)
    if rule == "FREQ=DAILY":
        return _word("daily", locale)
    between = _word("between", locale)
    if week := _WEEKLY.match(rule):
        words: dict[str, str] = dict(zip(WEEKDAYS, _word("weekdays", locale).split(), strict=True))
        days = week[1].split(",") if week[1] else []
        return (_word("weekly", locale) + between.join(words[day] for day in days)).strip()
    if month := _MONTHLY.match(rule):
        sign = _word("month_day", locale)
        return _word("monthly", locale) + between.join(day + sign for day in month[1].split(","))
    return rule


def _offered(locale: str) -> list[str]:
    rules = ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=1", "")
    return [str(_say(rule, locale)) for rule in rules]


REPEAT = Form(_read, _say, offered=_offered)
