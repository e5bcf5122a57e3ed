"""Workbooks as the browser shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from propapp.core.sheets import wording
from propapp.core.text import LOCALES, refusal
from propapp.features.people.models import Person
from propapp.features.plans.models import Plan, PlanStatus
from propapp.features.sheets.models import SheetImport


@dataclass(frozen=True)
class KindChoice:
    """A kind of thing; whether rows of it can be brought by anybody, and by this person."""

    code: str = ""
    writes: bool = False
    may: bool = False
    of_plan: bool = False


@dataclass(frozen=True)
class KindGroup:
    """Kinds that belong together."""

    code: str = ""
    kinds: list[KindChoice] = field(default_factory=list[KindChoice])


@dataclass(frozen=True)
class PlanChoice:
    """A version of a plan whose tasks may be taken out; into a draft they may be brought."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    version: int = 1
    status: str = ""
    draft: bool = False

    @classmethod
    def of(cls, plan: Plan) -> PlanChoice:
        """The version as the browser knows it."""
        return cls(
            str(plan.id),
            plan.name,
            plan.name_en,
            plan.version,
            plan.status.value,
            plan.status is PlanStatus.DRAFT,
        )


@dataclass(frozen=True)
class SheetCard:
    """One workbook: how far it is, and how many rows became what."""

    id: str = ""
    kind: str = ""
    name: str = ""
    who: str = ""
    who_en: str = ""
    at: str = ""
    status: str = ""
    sha256: str = ""
    refusal: str = ""
    refusal_en: str = ""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class ProblemLine:
    """What is wrong with a row, where, and what to do."""

    row: int = 0
    column: str = ""
    column_en: str = ""
    text: str = ""
    text_en: str = ""


@dataclass(frozen=True)
class NoticeLine:
    """What goes with the workbook though no row of it says so."""

    text: str = ""
    text_en: str = ""


def sheet_card(
    sheet: SheetImport, persons: Mapping[UUID, Person], progress: tuple[int, int]
) -> SheetCard:
    """The workbook with the name of whoever brought it."""
    person = persons[sheet.person_id]
    said = [refusal(sheet.code, one, sheet.facts) if sheet.code else "" for one in LOCALES]
    return SheetCard(
        id=str(sheet.id),
        kind=sheet.kind,
        name=sheet.name,
        who=person.name,
        who_en=person.name_en,
        at=sheet.brought_at.isoformat(),
        status=sheet.status.value,
        sha256=sheet.sha256,
        refusal=said[0],
        refusal_en=said[1],
        new=sheet.new,
        changed=sheet.changed,
        unchanged=sheet.unchanged,
        wrong=sheet.wrong,
        done=progress[0],
        total=progress[1],
    )


def problem_lines(sheet: SheetImport) -> list[ProblemLine]:
    """The first problems of the workbook, in both languages."""
    return [
        ProblemLine(
            one["row"],
            *(wording.heading(one["column"], name) if one["column"] else "" for name in LOCALES),
            *(wording.explained(one["key"], one["facts"], name) for name in LOCALES),
        )
        for one in sheet.problems
    ]


def notice_lines(sheet: SheetImport) -> list[NoticeLine]:
    """The notices of the workbook, in both languages."""
    return [
        NoticeLine(*(wording.explained(one["key"], one["facts"], name) for name in LOCALES))
        for one in sheet.notices
    ]
