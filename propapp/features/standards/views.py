"""Checklists as a phone keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from propapp.features.standards.models import ChecklistItem, ChecklistTemplate


@dataclass(frozen=True)
class ItemView:
    """One question."""

    id: UUID
    position: int
    kind: str
    label: str
    label_en: str
    required: bool
    photo_required: bool
    unit: str
    low: float | None
    high: float | None
    least: float | None
    most: float | None
    choices: list[dict[str, Any]]


@dataclass(frozen=True)
class TemplateView:
    """One version of a list of questions."""

    id: UUID
    name: str
    name_en: str
    items: list[ItemView]


def template_view(template: ChecklistTemplate, items: Iterable[ChecklistItem]) -> TemplateView:
    """The template with those of the items that are its own."""
    own = [item_view(item) for item in items if item.template_id == template.id]
    return TemplateView(template.id, template.name, template.name_en, own)


def item_view(item: ChecklistItem) -> ItemView:
    """The question without what only the office needs."""
    return ItemView(
        id=item.id,
        position=item.position,
        kind=item.kind.value,
        label=item.label,
        label_en=item.label_en,
        required=item.required,
        photo_required=item.photo_required,
        unit=item.unit,
        low=item.low,
        high=item.high,
        least=item.least,
        most=item.most,
        choices=item.choices,
    )
