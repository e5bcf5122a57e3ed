"""From questions to what is shown: the library, narrowed to what somebody looks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from propapp.core.ids import id_of
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.standards import clauses
from propapp.features.standards.cards import (
    ClauseCard,
    StandardChoice,
    clause_card,
    standard_choice,
)
from propapp.features.standards.clauses import Wish
from propapp.features.standards.models import ServiceArea

# So many clauses on a page before "more" is asked for, and so many at the most.
PAGE, MOST = 30, 300


@dataclass(frozen=True)
class Asked:
    """What the page's fields say, as they come from the browser."""

    words: str = ""
    area: str = ""
    standard: str = ""
    level: str = ""
    pages: int = 1

    def wish(self) -> Wish:
        """As a question; what names nothing narrows nothing."""
        area = next((one for one in ServiceArea if one.value == self.area), None)
        return Wish(self.words[:60], area, id_of(self.standard))


@dataclass(frozen=True)
class Shown:
    """All that the page shows."""

    standards: list[StandardChoice]
    cards: list[ClauseCard]
    total: int


def library(uow: UnitOfWork, asked: Asked, day: date) -> Shown:
    """The clauses in force on the day: a fixed number of questions."""
    papers = [standard_choice(one) for one in clauses.standards(uow.session)]
    limit = min(max(asked.pages, 1) * PAGE, MOST)
    found, total = clauses.search(uow.session, asked.wish(), day, limit=limit)
    known = {level["code"] for one in papers if one.id == asked.standard for level in one.levels}
    level = asked.level if asked.level in known else ""
    return Shown(papers, [clause_card(row, level=level) for row in found], total)
