"""A photo is seen by whoever may see the thing it belongs to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core import access
from propapp.core.access import Permission, Role
from propapp.core.errors import NotFound
from propapp.core.timeline import TimelineEvent
from propapp.features.orders.service._steps import album
from propapp.features.photos.commands import Shot
from propapp.features.photos.models import PhotoPart, PhotoPurpose, PhotoUse
from propapp.features.photos.repository import uses_of, visible_among, visible_photo
from propapp.features.photos.service import attach
from propapp.features.rounds.jobs import seal_complete
from propapp.features.rounds.models import Run, RunStatus
from tests.world import (
    NOON,
    World,
    a_report,
    a_run,
    a_shot,
    a_visit,
    bytes_arrive,
    found,
    looking,
    rows,
    save,
)

DRIP, DOOR = a_shot("drip"), a_shot("door")


@pytest.fixture
def pictures(garden: World, elsewhere: World) -> dict[str, World]:
    """An owner's report with a photo, a round with another, and a second site."""
    a_report(garden, photos=[DRIP])
    a_visit(garden, a_run(garden), answers=[_with(garden)])
    bytes_arrive(DRIP, DOOR)
    garden.person("neighbour", Role.OWNER)
    return {"garden": garden, "elsewhere": elsewhere}


def _with(garden: World) -> dict[str, object]:
    return {"item_id": garden.items[0].id, "verdict": "pass", "photos": [DOOR]}


@pytest.mark.parametrize(
    ("where", "who", "seen"),
    [
        ("garden", "owner", {"drip"}),
        ("garden", "neighbour", set()),
        ("garden", "guard", {"drip", "door"}),
        ("garden", "auditor", {"drip", "door"}),
        ("garden", "finance", set()),
        ("elsewhere", "manager", set()),
        ("elsewhere", "owner", set()),
    ],
)
def test_who_sees_which_photo(
    pictures: dict[str, World], where: str, who: str, seen: set[str]
) -> None:
    actor = pictures[where].actor(who)
    with looking() as session:
        for name, shot in (("drip", DRIP), ("door", DOOR)):
            if name in seen:
                assert visible_photo(session, actor, shot.sha256).sha256 == shot.sha256
            else:
                with pytest.raises(NotFound):
                    visible_photo(session, actor, shot.sha256)
        parents = {use.parent_id for use in rows(PhotoUse)}
        listed = {use.sha256 for use in uses_of(session, actor, parents)}
    assert len(listed) == len(seen)


def test_a_photo_whose_bytes_are_not_here_is_not_found_yet(garden: World) -> None:
    a_report(garden, photos=[DRIP])
    with looking() as session, pytest.raises(NotFound):
        visible_photo(session, garden.actor("owner"), DRIP.sha256)


def test_attaching_the_same_again_changes_nothing(garden: World) -> None:
    order = a_report(garden, photos=[DRIP, DOOR])
    (event,) = rows(TimelineEvent)
    before = rows(PhotoUse)
    garden.clock.move(timedelta(hours=1))
    with garden.work("owner") as uow:
        attach(uow, album(order, event, [DRIP, DOOR], PhotoPurpose.BEFORE))
    assert rows(PhotoUse) == before


def test_who_may_read_orders_only_sees_no_photos_of_rounds(
    pictures: dict[str, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(access.ROLE_PERMISSIONS, Role.FINANCE, {Permission.ORDER_READ})  # type: ignore[arg-type]
    actor = pictures["garden"].actor("finance")
    with looking() as session:
        assert visible_photo(session, actor, DRIP.sha256)
        with pytest.raises(NotFound):
            visible_photo(session, actor, DOOR.sha256)


def sees(world: World, who: str, shot: Shot) -> bool:
    """Whether the photo exists for this person."""
    with looking() as session:
        try:
            visible_photo(session, world.actor(who), shot.sha256)
        except NotFound:
            return False
    return True


@pytest.mark.parametrize("times", [1, 2])
def test_who_only_knows_a_digest_does_not_see_the_photo_by_naming_it(
    pictures: dict[str, World], times: int
) -> None:
    garden = pictures["garden"]
    for _ in range(times):
        a_report(garden, "neighbour", photos=[DRIP])
    assert not sees(garden, "neighbour", DRIP)
    with looking() as session:
        assert not visible_among(session, garden.actor("neighbour"), [DRIP.sha256])


def test_who_names_a_strangers_photo_shows_it_to_nobody_else(pictures: dict[str, World]) -> None:
    elsewhere = pictures["elsewhere"]
    a_visit(elsewhere, a_run(elsewhere), answers=[_with(elsewhere)])
    assert not sees(elsewhere, "supervisor", DOOR)
    assert sees(pictures["garden"], "supervisor", DOOR)


def test_who_brings_the_same_bytes_sees_them(pictures: dict[str, World]) -> None:
    garden = pictures["garden"]
    a_report(garden, "neighbour", photos=[DRIP])
    bytes_arrive(DRIP, by=garden.actor("neighbour"))
    assert sees(garden, "neighbour", DRIP)


def test_a_delivery_that_is_not_whole_opens_nothing(pictures: dict[str, World]) -> None:
    garden = pictures["garden"]
    a_report(garden, "neighbour", photos=[DRIP])
    person_id = garden.actor("neighbour").person_id
    save(PhotoPart(sha256=DRIP.sha256, person_id=person_id, size=DRIP.size, updated_at=NOON))
    assert not sees(garden, "neighbour", DRIP)


def test_who_sees_a_photo_may_show_it_on(pictures: dict[str, World]) -> None:
    """The technician notes the round's photo on the owner's order; the owner sees it there."""
    garden = pictures["garden"]
    order = a_report(garden)
    assert not sees(garden, "owner", DOOR)
    garden.do("technician", "order.note", order_id=order.id, text="This door", photos=[DOOR])
    assert sees(garden, "owner", DOOR)


def test_a_run_is_not_sealed_by_bytes_that_another_brought(pictures: dict[str, World]) -> None:
    elsewhere = pictures["elsewhere"]
    run_id = a_run(elsewhere)
    a_visit(elsewhere, run_id, answers=[_with(elsewhere)])
    elsewhere.do("guard", "round.finish", run_id=run_id, note="Rain")
    assert found(Run, run_id).status is RunStatus.FINISHED
    bytes_arrive(DOOR, by=elsewhere.actor("guard"))
    seal_complete(elsewhere.clock)
    assert found(Run, run_id).status is RunStatus.SEALED
