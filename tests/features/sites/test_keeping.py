"""A place and a checkpoint are made and changed by whoever sets up the site."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from propapp.core.access import Role
from propapp.core.errors import InvalidInput, NameTaken, NotFound
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.sites.models import Checkpoint, CheckpointCode
from tests.world import World, a_person, found, rows


def asked(world: World, **values: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "checkpoint_id": uuid7(),
        "site_id": world.site.id,
        "place_id": world.lobby.id,
    }
    return usual | {"name": "Gate"} | values


def test_a_new_checkpoint_waits_for_its_code_to_be_printed(garden: World) -> None:
    made = garden.do("administrator", "checkpoint.keep", **asked(garden, hint="By the lift"))
    assert not rows(CheckpointCode, checkpoint_id=made.id)
    garden.do("supervisor", "checkpoint.print", site_id=garden.site.id, checkpoint_ids=[made.id])
    (code,) = rows(CheckpointCode, checkpoint_id=made.id)
    assert code.number == 1
    assert code.is_signed


def test_the_same_words_once_more_are_no_change(garden: World) -> None:
    words = {"checkpoint_id": uuid7()}
    for hint in ("", "", "By the lift"):
        garden.do("supervisor", "checkpoint.keep", **asked(garden, **words, hint=hint))
    told = [one.verb for one in rows(TimelineEvent, thing_id=words["checkpoint_id"])]
    assert told == ["checkpoint.made", "checkpoint.changed"]
    assert found(Checkpoint, words["checkpoint_id"]).hint == "By the lift"


def test_two_points_of_one_name_nobody_could_tell_apart(garden: World, elsewhere: World) -> None:
    with pytest.raises(NameTaken):
        garden.do("supervisor", "checkpoint.keep", **asked(garden, name="P1"))
    own = garden.checkpoints[0].id
    garden.do("supervisor", "checkpoint.keep", **asked(garden, checkpoint_id=own, name="P1"))
    elsewhere.do("supervisor", "checkpoint.keep", **asked(elsewhere, name="Gate"))
    garden.do("supervisor", "checkpoint.keep", **asked(garden, name="Gate"))


def test_what_belongs_to_another_site_does_not_exist_here(garden: World, elsewhere: World) -> None:
    theirs = elsewhere.checkpoints[0].id
    leads = (Role.SUPERVISOR,)
    both: dict[UUID, tuple[Role, ...]] = {garden.site.id: leads, elsewhere.site.id: leads}
    # Not even for whoever works at both.
    garden.people["supervisor"] = a_person("both", both)
    foreign: list[dict[str, Any]] = [{"checkpoint_id": theirs}, {"place_id": elsewhere.lobby.id}]
    for values in foreign:
        with pytest.raises(NotFound):
            garden.do("supervisor", "checkpoint.keep", **asked(garden, **values))
    unit: dict[str, Any] = {"site_id": garden.site.id, "number": "0101"}
    homes: tuple[dict[str, Any], ...] = (
        {"unit_id": elsewhere.unit.id, "building_id": garden.building.id},
        {"unit_id": uuid7(), "building_id": elsewhere.building.id},
    )
    for more in homes:
        with pytest.raises(NotFound):
            garden.do("supervisor", "unit.keep", **unit | more)
    with pytest.raises(NotFound):
        garden.do(
            "supervisor",
            "building.keep",
            building_id=elsewhere.building.id,
            site_id=garden.site.id,
            name="Ours now",
            floors=3,
        )
    place: dict[str, Any] = {"site_id": garden.site.id, "name": "Cellar"}
    wanted: tuple[dict[str, Any], ...] = (
        {"place_id": elsewhere.lobby.id},
        {"place_id": uuid7(), "building_id": elsewhere.building.id},
    )
    for more in wanted:
        with pytest.raises(NotFound):
            garden.do("supervisor", "place.keep", **place | more)


def test_where_it_hangs_is_measured_in_both_directions_or_not_at_all(garden: World) -> None:
    with pytest.raises(InvalidInput):
        garden.do("supervisor", "checkpoint.keep", **asked(garden, latitude=31.2))
    made = garden.do("supervisor", "checkpoint.keep", **asked(garden, latitude=0.0, longitude=0.0))
    assert (made.latitude, made.longitude) == (0.0, 0.0)
