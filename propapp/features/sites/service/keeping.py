"""Buildings, units, places and checkpoints of a site: made and changed, never taken away."""

from __future__ import annotations

from typing import Any

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NameTaken
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.sites import repository
from propapp.features.sites.commands import KeepBuilding, KeepCheckpoint, KeepPlace, KeepUnit
from propapp.features.sites.models import Building, Checkpoint, Place, Unit
from propapp.features.sites.repository import (
    BuildingRepository,
    CheckpointRepository,
    PlaceRepository,
    UnitRepository,
)

Kept = Building | Unit | Place | Checkpoint


@use_case("building.keep", Permission.SITE_WRITE)
def keep_building(uow: UnitOfWork, command: KeepBuilding) -> Building:
    """Make a building, or change it; its name stands once at a site."""
    uow.allow_in(command.site_id)
    repository.hold(uow.session, command.site_id)
    building = BuildingRepository(uow).known_at(command.building_id, command.site_id)
    named = repository.building_named(uow.session, command.site_id, command.name)
    if named is not None and named.id != command.building_id:
        raise NameTaken(name=command.name)
    words = command.model_dump(exclude={"building_id", "site_id"})
    made = building is None
    building = building or Building(id=command.building_id, site_id=command.site_id, **words)
    if made or _change(building, words):
        _tell(uow, building, "building", "made" if made else "changed")
    return building


@use_case("unit.keep", Permission.SITE_WRITE)
def keep_unit(uow: UnitOfWork, command: KeepUnit) -> Unit:
    """Make a dwelling, or change it; its number stands once in a building."""
    uow.allow_in(command.site_id)
    repository.hold(uow.session, command.site_id)
    unit = UnitRepository(uow).known_at(command.unit_id, command.site_id)
    BuildingRepository(uow).get_at(command.building_id, command.site_id)
    numbered = repository.unit_numbered(uow.session, command.building_id, command.number)
    if numbered is not None and numbered.id != command.unit_id:
        raise NameTaken(name=command.number)
    words = command.model_dump(exclude={"unit_id", "site_id"})
    made = unit is None
    unit = unit or Unit(id=command.unit_id, site_id=command.site_id, **words)
    if made or _change(unit, words):
        keep_and_record(uow, unit, "unit", "made" if made else "changed", number=unit.number)
    return unit


@use_case("place.keep", Permission.SITE_WRITE)
def keep_place(uow: UnitOfWork, command: KeepPlace) -> Place:
    """Make a public place, or change it; the same words once more are no change."""
    uow.allow_in(command.site_id)
    if command.building_id is not None:
        BuildingRepository(uow).get_at(command.building_id, command.site_id)
    place = PlaceRepository(uow).known_at(command.place_id, command.site_id)
    words = command.model_dump(exclude={"place_id", "site_id"})
    made = place is None
    place = place or Place(id=command.place_id, site_id=command.site_id, **words)
    if made or _change(place, words):
        _tell(uow, place, "place", "made" if made else "changed")
    return place


@use_case("checkpoint.keep", Permission.SITE_WRITE)
def keep_checkpoint(uow: UnitOfWork, command: KeepCheckpoint) -> Checkpoint:
    """Make a checkpoint, or change it; its code is printed on the page of codes, as ever."""
    uow.allow_in(command.site_id)
    repository.hold(uow.session, command.site_id)
    point = CheckpointRepository(uow).known_at(command.checkpoint_id, command.site_id)
    PlaceRepository(uow).get_at(command.place_id, command.site_id)
    if (command.latitude is None) is not (command.longitude is None):
        raise InvalidInput(field="longitude" if command.longitude is None else "latitude")
    named = repository.checkpoint_named(uow.session, command.site_id, command.name)
    if named is not None and named.id != command.checkpoint_id:
        raise NameTaken(name=command.name)
    words = command.model_dump(exclude={"checkpoint_id", "site_id"})
    made = point is None
    point = point or Checkpoint(id=command.checkpoint_id, site_id=command.site_id, **words)
    if made or _change(point, words):
        _tell(uow, point, "checkpoint", "made" if made else "changed")
    return point


def _change(thing: Kept, words: dict[str, Any]) -> bool:
    """Whether any of these words is another than it was."""
    other = {name: value for name, value in words.items() if getattr(thing, name) != value}
    for name, value in other.items():
        setattr(thing, name, value)
    return bool(other)


def _tell(uow: UnitOfWork, thing: Building | Place | Checkpoint, kind: str, past: str) -> None:
    keep_and_record(uow, thing, kind, past, name=thing.name, name_en=thing.name_en)
