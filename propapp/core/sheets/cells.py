"""From what stands in a cell to what is meant by it; what cannot be meant is a trouble."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache

from propapp.core.sheets.reading import Cell, Strange
from propapp.core.sheets.wording import in_workbook
from propapp.core.text import LOCALES

# 2026-03-01, 2026/3/1, 2026.3.1, and with the signs for year, month and day.
_DAY = re.compile(
    r"^(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?"
    r"(?:[ T]00:00(?::00)?)?$"
)
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::00)?$")
_EARLIEST, _LATEST = 2000, 2100


@dataclass(frozen=True)
class Wrong:
    """Why a value cannot be; its sentence stands under ``key``."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


class Trouble(Exception):
    """A cell that cannot be taken; ``column`` is none where it is the whole row."""

    def __init__(self, code: str, column: str = "", **facts: object) -> None:
        super().__init__(code)
        key = code if "." in code else f"workbook.trouble.{code}"
        self.wrong = Wrong(key, {name: str(value) for name, value in facts.items()})
        self.column = column


def text_of(cell: Cell) -> str:
    """Words; a number that somebody typed for a name is its digits."""
    refuse_strange(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").strip()


def number_of(cell: Cell) -> float | None:
    """A number, also one typed as text or with full-width digits."""
    refuse_strange(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell)
    text = plain(cell)
    if not text:
        return None
    try:
        number = float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        raise Trouble("not_number", value=text_of(cell)[:40]) from None
    if number != number or number in {float("inf"), float("-inf")}:  # noqa: PLR0124 - not a number
        raise Trouble("not_number", value=text_of(cell)[:40])
    return number


def whole_of(cell: Cell) -> int | None:
    """A whole number."""
    number = number_of(cell)
    if number is None:
        return None
    if not number.is_integer() or abs(number) > 10**15:
        raise Trouble("not_whole", value=text_of(cell)[:40])
    return int(number)


def day_of(cell: Cell) -> date | None:
    """A day: a real one, or written in one of the ways in which people write it."""
    refuse_strange(cell)
    if isinstance(cell, datetime):
        day: date | None = cell.date()
    elif isinstance(cell, date):
        day = cell
    else:
        text = plain(cell)
        if not text:
            return None
        day = _written_day(text)
    if day is None or not _EARLIEST <= day.year < _LATEST:
        raise Trouble("not_day", value=text_of(cell)[:40])
    return day


def _written_day(text: str) -> date | None:
    read = _DAY.match(text)
    if read is None:
        return None
    try:
        return date(*(int(part) for part in read.groups()))
    except ValueError:
        return None


def clock_of(cell: Cell) -> int | None:
    """A time of day in minutes after midnight."""
    refuse_strange(cell)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    text = plain(cell)
    if not text:
        return None
    read = _CLOCK.match(text)
    if read is None or int(read[1]) > 23 or int(read[2]) > 59:  # noqa: PLR2004 - a day's hours
        raise Trouble("not_clock", value=text_of(cell)[:40])
    return int(read[1]) * 60 + int(read[2])


def flag_of(cell: Cell) -> bool:
    """Yes or no; an empty cell is no."""
    refuse_strange(cell)
    if isinstance(cell, bool):
        return cell
    text = plain(cell).lower()
    if text in _words("yes"):
        return True
    if not text or text in _words("no"):
        return False
    raise Trouble("not_flag", value=text_of(cell)[:40])


@lru_cache(maxsize=2)
def _words(answer: str) -> frozenset[str]:
    """All that is taken for yes, or for no, in either language."""
    said = (in_workbook(f"taken.{answer}", locale) for locale in LOCALES)
    return frozenset(word for words in said for word in words.split())


def choice_of(cell: Cell, offered: Mapping[str, str]) -> str:
    """The code of one of the words that are offered, in either language; ``""`` for none.

    ``offered`` gives the code of each word as it is compared: by ``plain`` and in small letters.
    """
    text = text_of(cell)
    if not text:
        return ""
    code = offered.get(plain(text).lower())
    if code is None:
        raise Trouble("not_offered", value=text[:40])
    return code


def plain(cell: Cell) -> str:
    """Text without full-width forms and without spaces around it."""
    text = text_of(cell)
    return unicodedata.normalize("NFKC", text).strip()


def refuse_strange(cell: Cell) -> None:
    """Refuse what holds no value of its own."""
    if cell is Strange.FORMULA:
        raise Trouble("formula")
    if cell is Strange.MISTAKE:
        raise Trouble("mistake")
