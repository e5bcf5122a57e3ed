"""Buildings, units, places and checkpoints of a site: made and changed, never taken away."""

from __future__ import annotations

from typing import TypeVar

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput
from propapp.core.guards import needs_free
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import Command, use_case
from propapp.features.sites import repository
from propapp.features.sites.commands import KeepBuilding, KeepCheckpoint, KeepPlace, KeepUnit
from propapp.features.sites.models import Building, Checkpoint, Place, Unit
from propapp.features.sites.repository import (
    BuildingRepository,
    CheckpointRepository,
    PlaceRepository,
    UnitRepository,
)

KeptT = TypeVar("KeptT", Building, Unit, Place, Checkpoint)
# What is told of a thing, where it has it.
_TOLD = ("name", "name_en", "number")


@use_case("building.keep", Permission.SITE_WRITE)
def keep_building(uow: UnitOfWork, command: KeepBuilding) -> Building:
    """Make a building, or change it; its name stands once at a site."""
    uow.allow_in(command.site_id)
    repository.hold(uow.session, command.site_id)
    building = BuildingRepository(uow).known_at(command.building_id, command.site_id)
    named = repository.building_named(uow.session, command.site_id, command.name)
    needs_free(command.name, named, command.building_id)
    return _keep(uow, "building", building, Building, command)


@use_case("unit.keep", Permission.SITE_WRITE)
def keep_unit(uow: UnitOfWork, command: KeepUnit) -> Unit:
    """Make a dwelling, or change it; its number stands once in a building."""
    uow.allow_in(command.site_id)
    repository.hold(uow.session, command.site_id)
    unit = UnitRepository(uow).known_at(command.unit_id, command.site_id)
    BuildingRepository(uow).get_at(command.building_id, command.site_id)
    numbered = repository.unit_numbered(uow.session, command.building_id, command.number)
    needs_free(command.number, numbered, command.unit_id)
    return _keep(uow, "unit", unit, Unit, command)


@use_case("place.keep", Permission.SITE_WRITE)
def keep_place(uow: UnitOfWork, command: KeepPlace) -> Place:
    """Make a public place, or change it; the same words once more are no change."""
    uow.allow_in(command.site_id)
    if command.building_id is not None:
        BuildingRepository(uow).get_at(command.building_id, command.site_id)
    place = PlaceRepository(uow).known_at(command.place_id, command.site_id)
    return _keep(uow, "place", place, Place, command)


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
    needs_free(command.name, named, command.checkpoint_id)
    return _keep(uow, "checkpoint", point, Checkpoint, command)


def _keep(
    uow: UnitOfWork, kind: str, known: KeptT | None, model: type[KeptT], command: Command
) -> KeptT:
    """Make the thing, or change the known one to what is asked; no change is no news."""
    asked = command.model_dump()
    asked["id"] = asked.pop(f"{kind}_id")
    if known is None:
        thing, past = model(**asked), "made"
    else:
        other = {name: value for name, value in asked.items() if getattr(known, name) != value}
        if not other:
            return known
        known.sqlmodel_update(other)
        thing, past = known, "changed"
    told = {name: getattr(thing, name) for name in _TOLD if hasattr(thing, name)}
    keep_and_record(uow, thing, kind, past, **told)
    return thing
