"""Questions about clauses; the library is the company's and is the same at every site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, delete, exists, or_, select

from propapp.features.standards import rules
from propapp.features.standards.models import (
    Clause,
    ClauseLevel,
    ClauseVersion,
    Mark,
    ServiceArea,
    Standard,
    StandardKind,
)
from propapp.features.standards.rules import Statute


@dataclass(frozen=True)
class Wish:
    """What of the library somebody looks for; what is empty narrows nothing."""

    words: str = ""
    area: ServiceArea | None = None
    standard_id: UUID | None = None


@dataclass(frozen=True)
class ClauseRow:
    """A clause, its paper, the version that was asked for and what that asks at each level."""

    clause: Clause
    standard: Standard
    version: ClauseVersion
    levels: list[ClauseLevel] = field(default_factory=list[ClauseLevel])


def standards(session: Session) -> Sequence[Standard]:
    """Every paper of the library in its order."""
    return session.exec(select(Standard).order_by(col(Standard.position), col(Standard.code))).all()


def standard_by_code(session: Session, code: str) -> Standard | None:
    """The paper of this code."""
    return session.exec(select(Standard).where(Standard.code == code)).one_or_none()


def cities(session: Session) -> list[str]:
    """Every city that some clause names, in the order of their names."""
    named = session.exec(select(Clause.cities)).all()
    return sorted({city for found in named for city in found})


def clauses_of(session: Session, standard_id: UUID) -> dict[str, Clause]:
    """All clauses of a paper by number."""
    found = session.exec(select(Clause).where(Clause.standard_id == standard_id))
    return {clause.number: clause for clause in found}


def versions_of(session: Session, clause_ids: Collection[UUID]) -> Sequence[ClauseVersion]:
    """All versions of these clauses, the first first."""
    wanted = select(ClauseVersion).where(col(ClauseVersion.clause_id).in_(clause_ids))
    return session.exec(wanted.order_by(col(ClauseVersion.starts))).all()


def levels_of(session: Session, version_ids: Collection[UUID]) -> dict[UUID, list[ClauseLevel]]:
    """What each of these versions asks, by level."""
    wanted = select(ClauseLevel).where(col(ClauseLevel.version_id).in_(version_ids))
    found: defaultdict[UUID, list[ClauseLevel]] = defaultdict(list)
    for level in session.exec(wanted.order_by(col(ClauseLevel.level))):
        found[level.version_id].append(level)
    return dict(found)


def search(session: Session, wish: Wish, day: date, *, limit: int) -> tuple[list[ClauseRow], int]:
    """The first clauses in force on the day that are looked for, and how many there are."""
    statement = _in_force(day).where(*_narrowed(wish))
    statement = statement.order_by(
        col(Standard.position), col(Standard.code), col(Clause.position), col(Clause.number)
    )
    found = session.exec(statement).all()
    shown = found[:limit]
    levels = levels_of(session, [version.id for _, _, version in shown])
    rows = [ClauseRow(*one, levels.get(one[2].id, [])) for one in shown]
    return rows, len(found)


def _in_force(day: date):  # noqa: ANN202 - the select of three tables has no short name
    later = select(ClauseVersion.id).where(
        ClauseVersion.clause_id == Clause.id, ClauseVersion.starts <= day
    )
    newest = (
        later.order_by(col(ClauseVersion.starts).desc()).limit(1).correlate(Clause)
    ).scalar_subquery()
    return (
        select(Clause, Standard, ClauseVersion)
        .join(Standard, col(Standard.id) == Clause.standard_id)
        .join(ClauseVersion, col(ClauseVersion.clause_id) == Clause.id)
        .where(
            col(ClauseVersion.id) == newest,
            or_(col(Clause.ends).is_(None), col(Clause.ends) >= day),
        )
    )


def _narrowed(wish: Wish) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wish.area is not None:
        found.append(col(Clause.area) == wish.area)
    if wish.standard_id is not None:
        found.append(col(Clause.standard_id) == wish.standard_id)
    return found + [_speaks_of(word) for word in wish.words.split()]


def _speaks_of(word: str) -> ColumnElement[bool]:
    said = exists().where(
        col(ClauseLevel.version_id) == ClauseVersion.id,
        col(ClauseLevel.text).icontains(word, autoescape=True),
    )
    named = [
        column.icontains(word, autoescape=True)
        for column in (
            col(Clause.number),
            col(ClauseVersion.title),
            col(ClauseVersion.title_en),
            col(ClauseVersion.source),
        )
    ]
    return or_(said, *named)


def changing(session: Session, known: Sequence[Clause], day: date, last: date) -> dict[UUID, date]:
    """Which of these clauses read on ``day`` are not so any more on ``last``, from which day."""
    newer = (
        select(ClauseVersion.clause_id, func.min(ClauseVersion.starts))
        .where(ClauseVersion.starts > day, ClauseVersion.starts <= last)
        .group_by(col(ClauseVersion.clause_id))
    )
    found: dict[UUID, date] = dict(session.exec(newer).all())
    for clause in known:
        if clause.ends is not None and clause.ends < last:
            over = clause.ends + timedelta(days=1)
            found[clause.id] = min(over, found.get(clause.id, over))
    return found


def statutes(session: Session, day: date, subjects: Collection[str]) -> dict[str, list[Statute]]:
    """By subject, what the law asks on the day.

    A statute that the company has a version of its own of still asks what its own text does.
    """
    wanted = (
        select(Clause, ClauseVersion, ClauseLevel)
        .join(Standard, col(Standard.id) == Clause.standard_id)
        .join(ClauseVersion, col(ClauseVersion.clause_id) == Clause.id)
        .join(ClauseLevel, col(ClauseLevel.version_id) == ClauseVersion.id)
        .where(
            Standard.kind == StandardKind.STATUTE,
            col(ClauseVersion.mark) != Mark.COMPANY,
            ClauseVersion.starts <= day,
            col(Clause.subject).in_({one for one in subjects if one}),
        )
        .order_by(col(ClauseVersion.starts))
    )
    newest = {clause.id: (clause, level) for clause, _version, level in session.exec(wanted)}
    found: defaultdict[str, list[Statute]] = defaultdict(list)
    for clause, level in newest.values():
        found[clause.subject].append(
            Statute(clause.number, rules.demand_of(level), frozenset(clause.cities))
        )
    return dict(found)


def forget(session: Session, clause: Clause) -> None:
    """Take out a clause with all its versions."""
    versions = select(ClauseVersion.id).where(ClauseVersion.clause_id == clause.id)
    session.exec(delete(ClauseLevel).where(col(ClauseLevel.version_id).in_(versions)))
    session.exec(delete(ClauseVersion).where(col(ClauseVersion.clause_id) == clause.id))
    session.exec(delete(Clause).where(col(Clause.id) == clause.id))


def known_versions(session: Session, version_ids: Collection[UUID]) -> set[UUID]:
    """Which of these versions there are."""
    wanted = select(ClauseVersion.id).where(col(ClauseVersion.id).in_(version_ids))
    return set(session.exec(wanted))


def named(
    session: Session, version_ids: Collection[UUID]
) -> dict[UUID, tuple[Clause, ClauseVersion]]:
    """These versions, each with its clause."""
    wanted = (
        select(Clause, ClauseVersion)
        .join(ClauseVersion, col(ClauseVersion.clause_id) == Clause.id)
        .where(col(ClauseVersion.id).in_(version_ids))
    )
    return {version.id: (clause, version) for clause, version in session.exec(wanted)}


def subjects(session: Session, day: date) -> list[tuple[str, Clause, ClauseVersion]]:
    """What clauses of several papers share, each named by the first clause in force on it."""
    wanted = _in_force(day).where(col(Clause.subject) != "")
    ordered = wanted.order_by(col(Clause.subject), col(Standard.position), col(Clause.position))
    first: dict[str, tuple[str, Clause, ClauseVersion]] = {}
    for clause, _standard, version in session.exec(ordered):
        first.setdefault(clause.subject, (clause.subject, clause, version))
    return list(first.values())
