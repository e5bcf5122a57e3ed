"""A photo that somebody used before and saved anew is found; the same wall every day is not."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import combinations
from random import Random

import pytest
from PIL import Image
from sqlmodel import col, select

from bench.copies import COPIES, STEADY, a_scene, retaken, saved
from propapp.core.access import Role
from propapp.core.stores.likeness import apart
from propapp.demo.pictures import Scene
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.evidence import COPY, COPY_SAME_POINT
from propapp.features.rounds.jobs import score_sealed, seal_complete
from propapp.features.rounds.models import SecondLook, Visit
from tests.counting import count_queries
from tests.photographs import bring, shot_of
from tests.world import (
    World,
    a_report,
    a_run,
    a_visit,
    an_occurrence,
    broken,
    found,
    rows,
    well,
    write,
)

COPIED = "photo_like_before"


@cache
def pump_room() -> Image.Image:
    return a_scene(Scene.PUMP_ROOM)


def copy(how: str = "half as wide") -> bytes:
    return COPIES[how](pump_room())


def walk(world: World, who: str, *stops: tuple[int, bytes]) -> list[Visit]:
    """A round with a photo at each of these stops, to its seal; the next one is a day later."""
    run_id = a_run(world, who, an_occurrence(world))
    visits: list[Visit] = []
    for stop, data in stops:
        arrived = world.clock.now()
        world.clock.move(timedelta(minutes=1))
        answers = [well(world, photos=[shot_of(data)])]
        visits.append(a_visit(world, run_id, stop, who, arrived_at=arrived, answers=answers))
        bring(world, who, data)
        world.clock.move(timedelta(minutes=2))
    world.do(who, "round.finish", run_id=run_id, note="Rain")
    world.clock.move(timedelta(hours=20))
    return visits


def grained(patches: bytes, number: int) -> bytes:
    """The patches, each a little lighter or darker."""
    dice = Random(number)
    return bytes(max(0, min(255, value + dice.choice((-2, 2)))) for value in patches)


def reasons(visit: Visit) -> dict[str, int]:
    return {code: int(points) for code, points in found(Visit, visit.id).reasons}


@pytest.mark.parametrize("stop", [1, 2], ids=["the same point", "another point"])
@pytest.mark.parametrize(
    "how", ["saved anew, quality 85", "saved anew, quality 50", "half as wide", "without colour"]
)
def test_a_colleagues_photo_saved_anew_is_found(garden: World, how: str, stop: int) -> None:
    garden.person("guard2", Role.GUARD)
    first = walk(garden, "guard", (1, saved(pump_room(), 92)))
    second = walk(garden, "guard2", (stop, copy(how)))
    score_sealed(garden.clock)
    assert reasons(first[0])["photo_new"] > 0
    assert reasons(second[0])[COPIED] < 0
    assert "photo_new" not in reasons(second[0])
    assert "photo_seen_before" not in reasons(second[0])
    assert [look.id for look in rows(SecondLook)] == [second[0].id]


def test_the_same_wall_every_day_is_no_copy(garden: World) -> None:
    dice, wall = Random(7), a_scene(Scene.FIRE_DOOR_CLOSED)
    days = [walk(garden, "guard", (1, retaken(wall, STEADY, dice)))[0] for _ in range(8)]
    score_sealed(garden.clock)
    assert all("photo_new" in reasons(visit) for visit in days)


def test_at_the_same_point_more_likeness_is_wanted_than_between_two(garden: World) -> None:
    """As far apart as a careful hand may come to at one wall, and not at another."""
    visits = [
        walk(garden, "guard", (stop, saved(pump_room(), quality)))[0]
        for stop, quality in ((1, 92), (1, 91), (2, 90))
    ]
    shots = [rows(PhotoUse, parent_id=visit.run_id)[0].sha256 for visit in visits]
    with write() as session:
        photos = [session.get_one(Photo, sha256) for sha256 in shots]
        pattern = photos[0].patches or b""
        for number, photo in enumerate(photos):
            photo.patches = grained(pattern, number)
        kept = [photo.patches or b"" for photo in photos]
    assert all(COPY_SAME_POINT < apart(*pair) <= COPY for pair in combinations(kept, 2))
    score_sealed(garden.clock)
    assert [COPIED in reasons(visit) for visit in visits] == [False, False, True]


def test_dark_basements_are_not_like_each_other(garden: World) -> None:
    dark = [
        Image.effect_noise((1600, 1200), 12).point([v // 8 for v in range(256)]) for _ in range(2)
    ]
    visits = [walk(garden, "guard", (stop, saved(one)))[0] for stop, one in enumerate(dark, 1)]
    score_sealed(garden.clock)
    assert {photo.likeness for photo in rows(Photo)} == {""}
    assert all("photo_new" in reasons(visit) for visit in visits)


def test_two_photos_of_one_visit_may_be_alike(garden: World) -> None:
    """Also where one of them shows a fault, and stands with its order too."""
    run_id = a_run(garden)
    one, two = saved(pump_room(), 92), saved(pump_room(), 88)
    answers = [
        broken(garden, photos=[shot_of(one)]),
        well(garden, item_id=garden.items[1].id, verdict=None, number=0.4, photos=[shot_of(two)]),
    ]
    visit = a_visit(garden, run_id, arrived_at=garden.clock.now(), answers=answers)
    with write() as session:
        # The house's clock does not stand still while it writes.
        for late, use in enumerate(session.exec(select(PhotoUse).order_by(col(PhotoUse.sha256)))):
            use.received_at += timedelta(microseconds=late)
    for data in (one, two):
        bring(garden, "guard", data)
    garden.do("guard", "round.finish", run_id=run_id, note="Rain")
    seal_complete(garden.clock)
    assert score_sealed(garden.clock) == 1
    assert COPIED not in reasons(visit)


def test_a_photo_from_an_order_is_found_again(garden: World) -> None:
    data = saved(pump_room(), 92)
    a_report(garden, "owner", photos=[shot_of(data)])
    bring(garden, "owner", data)
    garden.clock.move(timedelta(hours=1))
    visit = walk(garden, "guard", (1, copy()))[0]
    score_sealed(garden.clock)
    assert COPIED in reasons(visit)


def test_what_another_site_holds_is_not_told(garden: World, elsewhere: World) -> None:
    elsewhere.clock = garden.clock
    walk(elsewhere, "guard", (1, saved(pump_room(), 92)))
    visit = walk(garden, "guard", (1, copy()))[0]
    score_sealed(garden.clock)
    assert "photo_new" in reasons(visit)


def test_nor_by_naming_its_photos_here(garden: World, elsewhere: World) -> None:
    """A digest is no key: who only names another site's photo learns nothing of it."""
    elsewhere.clock = garden.clock
    theirs = saved(pump_room(), 92)
    walk(elsewhere, "guard", (1, theirs))
    a_report(garden, "owner", photos=[shot_of(theirs)])
    garden.clock.move(timedelta(hours=1))
    visit = walk(garden, "guard", (1, copy()))[0]
    score_sealed(garden.clock)
    assert "photo_new" in reasons(visit)


def test_many_photos_ask_no_more_than_one(garden: World) -> None:
    asked = []
    walk(garden, "guard", *((stop, saved(pump_room(), 92 - stop)) for stop in (1, 2, 3)))
    score_sealed(garden.clock)
    for stops in ((1,), (1, 2, 3)):
        walk(
            garden, "guard", *((stop, saved(pump_room(), 80 - stop * len(stops))) for stop in stops)
        )
        with count_queries() as sent:
            score_sealed(garden.clock)
        asked.append(len(sent))
    assert asked[0] == asked[1]
    assert sum(COPIED in reasons(visit) for visit in rows(Visit)) >= 4
