"""A photo is seen by whoever may see the thing it belongs to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core import access
from propapp.core.access import Permission, Role
from propapp.core.errors import NotFound
from propapp.core.timeline import TimelineEvent
from propapp.features.orders.service._steps import album
from propapp.features.photos.models import PhotoPurpose, PhotoUse
from propapp.features.photos.repository import uses_of, visible_photo
from propapp.features.photos.service import attach
from tests.world import (
    World,
    a_report,
    a_run,
    a_shot,
    a_visit,
    bytes_arrive,
    looking,
    rows,
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
