"""A report in words: the one thing that both the printed page and the workbook are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from propapp.core import text
from propapp.core.text import DEFAULT

Cell = str | int | float | date | datetime | None


class Kind(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    WHOLE = "whole"
    TENTH = "tenth"
    PERCENT = "percent"
    SIGNED = "signed"
    DAY = "day"
    MOMENT = "moment"

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right and can be summed."""
        return self in {Kind.WHOLE, Kind.TENTH, Kind.PERCENT, Kind.SIGNED}


@dataclass(frozen=True)
class Column:
    """A column: its word, how its cells are written, how many letters wide it is.

    ``printed`` is false for what only the workbook has room for.
    """

    word: str
    kind: Kind = Kind.TEXT
    width: int = 10
    printed: bool = True


@dataclass(frozen=True)
class Row:
    """The cells of a row; ``tone`` is good, warn, danger or strong, empty where it is as usual."""

    cells: Sequence[Cell]
    tone: str = ""


@dataclass(frozen=True)
class Part:
    """A table with its heading; ``nothing`` is said where it has no row.

    ``most`` is how many rows are printed, ``more`` how many there are that not even the workbook
    has.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""
    nothing: str = ""
    most: int = 400
    more: int = 0
    printed: bool = True


@dataclass(frozen=True)
class Tile:
    """One large figure, and what it is made of."""

    word: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Bar:
    """A day of the month by how its rounds came out."""

    word: str
    done: int = 0
    late: int = 0
    missed: int = 0
    coming: int = 0


@dataclass(frozen=True)
class Document:
    """Everything that is written, in one language."""

    title: str
    site: str
    foot: str
    facts: Sequence[tuple[str, str]]
    tiles: Sequence[Tile]
    parts: Sequence[Part]
    closing: Sequence[tuple[str, str]] = ()
    signatures: Sequence[str] = ()
    bars: Sequence[Bar] = ()
    bars_title: str = ""
    words: dict[str, str] = field(default_factory=dict[str, str])


class Somebody(Protocol):
    """Whoever or whatever has a name in both languages."""

    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


@dataclass(frozen=True)
class Words:
    """The words of a report in one language, and its site's clock."""

    locale: str
    zone: str

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence of the report's own."""
        return text.sentence(f"paper.report.{key}", self.locale, facts)

    def of(self, key: str, **facts: object) -> str:
        """A word that a page has too."""
        return text.sentence(key, self.locale, facts)

    def name(self, one: Somebody | None) -> str:
        """The name of a thing or person."""
        return self.pick(one.name, one.name_en) if one else ""

    def pick(self, chinese: str, english: str) -> str:
        """The one of two that is read here."""
        return chinese if self.locale == DEFAULT else english or chinese

    def instant(self, at: datetime | None) -> datetime | None:
        """The instant as the site's clocks showed it, to the minute and without a zone."""
        if at is None:
            return None
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, second=0, microsecond=0)

    def said(self, at: datetime | None) -> str:
        """The same as text."""
        local = self.instant(at)
        return local.strftime("%Y-%m-%d %H:%M") if local else ""

    def all(self) -> dict[str, str]:
        """Every word of the report's own, for the template."""
        return text.words("paper.report", self.locale)


def percent(part: int, whole: int) -> float | None:
    """A share as a spreadsheet keeps it; rounded down, so that a hundred means all."""
    return 1000 * part // whole / 1000 if whole else None
