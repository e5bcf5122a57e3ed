"""What a site has: counted from the lists, said by people, kept by version."""

from __future__ import annotations

import pytest

from propapp.core.errors import ChangedMeanwhile, NotAllowed
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.sites import repository
from propapp.features.sites.models import Equipment, Has, Place, PlaceKind, SiteProfile
from tests.world import World, looking, rows, save


def place(world: World, kind: PlaceKind) -> Place:
    made = Place(id=uuid7(), site_id=world.site.id, kind=kind, name=kind.value)
    save(made)
    return made


def equipment(world: World, kind: str, where: Place) -> None:
    save(Equipment(site_id=world.site.id, place_id=where.id, kind=kind, name=kind))


def test_what_stands_in_the_lists_is_counted_and_pumps_by_their_rooms(garden: World) -> None:
    room, garage = place(garden, PlaceKind.PLANT_ROOM), place(garden, PlaceKind.GARAGE)
    for kind, where in (("pump", room), ("pump", room), ("pump", garage), ("lift", room)):
        equipment(garden, kind, where)
    place(garden, PlaceKind.GARDEN)
    with looking() as session:
        counted = repository.counted(session, garden.site.id)
    assert counted[Has.BUILDING] == 1
    assert (counted[Has.LIFT], counted[Has.PUMP_ROOM]) == (1, 1)
    assert (counted[Has.CAR_PARK], counted[Has.GREEN]) == (1, 1)
    assert Has.TANK not in counted


def test_each_word_is_a_version_that_the_timeline_keeps(garden: World) -> None:
    site_id = garden.site.id
    garden.do("supervisor", "site.describe", site_id=site_id, city="zhengzhou", has={"lift": 12})
    garden.do("manager", "site.price", site_id=site_id, hourly={"guard": 2650}, person_hours=1984)
    garden.do("supervisor", "site.describe", site_id=site_id, version=2, has={"lift": 14})
    # The same words once more are no change.
    garden.do("supervisor", "site.describe", site_id=site_id, version=3, has={"lift": 14})
    (profile,) = rows(SiteProfile)
    assert (profile.version, profile.city, profile.has) == (3, "", {"lift": 14})
    assert (profile.hourly, profile.person_hours) == ({"guard": 2650}, 1984)
    events = [one for one in rows(TimelineEvent) if one.thing_id == site_id]
    told = {one.facts["version"]: (one.verb, one.facts) for one in events}
    assert told[1][0] == "site.described"
    assert told[1][1]["has"] == {"lift": 12}
    assert told[2][1]["hourly"] == {"guard": 2650}
    assert told[3][1]["has"] == {"lift": 14}


def test_what_somebody_else_said_meanwhile_is_not_overwritten(garden: World) -> None:
    site_id = garden.site.id
    garden.do("supervisor", "site.describe", site_id=site_id, version=0, has={"lift": 12})
    with pytest.raises(ChangedMeanwhile):
        garden.do("manager", "site.describe", site_id=site_id, version=0, has={"lift": 1})
    with pytest.raises(NotAllowed):
        garden.do("supervisor", "site.price", site_id=site_id, hourly={"guard": 1})
    assert [one.has for one in rows(SiteProfile)] == [{"lift": 12}]
