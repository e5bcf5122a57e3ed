"""Packs of clauses as files: read strictly, and refused with file, clause and field; pure."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from propapp.core.errors import InvalidInput, PackInvalid
from propapp.features.standards import figures
from propapp.features.standards.models import Direction, Mark, ServiceArea, StandardKind

PACKS = Path(__file__).with_name("packs")

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=300)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class LevelName(_Part):
    """A level of a standard."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9]{1,20}$")]
    name: Annotated[str, Field(min_length=1, max_length=20)]
    name_en: Annotated[str, Field(min_length=1, max_length=40)]


class Asked(_Part):
    """What is asked at a level; a level that is not in the file is not known."""

    text: Text
    text_en: Annotated[str, Field(max_length=300)] = ""
    often: Annotated[str, Field(max_length=24)] = ""
    limits: tuple[str, ...] = ()
    demanded: bool = True
    # As the clause's own where nothing is said.
    mark: Mark | None = None
    verified: bool = False


class ClauseEntry(_Part):
    """One clause; either ``text`` for all levels, or ``at`` by level."""

    number: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9.-]{0,19}$")]
    area: ServiceArea
    subject: Annotated[str, Field(pattern=r"^[a-z0-9_.]{0,60}$")] = ""
    cities: tuple[Code, ...] = ()
    title: Annotated[str, Field(min_length=1, max_length=120)]
    title_en: Annotated[str, Field(min_length=1, max_length=200)]
    source: Text
    mark: Mark
    verified: bool = False
    evidence: tuple[Literal["photo", "scan", "document"], ...] = ()
    starts: date | None = None
    text: str = ""
    text_en: str = ""
    often: str = ""
    limits: tuple[str, ...] = ()
    at: dict[str, Asked] = Field(default_factory=dict[str, Asked])

    def cells(self) -> dict[str, Asked]:
        """What is asked, by level; under an empty name where all levels are alike."""
        if self.at:
            return self.at
        alone = Asked(
            text=self.text or self.title,
            text_en=self.text_en or self.title_en,
            often=self.often,
            limits=self.limits,
            verified=self.verified,
        )
        return {"": alone}


class Pack(_Part):
    """A file of clauses; they count from the day of its edition, unless they say otherwise."""

    code: Code
    kind: StandardKind
    name: Name
    name_en: Annotated[str, Field(min_length=1, max_length=120)]
    position: int = 0
    edition: date
    direction: Direction = Direction.NONE
    levels: tuple[LevelName, ...] = ()
    clause: Annotated[tuple[ClauseEntry, ...], Field(min_length=1, max_length=2000)]


@dataclass(frozen=True)
class Volume:
    """A pack that was read, its file's name and the digest of its bytes."""

    pack: Pack
    file: str
    digest: str


def read_all(folder: Path = PACKS) -> list[Volume]:
    """Every pack of the folder, checked alone and against the statutes; ``PackInvalid``."""
    volumes = [read(path.name, path.read_bytes()) for path in sorted(folder.glob("*.toml"))]
    _refuse_twice(volumes)
    _refuse_loosening(volumes)
    return sorted(volumes, key=lambda one: (one.pack.position, one.pack.code))


def read(file: str, content: bytes) -> Volume:
    """One pack, or ``PackInvalid`` that names the clause and the field."""
    try:
        raw = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackInvalid(file=file, clause="-", field="-", problem=error) from error
    try:
        pack = Pack.model_validate(raw)
    except ValidationError as error:
        raise _as_refusal(file, raw, error) from error
    for entry in pack.clause:
        _refuse_entry(file, pack, entry)
    numbers = [entry.number for entry in pack.clause]
    for number in numbers:
        if numbers.count(number) > 1:
            raise PackInvalid(file=file, clause=number, field="number", problem="twice")
    return Volume(pack, file, hashlib.sha256(content).hexdigest())


def _as_refusal(file: str, raw: dict[str, object], error: ValidationError) -> PackInvalid:
    """The first of what is wrong, with the number of the clause instead of its place."""
    found = error.errors()[0]
    place = list(found["loc"])
    clause = "-"
    clauses = raw.get("clause")
    if place[:1] == ["clause"] and len(place) > 1 and isinstance(clauses, list):
        entry = clauses[int(place[1])]  # pyright: ignore[reportUnknownVariableType]
        number = entry.get("number") if isinstance(entry, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        clause = str(number or f"#{int(place[1]) + 1}")  # pyright: ignore[reportUnknownArgumentType]
        place = place[2:]
    field = ".".join(map(str, place)) or "-"
    return PackInvalid(file=file, clause=clause, field=field, problem=found["msg"])


def _refuse_entry(file: str, pack: Pack, entry: ClauseEntry) -> None:
    def wrong(field: str, problem: str) -> PackInvalid:
        return PackInvalid(file=file, clause=entry.number, field=field, problem=problem)

    if entry.at and (entry.text or entry.often or entry.limits):
        raise wrong("at", "either for all levels or by level")
    if entry.verified and entry.mark is not Mark.LAW:
        raise wrong("verified", "only the text of a statute was verified")
    if entry.mark is Mark.LAW and pack.kind is not StandardKind.STATUTE:
        raise wrong("mark", "only a statute is law")
    known = {level.code for level in pack.levels}
    for code, cell in entry.cells().items():
        where = f"at.{code}." if code else ""
        if code and code not in known:
            raise wrong(f"at.{code}", "no such level")
        if code and cell.verified and cell.mark is not Mark.LAW:
            raise wrong(f"{where}verified", "only the text of a statute was verified")
        try:
            figures.read(cell.often, cell.limits)
        except InvalidInput as error:
            raise wrong(where + error.facts["field"], "unreadable") from error


def _refuse_twice(volumes: Sequence[Volume]) -> None:
    seen: dict[str, str] = {}
    for one in volumes:
        if one.pack.code in seen:
            raise PackInvalid(
                file=one.file, clause="-", field="code", problem=f"as in {seen[one.pack.code]}"
            )
        seen[one.pack.code] = one.file


def _refuse_loosening(volumes: Iterable[Volume]) -> None:
    """No level asks for less than a statute that holds everywhere does of the same subject."""
    found = list(volumes)
    floors = [
        (one, entry)
        for one in found
        if one.pack.kind is StandardKind.STATUTE
        for entry in one.pack.clause
        if entry.subject and not entry.cities
    ]
    for one in found:
        if one.pack.kind is StandardKind.STATUTE:
            continue
        for entry in one.pack.clause:
            for statute, floor in floors:
                if floor.subject == entry.subject:
                    _refuse_looser(one, entry, statute, floor)


def _refuse_looser(one: Volume, entry: ClauseEntry, statute: Volume, floor: ClauseEntry) -> None:
    least = figures.read(floor.often, floor.limits)
    for code, cell in entry.cells().items():
        wanted = figures.read(cell.often, cell.limits)
        field = figures.loosened(least, wanted)
        if field:
            where = f"at.{code}.{field}" if code else field
            raise PackInvalid(
                file=one.file,
                clause=entry.number,
                field=where,
                problem=f"less than {floor.number} of {statute.pack.code}",
            )
