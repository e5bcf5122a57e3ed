"""The form of a clause: what it begins with, and from what is typed to a command; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import ValidationError

from propapp.core.errors import InvalidInput
from propapp.core.forms import Form, text_in
from propapp.features.standards import figures
from propapp.features.standards.clauses import ClauseRow
from propapp.features.standards.commands import KeepClause
from propapp.features.standards.figures import Frequency, Limit, Unit
from propapp.features.standards.models import ClauseLevel, Standard

# What clauses of the packs limit, in the order in which the form offers it.
MEASURES: Final = (
    "arrival", "answer", "written", "report", "repair", "closed", "ahead",
    "manned", "standing", "running", "open", "kept", "shown",
    "in_order", "in_time", "content", "reached", "recorded", "repeated", "alive", "sent",
    "deviation", "routes", "load", "grass", "clear",
)  # fmt: skip
# It is its own word in every language.
PERCENT: Final = "%"
UNITS: Final = (
    "min", "h", "day", "week", "month", "year", PERCENT, "lift", "route", "cm", "m",
)  # fmt: skip
# So many limits a level of the form has room for, where its clause has no more.
LIMITS = 2
_DIGITS = 3


@dataclass(frozen=True)
class LimitRow:
    """One limit of a level; ``measure`` is empty where none is set."""

    number: int = 0
    measure: str = ""
    most: bool = True
    value: str = ""
    unit: str = ""


@dataclass(frozen=True)
class LevelRow:
    """One level of the form; ``code`` and ``name`` are empty where all levels are alike."""

    number: int = 0
    code: str = ""
    name: str = ""
    name_en: str = ""
    text: str = ""
    text_en: str = ""
    demanded: bool = True
    times: str = ""
    span: str = "1"
    unit: str = Unit.DAY.value
    limits: list[LimitRow] = field(default_factory=list[LimitRow])


@dataclass(frozen=True)
class Wording:
    """What the form begins with; ``id`` is empty for a clause that is not there yet."""

    id: str = ""
    number: str = ""
    area: str = ""
    subject: str = ""
    starts: str = ""
    title: str = ""
    title_en: str = ""
    source: str = ""
    photos: str = "0"
    scan: bool = False
    document: bool = False
    levels: list[LevelRow] = field(default_factory=list[LevelRow])


def blank(today: date) -> Wording:
    """A clause of the company's own, alike at all levels."""
    return Wording(starts=today.isoformat(), levels=[_row(0, None)])


def of(row: ClauseRow, today: date) -> Wording:
    """The clause as it reads on the day, to be written anew from then on."""
    version, proof = row.version, row.version.evidence
    return Wording(
        id=str(row.clause.id),
        number=row.clause.number,
        area=row.clause.area.value,
        subject=row.clause.subject,
        starts=max(today, version.starts).isoformat(),
        title=version.title,
        title_en=version.title_en,
        source=version.source,
        photos=str(proof.get("photos", 0)),
        scan=bool(proof.get("scan")),
        document=bool(proof.get("document")),
        levels=_rows(row.standard, row.levels),
    )


def _rows(standard: Standard, levels: Sequence[ClauseLevel]) -> list[LevelRow]:
    held = {level.level: level for level in levels}
    if "" in held or not standard.levels:
        return [_row(0, held.get(""))]
    return [
        _row(number, held.get(one["code"]), **one) for number, one in enumerate(standard.levels)
    ]


def _row(number: int, level: ClauseLevel | None, **named: str) -> LevelRow:
    often = figures.read_often(level.often) if level else None
    limits = [figures.read_limit(said) for said in level.limits] if level else []
    free = [LimitRow(number) for number in range(len(limits), LIMITS)]
    return LevelRow(
        number,
        **named,
        text=level.text if level else "",
        text_en=level.text_en if level else "",
        demanded=level.demanded if level else True,
        times=str(often.times) if often else "",
        span=str(often.span) if often else "1",
        unit=(often.unit if often else Unit.DAY).value,
        limits=limit_rows(limits) + free,
    )


