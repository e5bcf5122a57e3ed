"""The checklist of a single job: what its clause asks, and what its evidence rule wants shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from propapp.core import text
from propapp.core.ids import derived_id
from propapp.features.standards import clauses
from propapp.features.standards.models import (
    ChecklistItem,
    ChecklistTemplate,
    Clause,
    ClauseLevel,
    ClauseVersion,
    ItemKind,
    ServiceArea,
)
from propapp.features.standards.repository import JOBS

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
    asked = _asked(session, version_id, level) if version_id else None
    template, items = compose(asked, evidence, now)
    found = session.get(ChecklistTemplate, template.id)
    if found is not None:
        return found
    session.add(template)
    session.flush()
    session.add_all(items)
    return template


@dataclass(frozen=True)
class Asked:
    """A version of a clause, and its words at a level."""

    clause: Clause
    version: ClauseVersion
    words: ClauseLevel | None


def compose(
    asked: Asked | None, evidence: Mapping[str, Any], now: datetime
) -> tuple[ChecklistTemplate, tuple[ChecklistItem, ...]]:
    """The checklist for these words and this evidence rule, with its questions; always the same."""
    wants = (int(evidence.get("photos") or 0), bool(evidence.get("document")))
    words = (asked.clause.id, asked.words and asked.words.level) if asked else (None, None)
    code = f"{JOBS}{derived_id('job', *words, *_as_once(wants)).hex[:24]}"
    version = int(asked.version.starts.strftime("%Y%m%d")) if asked else 1
    name, name_en = _both("plan.job.name")
    if asked:
        name, name_en = asked.version.title, asked.version.title_en or name_en
    made = ChecklistTemplate(
        id=derived_id("checklist", code, version),
        code=code,
        version=version,
        name=name[:80],
        name_en=name_en[:80],
        published_at=now,
    )
    return made, tuple(_items(made.id, asked, wants))


def _as_once(wants: tuple[int, bool]) -> tuple[int | bool, bool]:
    """None and one photo are named as when more were not asked for: such checklists stay."""
    photos, paper = wants
    return (photos if photos > 1 else photos > 0), paper


def _asked(session: Session, version_id: UUID, level: str) -> Asked | None:
    found = clauses.named(session, [version_id]).get(version_id)
    levels = clauses.levels_of(session, [version_id]).get(version_id, [])
    return Asked(*found, at_level(levels, level)) if found else None


def at_level(levels: Sequence[ClauseLevel], level: str) -> ClauseLevel | None:
    """What is asked at this level, else at any."""
    wanted = [one for one in levels if one.level in {level, ""}]
    return next(iter(wanted or levels), None)


def _items(
    template_id: UUID, asked: Asked | None, wants: tuple[int, bool]
) -> Iterator[ChecklistItem]:
    photos, paper = wants
    questions = [(ItemKind.PASS_FAIL, *_question(asked))]
    questions += [(ItemKind.PHOTO, *_photo(number, photos)) for number in range(1, photos + 1)]
    if paper:
        questions.append((ItemKind.TEXT, *_both("plan.job.document")))
    for position, (kind, label, label_en) in enumerate(questions, 1):
        yield ChecklistItem(
            id=derived_id("item", template_id, position),
            template_id=template_id,
            position=position,
            kind=kind,
            label=label,
            label_en=label_en,
            category=_CATEGORY.get(asked.clause.area, "public") if asked else "public",
        )


def _question(asked: Asked | None) -> tuple[str, str]:
    """The clause's own words, or its title where these are too long for a question."""
    if asked is None:
        return _both("plan.job.done")
    said, said_en = (asked.words.text, asked.words.text_en) if asked.words else ("", "")
    return (
        said if 0 < len(said) <= _LABEL else asked.version.title[:_LABEL],
        said_en if 0 < len(said_en) <= _LABEL_EN else asked.version.title_en[:_LABEL_EN],
    )


def _photo(number: int, photos: int) -> tuple[str, str]:
    """Each photo is a question, with its number where there are several."""
    which = f" {number}/{photos}" if photos > 1 else ""
    name, name_en = _both("plan.job.photo")
    return name + which, name_en + which


def _both(key: str) -> tuple[str, str]:
    return text.sentence(key, "zh-CN"), text.sentence(key, "en")
