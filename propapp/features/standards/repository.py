"""Checklist templates; they are shared by all sites and hold no secret."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.features.standards.models import ChecklistItem, ChecklistTemplate


def items_of(session: Session, template_id: UUID) -> Sequence[ChecklistItem]:
    """The questions of one version in their order."""
    items = select(ChecklistItem).where(ChecklistItem.template_id == template_id)
    return session.exec(items.order_by(col(ChecklistItem.position))).all()


def same_checklist(session: Session, template_id: UUID, other_id: UUID) -> bool:
    """Whether two templates are versions of the same checklist."""
    codes = select(col(ChecklistTemplate.code)).where(
        col(ChecklistTemplate.id).in_([template_id, other_id])
    )
    found = session.exec(codes).all()
    return len(found) > len(set(found))