def limit_rows(limits: Sequence[Limit]) -> list[LimitRow]:
    """Limits as the form and the page show them."""
    return [
        LimitRow(number, one.measure, one.at_most, f"{float(one.value):g}", one.unit)
        for number, one in enumerate(limits)
    ]


def command(form: Form, wording: Wording, clause_id: UUID, version_id: UUID) -> KeepClause:
    """The clause as it was typed. ``InvalidInput`` names the field, ``often.1`` for a level's."""
    levels = [_level(form, row) for row in wording.levels if _is_said(form, row)]
    if not levels:
        raise InvalidInput(field="text.0")
    values: dict[str, Any] = {
        "clause_id": clause_id,
        "version_id": version_id,
        "number": wording.number or text_in(form, "number"),
        "area": wording.area or text_in(form, "area"),
        "subject": wording.subject if wording.id else text_in(form, "subject"),
        "starts": text_in(form, "starts"),
        # A control of this name would hide the form's own.
        "title": text_in(form, "heading"),
        "title_en": text_in(form, "heading_en"),
        "source": text_in(form, "source"),
        "evidence": {
            "photos": text_in(form, "photos") or "0",
            "scan": _ticked(form, "scan"),
            "document": _ticked(form, "document"),
        },
        "levels": levels,
        "reason": text_in(form, "reason"),
    }
    try:
        return KeepClause(**values)
    except ValidationError as error:
        where = error.errors()[0]["loc"]
        raise InvalidInput(field=str(where[-1] if where[0] == "evidence" else where[0])) from error


def _is_said(form: Form, row: LevelRow) -> bool:
    """A level without words was not legible in the paper and stays so."""
    return bool(text_in(form, f"text.{row.number}"))


def _level(form: Form, row: LevelRow) -> dict[str, Any]:
    return {
        "level": row.code,
        "text": text_in(form, f"text.{row.number}"),
        "text_en": text_in(form, f"text_en.{row.number}"),
        "often": _often(form, row),
        "limits": _limits(form, row),
        "demanded": not row.code or _ticked(form, f"demanded.{row.number}"),
    }


def _often(form: Form, row: LevelRow) -> str:
    at = row.number
    said = text_in(form, f"times.{at}")
    if not said:
        return ""
    times, span = _whole(said), _whole(text_in(form, f"span.{at}") or "1")
    unit = next((one for one in Unit if one.value == text_in(form, f"unit.{at}")), None)
    if unit is None or not times or not span:
        raise InvalidInput(field=f"often.{at}")
    return str(Frequency(times, span, unit))


def _whole(said: str) -> int:
    """The number, or 0 where it is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 0


def _limits(form: Form, row: LevelRow) -> tuple[str, ...]:
    found: list[Limit] = []
    for one in row.limits:
        at = f"{row.number}.{one.number}"
        measure = text_in(form, f"measure.{at}")
        if not measure:
            continue
        sign = ">=" if text_in(form, f"sign.{at}") == "least" else "<="
        unit = text_in(form, f"limit_unit.{at}")
        said = f"{measure} {sign} {text_in(form, f'value.{at}')} {unit}"
        if measure not in {*MEASURES, one.measure} or unit not in {*UNITS, one.unit}:
            raise InvalidInput(field=f"limits.{row.number}")
        found.append(_read(said, row))
    if len({one.kind for one in found}) < len(found):
        raise InvalidInput(field=f"limits.{row.number}")
    return tuple(str(one) for one in found)


def _read(said: str, row: LevelRow) -> Limit:
    try:
        return figures.read_limit(said)
    except InvalidInput as error:
        raise InvalidInput(field=f"limits.{row.number}") from error


def _ticked(form: Form, name: str) -> bool:
    return form.get(name) in {True, "on", "true"}
