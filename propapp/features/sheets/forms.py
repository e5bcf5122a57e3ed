"""How a value stands in a cell: read from what somebody wrote, and said so that it can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from propapp.core.errors import InvalidInput, WindowImpossible
from propapp.core.sheets import cells
from propapp.core.sheets.cells import Trouble
from propapp.core.sheets.reading import Cell
from propapp.core.sheets.wording import in_workbook, word_for
from propapp.core.sheets.writing import Value
from propapp.core.text import LOCALES
from propapp.features.schedules.forms import read_windows

# Between several things in one cell.
BETWEEN = re.compile(r"[,;\uff0c\uff1b\u3001\n]")


@dataclass(frozen=True)
class Form:
    """Reads a cell, and says a value in a language; what it says it reads as the same value."""

    read: Callable[[Cell], Any]
    say: Callable[[Any, str], Value]
    empty: Any = ""
    # The words that are offered, by language.
    offered: Callable[[str], Sequence[str]] | None = None


def as_it_is(value: Any, _locale: str) -> Value:
    """The value itself is what stands in the cell."""
    return value


def _clock(value: Any, _locale: str) -> Value:
    return None if value is None else f"{value // 60 % 24:02}:{value % 60:02}"


def _yes(locale: str) -> str:
    return in_workbook("yes", locale)


def _flag(value: Any, locale: str) -> Value:
    return _yes(locale) if value else ""


TEXT = Form(cells.text_of, as_it_is)
NUMBER = Form(cells.number_of, as_it_is, empty=None)
WHOLE = Form(cells.whole_of, as_it_is, empty=None)
DAY = Form(cells.day_of, as_it_is, empty=None)
# A day, and the hour behind it.
_MOMENT = re.compile(r"^(.*?)(?:[ T]*(\d{1,2}:\d{2})(?::\d{2})?)?$")


def _read_moment(cell: Cell) -> datetime | None:
    """A minute by the clock on the wall of the site; a day alone is its first."""
    cells.refuse_strange(cell)
    if isinstance(cell, datetime):
        # A workbook counts in parts of a day, which may be a little less than the whole minute.
        return (cell + timedelta(milliseconds=500)).replace(second=0, microsecond=0)
    read = _MOMENT.match(cells.plain(cell))
    if read is None or not read[0]:
        return None
    try:
        day, clock = cells.day_of(read[1]), cells.clock_of(read[2] or "0:00")
    except Trouble:
        day, clock = None, None
    if day is None or clock is None:
        raise Trouble("not_moment", value=cells.text_of(cell)[:40])
    return datetime.combine(day, time(*divmod(clock, 60)))


MOMENT = Form(_read_moment, as_it_is, empty=None)
CLOCK = Form(cells.clock_of, _clock, empty=None)
FLAG = Form(cells.flag_of, _flag, empty=False, offered=lambda locale: [_yes(locale)])


def on_the_wall(instant: datetime | None, zone: str) -> datetime | None:
    """The instant as a cell holds it: to the minute, by the clock of a site in this zone."""
    if instant is None:
        return None
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)


def _read_answer(cell: Cell) -> str:
    said = cells.flag_of(cell)
    if not said and not isinstance(cell, bool) and not cells.plain(cell):
        return ""
    return "yes" if said else "no"


def _say_answer(value: Any, locale: str) -> Value:
    return in_workbook(value, locale) if value else ""


def _answers(locale: str) -> list[str]:
    return [in_workbook(one, locale) for one in ("yes", "no")]


# Unlike a flag, an empty cell says neither.
ANSWER = Form(_read_answer, _say_answer, offered=_answers)


@lru_cache(maxsize=64)
def choice(prefix: str, codes: tuple[str, ...]) -> Form:
    """One of some codes, as the word that the catalogues have for it under the prefix."""
    taken: dict[str, str] = {}
    for code in codes:
        for locale in LOCALES:
            taken[cells.plain(word_for(prefix, code, locale)).lower()] = code
        taken[code] = code

    def say(value: Any, locale: str) -> Value:
        return word_for(prefix, value, locale) if value else ""

    def offered(locale: str) -> list[str]:
        return [word_for(prefix, code, locale) for code in codes]

    return Form(lambda cell: cells.choice_of(cell, taken), say, offered=offered)


def named(prefix: str, codes: tuple[str, ...]) -> Form:
    """One of some codes by its word, as by ``choice``, or else what is written."""
    known = choice(prefix, codes)

    def read(cell: Cell) -> str:
        try:
            return known.read(cell)
        except Trouble:
            return cells.text_of(cell)

    def say(value: Any, locale: str) -> Value:
        return known.say(value, locale) if value in codes else value

    return Form(read, say, offered=known.offered)


def _read_windows(cell: Cell) -> str:
    text = cells.plain(cell)
    if not text:
        return ""
    return said_windows(windows_of(text, 0))


def windows_of(text: str, grace: int) -> list[dict[str, int]]:
    """The windows of a text that a cell held."""
    try:
        return read_windows(text, grace)
    except (WindowImpossible, InvalidInput) as error:
        raise Trouble("not_windows", value=text[:60]) from error


def said_windows(windows: Sequence[Mapping[str, int]]) -> str:
    """``08:00-09:00, 22:00-06:00``, as a page writes it too."""

    def clock(minutes: int) -> str:
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"

    return ", ".join(
        f"{clock(one['opens'])}-{clock(one['opens'] + one['minutes'])}" for one in windows
    )


WINDOWS = Form(_read_windows, as_it_is)

# From 04-01 to 10-31, also with the signs for month and day.
_SEASON = re.compile(
    r"^(\d{1,2})[-./\u6708](\d{1,2})\u65e5?\s*[~\u81f3\u5230\u2013\u2014-]\s*"
    r"(\d{1,2})[-./\u6708](\d{1,2})\u65e5?$"
)


def _read_season(cell: Cell) -> str:
    text = cells.plain(cell)
    if not text:
        return ""
    read = _SEASON.match(text)
    if read is None:
        raise Trouble("not_season", value=text[:60])
    first, first_day, last, last_day = (int(part) for part in read.groups())
    return f"{first:02}-{first_day:02}~{last:02}-{last_day:02}"


SEASON = Form(_read_season, as_it_is)


def _read_several(cell: Cell) -> str:
    parts = BETWEEN.split(cells.text_of(cell))
    return ", ".join(part.strip() for part in parts if part.strip())


# Several keys or names in one cell.
SEVERAL = Form(_read_several, as_it_is)

# A choice is words, in which there may be commas; in quotes, as in CSV, also semicolons.
_CHOICE = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^;\uff1b\n]*))(?:[;\uff1b\n]|$)')
_QUOTED = re.compile(r'[;\uff1b\n]|^"')


def choices_of(said: str) -> list[str]:
    """The choices that a cell names."""
    found = (quoted.replace('""', '"') or plain for quoted, plain in _CHOICE.findall(said))
    return [one.strip() for one in found if one.strip()]


def choices_said(choices: Iterable[str]) -> str:
    """A cell that names these choices."""
    return "; ".join(
        '"' + one.replace('"', '""') + '"' if _QUOTED.search(one) else one for one in choices
    )


CHOICES = Form(lambda cell: choices_said(choices_of(cells.text_of(cell))), as_it_is)
