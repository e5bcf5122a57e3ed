"""The company's own word about a clause: a version of its own, an end, or none at all."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from propapp.core.access import Permission
from propapp.core.errors import (
    AlreadyThere,
    ClauseInUse,
    ClauseOfPack,
    InvalidInput,
    LoosensStatute,
    NotFound,
)
from propapp.core.guards import needs_new, needs_words
from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.standards import clauses, figures, rules
from propapp.features.standards.commands import DropClause, EndClause, KeepClause
from propapp.features.standards.models import (
    Clause,
    ClauseLevel,
    ClauseVersion,
    Mark,
    Standard,
    StandardKind,
)

OWN = "company"


@use_case("clause.keep", Permission.STANDARD_WRITE)
def keep(uow: UnitOfWork, command: KeepClause) -> ClauseVersion:
    """Write the company's version from a day on; never less than the law asks."""
    needs_words(command.reason, field="reason")
    needs_new(uow.session, ClauseVersion, command.version_id, "clause_version")
    if command.starts < uow.now.date():
        raise InvalidInput(field="starts")
    clause = uow.session.get(Clause, command.clause_id)
    if clause is None:
        clause = _own_clause(uow, command)
    versions = clauses.versions_of(uow.session, [clause.id])
    if any(version.starts == command.starts for version in versions):
        raise AlreadyThere(kind="clause_version")
    _refuse_levels(uow, clause, command)
    _refuse_rewording(uow, clause, versions, command)
    _refuse_loosening(uow, clause, command)
    return _write(uow, clause, command)


def _own_clause(uow: UnitOfWork, command: KeepClause) -> Clause:
    standard = clauses.standard_by_code(uow.session, OWN) or _own_standard(uow)
    if command.number in clauses.clauses_of(uow.session, standard.id):
        raise AlreadyThere(kind="clause")
    clause = Clause(
        id=command.clause_id,
        standard_id=standard.id,
        number=command.number,
        area=command.area,
        subject=command.subject,
    )
    uow.session.add(clause)
    uow.session.flush()
    return clause


def _own_standard(uow: UnitOfWork) -> Standard:
    """The paper that the company's own clauses stand in; its name is a word of the catalogue."""
    made = Standard(
        id=derived_id("standard", OWN), code=OWN, kind=StandardKind.COMPANY, name="", position=90
    )
    uow.session.add(made)
    uow.session.flush()
    return made


def _refuse_levels(uow: UnitOfWork, clause: Clause, command: KeepClause) -> None:
    standard = uow.session.get_one(Standard, clause.standard_id)
    known = {level["code"] for level in standard.levels} or {""}
    asked = [spec.level for spec in command.levels]
    alone = asked == [""]
    if len(set(asked)) < len(asked) or not (alone or set(asked) <= known):
        raise InvalidInput(field="levels")


def _refuse_rewording(
    uow: UnitOfWork, clause: Clause, versions: Iterable[ClauseVersion], command: KeepClause
) -> None:
    """A law of words alone has no figures to hold a version against: its words stand."""
    if uow.session.get_one(Standard, clause.standard_id).kind is not StandardKind.STATUTE:
        return
    law = [
        one.id for one in versions if one.mark is not Mark.COMPANY and one.starts <= command.starts
    ]
    levels = clauses.levels_of(uow.session, law[-1:])
    if law and not any(rules.demand_of(one).asks for found in levels.values() for one in found):
        raise InvalidInput(field="law_words", statute=clause.number)


def _refuse_loosening(uow: UnitOfWork, clause: Clause, command: KeepClause) -> None:
    """Against all that holds everywhere, and against the clause's own words if it is law."""
    found = clauses.statutes(uow.session, command.starts, [clause.subject])
    floors = [
        one
        for one in found.get(clause.subject, ())
        if not one.cities or one.cities == frozenset(clause.cities)
    ]
    for spec in command.levels:
        rules.refuse_loosening(figures.read(spec.often, spec.limits), floors)


def _write(uow: UnitOfWork, clause: Clause, command: KeepClause) -> ClauseVersion:
    version = ClauseVersion(
        id=command.version_id,
        clause_id=clause.id,
        starts=command.starts,
        title=command.title,
        title_en=command.title_en,
        source=command.source,
        mark=Mark.COMPANY,
        evidence=command.evidence.model_dump(),
        author_id=uow.actor.person_id,
        reason=command.reason,
        made_at=uow.now,
    )
    uow.session.add(version)
    uow.session.flush()
    uow.session.add_all(
        ClauseLevel(
            version_id=version.id,
            mark=Mark.COMPANY,
            **spec.model_dump(exclude={"limits"}),
            limits=list(spec.limits),
        )
        for spec in command.levels
    )
    uow.session.flush()
    return version


@use_case("clause.end", Permission.STANDARD_WRITE)
def end(uow: UnitOfWork, command: EndClause) -> Clause:
    """Let it ask for nothing after a day; a law does not end because a company says so."""
    needs_words(command.reason, field="reason")
    clause, standard = _known(uow, command.clause_id)
    if standard.kind is StandardKind.STATUTE:
        raise LoosensStatute(statute=clause.number, field="ends")
    if command.last_day < uow.now.date():
        raise InvalidInput(field="last_day")
    clause.ends, clause.end_reason = command.last_day, command.reason
    uow.session.add(clause)
    uow.session.flush()
    return clause


@use_case("clause.drop", Permission.STANDARD_WRITE)
def drop(uow: UnitOfWork, command: DropClause) -> Clause:
    """Take out a clause of the company's own; what was made under it keeps it where it is."""
    clause, standard = _known(uow, command.clause_id)
    if standard.kind is not StandardKind.COMPANY:
        raise ClauseOfPack(number=clause.number)
    number = clause.number
    try:
        # The keys of all tables know who refers to it, now and whatever slices are to come.
        with uow.session.begin_nested():
            clauses.forget(uow.session, clause)
    except IntegrityError as error:
        raise ClauseInUse(number=number) from error
    return clause


def _known(uow: UnitOfWork, clause_id: UUID) -> tuple[Clause, Standard]:
    clause = uow.session.get(Clause, clause_id)
    if clause is None:
        raise NotFound(kind="clause")
    return clause, uow.session.get_one(Standard, clause.standard_id)
