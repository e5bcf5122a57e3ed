"""Checklist templates; they are shared by all sites and hold no secret."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.features.standards.models import ChecklistItem, ChecklistTemplate

# The checklists of single jobs are made from clauses; no other code has a full stop.
JOBS = "job."
_IN_ORDER = select(ChecklistTemplate).order_by(
    col(ChecklistTemplate.code), col(ChecklistTemplate.version)
)


def items_of(session: Session, template_id: UUID) -> Sequence[ChecklistItem]:
    """The questions of one version in their order."""
    items = select(ChecklistItem).where(ChecklistItem.template_id == template_id)
    return session.exec(items.order_by(col(ChecklistItem.position))).all()


def templates_with_items(
    session: Session, template_ids: Collection[UUID]
) -> tuple[Sequence[ChecklistTemplate], Sequence[ChecklistItem]]:
    """These versions, and their questions in order."""
    both = (
        select(ChecklistTemplate, ChecklistItem)
        .join(ChecklistItem, isouter=True)
        .where(col(ChecklistTemplate.id).in_(template_ids))
        .order_by(
            col(ChecklistTemplate.code), col(ChecklistTemplate.id), col(ChecklistItem.position)
        )
    )
    found = session.exec(both).all()
    templates = {template.id: template for template, _ in found}
    # A checklist without a question has a row of its own, and none of these.
    return list(templates.values()), [item for _, item in found if item]


def checklists(session: Session) -> Sequence[ChecklistTemplate]:
    """Every version of every checklist, the newest of each last."""
    return session.exec(_IN_ORDER).all()


def newest_checklists(session: Session) -> dict[str, ChecklistTemplate]:
    """The newest version of each checklist by its code, but for those that clauses have made."""
    by_hand = _IN_ORDER.where(col(ChecklistTemplate.code).not_like(f"{JOBS}%"))
    return {one.code: one for one in session.exec(by_hand)}


def is_of_job(template: ChecklistTemplate) -> bool:
    """Whether a clause has made it, for the single jobs under it."""
    return template.code.startswith(JOBS)


def checklist_codes(session: Session, template_ids: Collection[UUID]) -> dict[UUID, str]:
    """Of which checklist each of these is a version."""
    codes = select(ChecklistTemplate.id, ChecklistTemplate.code).where(
        col(ChecklistTemplate.id).in_(template_ids)
    )
    return dict(session.exec(codes).all())


def same_checklist(session: Session, template_id: UUID, other_id: UUID) -> bool:
    """Whether two templates are versions of the same checklist."""
    codes = select(col(ChecklistTemplate.code)).where(
        col(ChecklistTemplate.id).in_([template_id, other_id])
    )
    found = session.exec(codes).all()
    return len(found) > len(set(found))
