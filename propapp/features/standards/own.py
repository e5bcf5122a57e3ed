"""What the form of a clause shows: its words, its subject, and what the law asks of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import NotFound
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.standards import cards, clauses, rules, wording
from propapp.features.standards.clauses import ClauseRow
from propapp.features.standards.models import Clause, Standard
from propapp.features.standards.wording import LimitRow, Wording


@dataclass(frozen=True)
class Subject:
    """What clauses of several papers are about, in the words of one of them."""

    code: str = ""
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Floor:
    """What a statute asks for at least on the subject."""

    number: str = ""
    often: str = ""
    often_en: str = ""
    limits: list[LimitRow] = field(default_factory=list[LimitRow])


def begun(uow: UnitOfWork, clause_id: UUID | None, today: date) -> Wording:
    """The form of this clause, or of a new one; whoever may not write has none."""
    uow.actor.require(Permission.STANDARD_WRITE)
    if clause_id is None:
        return wording.blank(today)
    clause = uow.session.get(Clause, clause_id)
    if clause is None:
        raise NotFound(kind="clause")
    versions = clauses.versions_of(uow.session, [clause.id])
    holds = rules.in_force(clause, versions, today) or versions[-1]
    levels = clauses.levels_of(uow.session, [holds.id]).get(holds.id, [])
    standard = uow.session.get_one(Standard, clause.standard_id)
    return wording.of(ClauseRow(clause, standard, holds, levels), today)


def subjects(uow: UnitOfWork, today: date) -> list[Subject]:
    """What a clause of the company's own may be about, as other papers are."""
    return [
        Subject(code, version.title, version.title_en or version.title)
        for code, _clause, version in clauses.subjects(uow.session, today)
    ]


def floors(uow: UnitOfWork, subject: str, today: date) -> list[Floor]:
    """What the law asks on the subject everywhere; a city's own law is its city's."""
    found = clauses.statutes(uow.session, today, [subject]).get(subject, [])
    return [
        Floor(
            one.number,
            cards.often_words(str(one.demand.often or ""), "zh-CN"),
            cards.often_words(str(one.demand.often or ""), "en"),
            wording.limit_rows(one.demand.limits),
        )
        for one in found
        if not one.cities
    ]
