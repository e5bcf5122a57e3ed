"""Clauses for tests: everything valid by default, a test names only what matters to it."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from propapp.core.ids import uuid7
from propapp.features.standards.models import (
    Clause,
    ClauseLevel,
    ClauseVersion,
    Mark,
    ServiceArea,
    Standard,
    StandardKind,
)
from tests.world import NOON, rows, save

_NUMBERS = count(1)


def a_level(**values: Any) -> dict[str, Any]:
    """What somebody asks for at all levels: twice a day."""
    return {"text": "Twice a day", "often": "2/day"} | values


def a_clause_asked(**values: Any) -> dict[str, Any]:
    """A clause of the company's own as somebody writes it."""
    return {
        "clause_id": uuid7(),
        "version_id": uuid7(),
        "number": f"X{next(_NUMBERS)}",
        "area": "cleaning",
        "subject": "cleaning.lobby",
        "starts": NOON.date(),
        "title": "Lobby clean",
        "source": "Promise of 2026",
        "levels": [a_level()],
        "reason": "The owners asked for it",
    } | values


def a_standard(kind: StandardKind = StandardKind.COMPANY, **values: Any) -> Standard:
    """A paper without clauses."""
    made: dict[str, Any] = {
        "code": f"paper-{next(_NUMBERS)}",
        "name": "Paper",
        "name_en": "Paper",
    } | values
    standard = Standard(id=uuid7(), kind=kind, **made)
    save(standard)
    return standard


def a_clause(standard: Standard | None = None, often: str = "2/day", **values: Any) -> Clause:
    """A clause with one version for all levels, in force since the first of January."""
    paper = standard or a_standard()
    made: dict[str, Any] = {
        "number": f"X{next(_NUMBERS)}",
        "area": ServiceArea.CLEANING,
        "subject": "cleaning.lobby",
    } | values
    clause = Clause(id=uuid7(), standard_id=paper.id, **made)
    version = ClauseVersion(
        id=uuid7(),
        clause_id=clause.id,
        starts=date(2026, 1, 1),
        title="Lobby clean",
        title_en="Lobby clean",
        source="Promise of 2026",
        mark=Mark.LAW if paper.kind is StandardKind.STATUTE else Mark.COMPANY,
        made_at=NOON,
    )
    level = ClauseLevel(version_id=version.id, text="Twice a day", often=often, mark=version.mark)
    save(clause, version, level)
    return clause


def the_company() -> None:
    """The paper of the company's own clauses, which its first clause would make."""
    if not rows(Standard, code="company"):
        a_standard(code="company", name="", name_en="")
