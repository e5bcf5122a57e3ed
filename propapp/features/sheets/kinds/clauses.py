"""The clauses that the company has written itself, each in its newest version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from propapp.core.access import Permission
from propapp.core.ids import derived_id
from propapp.core.sheets.cells import Trouble
from propapp.core.use_case import Command
from propapp.features.sheets.forms import DAY, FLAG, SEVERAL, WHOLE, choice
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known
from propapp.features.standards import clauses
from propapp.features.standards.commands import KeepClause
from propapp.features.standards.models import Clause, ClauseLevel, ClauseVersion, ServiceArea
from propapp.features.standards.service.keeping import OWN

_SAID = ("title", "title_en", "source", "reason", "starts")
_PROOF = ("photos", "scan", "document")


class ClauseBook(Book):
    """The company's own paper, which is the same at every site."""

    columns = (
        Column("number", required=True, width=12),
        Column("area", choice("office.area", tuple(ServiceArea)), required=True),
        Column("subject", width=18),
        Column("title", required=True, width=28),
        Column("title_en", width=28),
        Column("text", required=True, width=40),
        Column("text_en", width=40),
        Column("often", width=12),
        Column("limits", SEVERAL, width=24),
        Column("photos", WHOLE, usual=0),
        Column("scan", FLAG),
        Column("document", FLAG),
        Column("source", required=True, width=24),
        Column("starts", DAY, required=True),
        Column("reason", required=True, width=28),
    )
    natural = ("number",)
    shown_at: Mapping[str, str] = {
        "loosens_statute": "often",
        "already_there": "starts",
        "levels": "text",
        "note_required": "reason",
    }

    def read(self) -> Iterator[Known]:
        """By number."""
        session = self.uow.session
        paper = clauses.standard_by_code(session, OWN)
        found = clauses.clauses_of(session, paper.id) if paper else {}
        newest: dict[Any, ClauseVersion] = {}
        for version in clauses.versions_of(session, [one.id for one in found.values()]):
            newest[version.clause_id] = version
        levels = clauses.levels_of(session, [one.id for one in newest.values()])
        for number in sorted(found):
            clause = found[number]
            if version := newest.get(clause.id):
                yield Known(_row(clause, version, levels.get(version.id, [])), clause)

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A version that has begun is not written anew: what changes is the next one."""
        known = self.by_key.get(self.key_of(values))
        before = known[0].values if known else {}
        if any(values[name] != before.get(name) for name in values):
            if before and values["starts"] == before["starts"]:
                raise Trouble("version_begun", "starts")
            if values["starts"] < self.uow.now.date():
                raise Trouble("from_today", "starts")
        return values

    def command(self, change: Change) -> tuple[str, Command]:
        """The next version of the clause, or the first of a new one."""
        values, known = change.values, change.known
        clause_id = known.thing.id if known else derived_id("clause", OWN, values["number"])
        level = {name: values[name] for name in ("text", "text_en", "often")}
        level["limits"] = list(filter(None, values["limits"].split(", ")))
        asked = {name: values[name] for name in (*_SAID, "number", "area", "subject")}
        asked |= {
            "clause_id": clause_id,
            "version_id": derived_id("clause_version", clause_id, values["starts"]),
            "evidence": {name: values[name] for name in _PROOF},
            "levels": [level],
        }
        return "clause.keep", KeepClause.model_validate(asked)


def _row(clause: Clause, version: ClauseVersion, levels: Sequence[ClauseLevel]) -> dict[str, Any]:
    level = levels[0] if levels else None
    proof = version.evidence
    return {
        **{name: getattr(version, name) for name in _SAID},
        "number": clause.number,
        "area": clause.area.value,
        "subject": clause.subject,
        "text": level.text if level else "",
        "text_en": level.text_en if level else "",
        "often": level.often if level else "",
        "limits": ", ".join(level.limits) if level else "",
        "photos": int(proof.get("photos", 0)),
        "scan": bool(proof.get("scan", False)),
        "document": bool(proof.get("document", False)),
    }


CLAUSES = Kind(
    "clauses",
    Permission.STANDARD_READ,
    ClauseBook,
    writes=Permission.STANDARD_WRITE,
    example={"area": "cleaning", "photos": 1, "scan": True, "starts": date(2027, 1, 1)},
)
