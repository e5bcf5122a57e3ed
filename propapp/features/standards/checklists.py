"""The checklist of a single job: what its clause asks, and what its evidence rule wants shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from propapp.core import text
from propapp.core.ids import derived_id
from propapp.features.standards import clauses
from propapp.features.standards.clauses import ClauseRow
from propapp.features.standards.models import (
    ChecklistItem,
    ChecklistTemplate,
    ClauseLevel,
    ItemKind,
    ServiceArea,
)

# What a fail at a clause of this part of the service asks for, as orders are sorted.
_CATEGORY = {
    ServiceArea.FIRE: "fire",
    ServiceArea.LIFT: "lift",
    ServiceArea.WATER: "water",
    ServiceArea.CLEANING: "cleaning",
    ServiceArea.GREEN: "garden",
}
_LABEL, _LABEL_EN = 120, 160


def for_job(
    session: Session,
    version_id: UUID | None,
    level: str,
    evidence: Mapping[str, Any],
    now: datetime,
) -> ChecklistTemplate:
    """The checklist of a job under this version of a clause at a level, made when first wanted.

    It is the same one for all jobs under the same words, and a new version of the clause is a new
    version of it. Without a clause it asks whether the job was done.
    """
    row = clauses.row_of(session, version_id) if version_id else None
    words = _at(row.levels, level) if row else None
    wants = (int(evidence.get("photos") or 0) > 0, bool(evidence.get("document")))
    code = f"job.{derived_id('job', row and row.clause.id, words and words.level, *wants).hex[:24]}"
    version = int(row.version.starts.strftime("%Y%m%d")) if row else 1
    made = ChecklistTemplate(
        id=derived_id("checklist", code, version),
        code=code,
        version=version,
        name=(row.version.title if row else text.sentence("plan.job.name", "zh-CN"))[:80],
        name_en=((row.version.title_en if row else "") or text.sentence("plan.job.name", "en"))[
            :80
        ],
        published_at=now,
    )
    found = session.get(ChecklistTemplate, made.id)
    if found is not None:
        return found
    session.add(made)
    session.flush()
    session.add_all(_items(made.id, row, words, wants))
    return made


def _at(levels: Sequence[ClauseLevel], level: str) -> ClauseLevel | None:
    """What is asked at this level, else at any."""
    wanted = [one for one in levels if one.level in {level, ""}]
    return next(iter(wanted or levels), None)


def _items(
    template_id: UUID,
    row: ClauseRow | None,
    words: ClauseLevel | None,
    wants: tuple[bool, bool],
) -> Iterator[ChecklistItem]:
    asked = [(ItemKind.PASS_FAIL, *_asks(row, words))]
    photos, paper = wants
    if photos:
        asked.append((ItemKind.PHOTO, *_both("plan.job.photo")))
    if paper:
        asked.append((ItemKind.TEXT, *_both("plan.job.document")))
    for position, (kind, label, label_en) in enumerate(asked, 1):
        yield ChecklistItem(
            id=derived_id("item", template_id, position),
            template_id=template_id,
            position=position,
            kind=kind,
            label=label,
            label_en=label_en,
            category=_CATEGORY.get(row.clause.area, "public") if row else "public",
        )


def _asks(row: ClauseRow | None, words: ClauseLevel | None) -> tuple[str, str]:
    """The clause's own words, or its title where these are too long for a question."""
    if row is None:
        return _both("plan.job.done")
    said, said_en = (words.text, words.text_en) if words else ("", "")
    return (
        said if 0 < len(said) <= _LABEL else row.version.title[:_LABEL],
        said_en if 0 < len(said_en) <= _LABEL_EN else row.version.title_en[:_LABEL_EN],
    )


def _both(key: str) -> tuple[str, str]:
    return text.sentence(key, "zh-CN"), text.sentence(key, "en")
