"""Where the trouble is, as ids and as people say it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from propapp.core.errors import InvalidInput
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.orders import repository
from propapp.features.sites.models import Building


@dataclass(frozen=True)
class Where:
    """A unit, a public place, or just words."""

    text: str
    text_en: str
    building_id: UUID | None = None
    unit_id: UUID | None = None
    place_id: UUID | None = None

    def near(self, words: str) -> Where:
        """The same place with what the reporter said about it."""
        if not words:
            return self
        return replace(self, text=f"{self.text} · {words}", text_en=f"{self.text_en} · {words}")

    def columns(self) -> dict[str, Any]:
        """What a work order keeps of it."""
        return {
            "building_id": self.building_id,
            "unit_id": self.unit_id,
            "place_id": self.place_id,
            "place_text": self.text,
            "place_text_en": self.text_en,
        }


def unit(uow: UnitOfWork, site_id: UUID, unit_id: UUID) -> Where:
    """A unit of the site, said with its building."""
    found, building = repository.unit_at(uow.session, site_id, unit_id)
    return Where(
        text=f"{building.name} {found.number}",
        text_en=f"{building.name_en or building.name} {found.number}",
        building_id=building.id,
        unit_id=found.id,
    )


def place(uow: UnitOfWork, site_id: UUID, place_id: UUID) -> Where:
    """A public place of the site, said with its building if it stands in one."""
    found, building = repository.place_at(uow.session, site_id, place_id)
    return Where(
        text=_joined(building.name if building else "", found.name),
        text_en=_joined(_latin(building), found.name_en or found.name),
        building_id=building.id if building else None,
        place_id=found.id,
    )


def spoken(words: str) -> Where:
    """Only words, which staff may leave it at."""
    if not words:
        raise InvalidInput(field="place_text")
    return Where(text=words, text_en=words)


def _latin(building: Building | None) -> str:
    return (building.name_en or building.name) if building else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
