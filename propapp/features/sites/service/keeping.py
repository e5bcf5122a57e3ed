"""Places and checkpoints of a site: made and changed, never taken away."""

from __future__ import annotations

from typing import Any

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NameTaken, NotFound
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.sites import repository
from propapp.features.sites.commands import KeepCheckpoint, KeepPlace
from propapp.features.sites.models import Building, Checkpoint, Place
from propapp.features.sites.repository import CheckpointRepository, PlaceRepository


@use_case("place.keep", Permission.SITE_WRITE)
def keep_place(uow: UnitOfWork, command: KeepPlace) -> Place:
    """Make a public place, or change it; the same words once more are no change."""
    uow.allow_in(command.site_id)
    if command.building_id is not None:
        building = uow.session.get(Building, command.building_id)
        if building is None or building.site_id != command.site_id:
            raise NotFound(kind="building")
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


def _change(thing: Place | Checkpoint, words: dict[str, Any]) -> bool:
    """Whether any of these words is another than it was."""
    other = {name: value for name, value in words.items() if getattr(thing, name) != value}
    for name, value in other.items():
        setattr(thing, name, value)
    return bool(other)


def _tell(uow: UnitOfWork, thing: Place | Checkpoint, kind: str, past: str) -> None:
    keep_and_record(uow, thing, kind, past, name=thing.name, name_en=thing.name_en)
