"""Clauses as the office reads them: the words of the paper, and their figures where it has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from propapp.core import text
from propapp.features.standards import figures, rules
from propapp.features.standards.clauses import ClauseRow
from propapp.features.standards.figures import Unit
from propapp.features.standards.models import ClauseLevel, Standard

# So often once in each unit, and so often in several; whole keys, for the words are the server's.
OFTEN = {
    Unit.HOUR: ("office.often.hour", "office.often.hours"),
    Unit.DAY: ("office.often.day", "office.often.days"),
    Unit.WEEK: ("office.often.week", "office.often.weeks"),
    Unit.MONTH: ("office.often.month", "office.often.months"),
    Unit.QUARTER: ("office.often.quarter", "office.often.quarters"),
    Unit.HALF_YEAR: ("office.often.half_year", "office.often.half_years"),
    Unit.YEAR: ("office.often.year", "office.often.years"),
}


@dataclass(frozen=True)
class StandardChoice:
    """A paper and its levels, each ``{code, name, name_en}``, to choose from."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    levels: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


@dataclass(frozen=True)
class LevelCell:
    """What is asked at one level; ``state`` is asked, none or unknown."""

    code: str = ""
    name: str = ""
    name_en: str = ""
    text: str = ""
    text_en: str = ""
    state: str = "asked"
    best: bool = False
    mark: str = ""
    verified: bool = False


@dataclass(frozen=True)
class ClauseCard:
    """A clause in the version of a day. Its paper's name is empty where it is the company's own."""

    id: str = ""
    number: str = ""
    title: str = ""
    title_en: str = ""
    area: str = ""
    kind: str = ""
    standard: str = ""
    standard_en: str = ""
    source: str = ""
    mark: str = ""
    verified: bool = False
    starts: str = ""
    ends: str = ""
    cities: list[str] = field(default_factory=list[str])
    evidence: list[str] = field(default_factory=list[str])
    levelled: bool = False
    cells: list[LevelCell] = field(default_factory=list[LevelCell])


def standard_choice(standard: Standard) -> StandardChoice:
    """The paper as the browser knows it."""
    return StandardChoice(
        str(standard.id), standard.name, standard.name_en or standard.name, standard.levels
    )


def clause_card(row: ClauseRow, *, level: str = "") -> ClauseCard:
    """The clause with all its levels, or with one of them."""
    clause, standard, version = row.clause, row.standard, row.version
    cells = level_cells(standard, row.levels)
    levelled = bool(cells[0].code)
    return ClauseCard(
        id=str(clause.id),
        number=clause.number,
        title=version.title,
        title_en=version.title_en or version.title,
        area=clause.area.value,
        kind=standard.kind.value,
        standard=standard.name,
        standard_en=standard.name_en or standard.name,
        source=version.source,
        mark=version.mark.value,
        verified=version.verified,
        starts=version.starts.isoformat(),
        ends=clause.ends.isoformat() if clause.ends else "",
        cities=clause.cities,
        evidence=[name for name in ("photos", "scan", "document") if version.evidence.get(name)],
        levelled=levelled,
        cells=[cell for cell in cells if not level or not levelled or cell.code == level],
    )


def level_cells(standard: Standard, levels: Sequence[ClauseLevel]) -> list[LevelCell]:
    """Every level of the paper in its order; a level that was not legible is unknown."""
    held = {level.level: level for level in levels}
    if "" in held:
        return [_cell(held[""])]
    codes = [level["code"] for level in standard.levels]
    best = rules.best_level(standard.direction, codes)
    return [
        _cell(held.get(one["code"]), **one, best=one["code"] == best) for one in standard.levels
    ]


def _cell(
    level: ClauseLevel | None,
    *,
    code: str = "",
    name: str = "",
    name_en: str = "",
    best: bool = False,
) -> LevelCell:
    if level is None:
        return LevelCell(code, name, name_en, state="unknown", best=best)
    return LevelCell(
        code,
        name,
        name_en,
        text=level.text,
        text_en=level.text_en or often_words(level.often, "en") or level.text,
        state="asked" if level.demanded else "none",
        best=best,
        mark=level.mark.value,
        verified=level.verified,
    )


def often_words(often: str, locale: str) -> str:
    """How often, in words; empty where the paper gives no figure."""
    read = figures.read_often(often)
    if read is None:
        return ""
    once, several = OFTEN[read.unit]
    key = once if read.span == 1 else several
    return text.sentence(key, locale, {"times": read.times, "span": read.span})
