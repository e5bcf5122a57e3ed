"""Packs into the library: as often as one likes, and a version that is out stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from propapp.core.errors import PackInvalid
from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.standards import clauses, entries
from propapp.features.standards.library import ClauseEntry, Volume
from propapp.features.standards.models import ClauseLevel, ClauseVersion, Mark, Standard


@dataclass(frozen=True)
class Loaded:
    """How many packs were new or changed, and how many versions of clauses that made."""

    packs: int = 0
    versions: int = 0


@internal
def load(uow: UnitOfWork, volumes: Iterable[Volume]) -> Loaded:
    """Bring the library to what the packs say; what the company has written stays.

    ``PackInvalid`` where a pack changes the words of a version that is out already.
    """
    known = {standard.code: standard for standard in clauses.standards(uow.session)}
    packs = versions = 0
    for volume in volumes:
        standard = known.get(volume.pack.code)
        if standard is not None and standard.digest == volume.digest:
            continue
        packs += 1
        versions += _load(uow, volume, standard)
    return Loaded(packs, versions)


def _load(uow: UnitOfWork, volume: Volume, standard: Standard | None) -> int:
    pack, session = volume.pack, uow.session
    values: dict[str, Any] = {
        "code": pack.code,
        "kind": pack.kind,
        "name": pack.name,
        "name_en": pack.name_en,
        "direction": pack.direction,
        "levels": [level.model_dump() for level in pack.levels],
        "position": pack.position,
        "digest": volume.digest,
    }
    if standard is None:
        standard = Standard(id=derived_id("standard", pack.code), **values)
    for name, value in values.items():
        setattr(standard, name, value)
    session.add(standard)
    session.flush()
    return _load_clauses(uow, volume, standard)


def _load_clauses(uow: UnitOfWork, volume: Volume, standard: Standard) -> int:
    session = uow.session
    known = clauses.clauses_of(session, standard.id)
    versions = clauses.versions_of(session, [clause.id for clause in known.values()])
    out = {(version.clause_id, version.starts): version for version in versions}
    levels = clauses.levels_of(session, [version.id for version in versions])
    made = 0
    for position, entry in enumerate(volume.pack.clause):
        clause = known.get(entry.number) or entries.clause_of(volume.pack, entry)
        clause.position, clause.area = position, entry.area
        clause.subject, clause.cities = entry.subject, list(entry.cities)
        session.add(clause)
        session.flush()
        starts = entry.starts or volume.pack.edition
        version = out.get((clause.id, starts))
        if version is None:
            version = entries.version_of(clause, entry, starts, uow.now)
            session.add(version)
            session.flush()
            session.add_all(entries.levels_of(entry, version))
            made += 1
            continue
        _correct(volume, entry, version, levels.get(version.id, []))
        session.add(version)
    session.flush()
    return made


# What was promised to whoever works by a version; all else of it may be put right.
_PROMISED = ("text", "often", "limits", "demanded")


def _correct(
    volume: Volume, entry: ClauseEntry, version: ClauseVersion, levels: list[ClauseLevel]
) -> None:
    """Put right what does not change the demand: where it was read, and how well."""
    if version.mark is Mark.COMPANY:
        # The company has said how it is from that day on.
        return
    held = {level.level: level for level in levels}
    cells = entry.cells()
    if set(held) != set(cells):
        raise _changed(volume, entry, "at")
    for code, cell in cells.items():
        for name, value in entries.asked_of(entry, cell).items():
            if name in _PROMISED and getattr(held[code], name) != value:
                raise _changed(volume, entry, f"at.{code}.{name}" if code else name)
            setattr(held[code], name, value)
    for name, value in entries.words_of(entry).items():
        setattr(version, name, value)


def _changed(volume: Volume, entry: ClauseEntry, field: str) -> PackInvalid:
    return PackInvalid(
        file=volume.file,
        clause=entry.number,
        field=field,
        problem="changed, and it is in force already: give the new words a day in `starts`",
    )
