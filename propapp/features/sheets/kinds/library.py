"""What the library asks today, a row for each level; packs bring it in, no workbook does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from propapp.core.access import Permission
from propapp.core.sheets import cells
from propapp.core.text import DEFAULT
from propapp.features.sheets.forms import DAY, FLAG, WHOLE, Form, choice
from propapp.features.sheets.naming import MOST_CLAUSES
from propapp.features.sheets.tables import Book, Column, Kind, Known
from propapp.features.standards import clauses
from propapp.features.standards.clauses import ClauseRow, Wish
from propapp.features.standards.models import (
    ClauseLevel,
    Mark,
    ServiceArea,
    Standard,
    StandardKind,
)

_PROOF = ("photos", "scan", "document")


def _say_either(said: tuple[str, str], locale: str) -> str:
    own, english = said
    return own if locale == DEFAULT else english or own


# A name in both languages.
EITHER = Form(cells.text_of, _say_either)


class LibraryBook(Book):
    """All papers, the company's own too, with what was verified of each clause and what was not."""

    columns = (
        Column("paper", EITHER, width=28),
        Column("paper_kind", choice("office.standard_kind", tuple(StandardKind))),
        Column("number", width=12),
        Column("area", choice("office.area", tuple(ServiceArea))),
        Column("title", width=28),
        Column("title_en", width=28),
        Column("level", EITHER, width=12),
        Column("demanded", FLAG),
        Column("text", width=40),
        Column("text_en", width=40),
        Column("often", width=12),
        Column("limits", width=24),
        Column("photos", WHOLE),
        Column("scan", FLAG),
        Column("document", FLAG),
        Column("starts", DAY),
        Column("source", width=36),
        Column("verified", choice("office.mark", tuple(Mark)), width=24),
    )
    natural = ("paper", "number", "level")

    def read(self) -> Iterator[Known]:
        """As the library shows them."""
        found, _count = clauses.search(
            self.uow.session, Wish(), self.uow.now.date(), limit=MOST_CLAUSES
        )
        for row in found:
            for level in row.levels:
                yield Known(_row(row, level), level)


def _row(row: ClauseRow, level: ClauseLevel) -> dict[str, Any]:
    clause, standard, version = row.clause, row.standard, row.version
    return {
        "paper": (standard.name, standard.name_en),
        "paper_kind": standard.kind.value,
        "number": clause.number,
        "area": clause.area.value,
        "title": version.title,
        "title_en": version.title_en,
        "level": _level(standard, level.level),
        "demanded": level.demanded,
        "text": level.text,
        "text_en": level.text_en,
        "often": level.often,
        "limits": ", ".join(level.limits),
        **{name: version.evidence.get(name) for name in _PROOF},
        "starts": version.starts,
        "source": version.source,
        "verified": level.mark.value,
    }


def _level(standard: Standard, code: str) -> tuple[str, str]:
    named = next((one for one in standard.levels if one["code"] == code), None)
    return (named["name"], named["name_en"]) if named else (code, code)


LIBRARY = Kind("library", Permission.STANDARD_READ, LibraryBook)
