"""Who works at a site, and how far each is on the way through the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from propapp.core.access import Actor, Role
from propapp.core.unit_of_work import looking
from propapp.features.boards.staff import Staff, staff
from propapp.features.people.models import Account
from tests.world import NOON, World, a_person, save

OF_WORLD = len(Role) - 1


def seen(world: World, who: str = "manager", sought: str = "") -> Staff:
    with looking(world.actor(who), clock=world.clock) as uow:
        return staff(uow, world.site.id, sought)


def an_account(who: Actor, **values: Any) -> None:
    usual: dict[str, Any] = {"username": who.name, "password_hash": ""} | values
    save(Account(person_id=who.person_id, **usual))


def test_each_is_seen_once_with_how_far_they_are(garden: World) -> None:
    for name, values in (
        ("new", {}),
        ("given", {"password_hash": "-", "first_until": NOON + timedelta(days=1)}),
        ("late", {"password_hash": "-", "first_until": NOON}),
        ("old", {"password_hash": "-"}),
    ):
        an_account(garden.person(name, Role.CLEANER, Role.GUARD), **values)
    a_person("gone", {garden.site.id: (Role.CLEANER,)}, active=False)
    found = seen(garden)
    entries = {one.name: one.entry for one in found.lines}
    assert {name: entries[name] for name in ("new", "given", "late", "old", "gone", "guard")} == {
        "new": "no_password",
        "given": "first",
        "late": "expired",
        "old": "own",
        "gone": "left",
        "guard": "no_name",
    }
    assert (found.count, len(found.lines)) == (OF_WORLD + 5, OF_WORLD + 5)
    assert found.lines[-1].name == "gone"
    assert next(one.posts for one in found.lines if one.name == "old") == ["guard", "cleaner"]
    assert "owner" not in entries


def test_only_what_the_door_would_let_pass_is_offered(garden: World, elsewhere: World) -> None:
    for name in ("manager", "administrator", "cleaner"):
        an_account(garden.actor(name))
    mays = {
        who: {one.name for one in seen(garden, who).lines if one.may}
        for who in ("manager", "administrator", "supervisor")
    }
    assert mays == {
        "manager": {"cleaner"},
        "administrator": {"manager", "cleaner"},
        "supervisor": set(),
    }


def test_somebody_is_found_by_a_part_of_either_name(garden: World) -> None:
    an_account(garden.person("wang", Role.CLEANER), username="w.dong")
    for sought in ("WAN", " w.do "):
        found = seen(garden, sought=sought)
        assert [one.name for one in found.lines] == ["wang"]
        assert found.count == OF_WORLD + 1
    assert not seen(garden, sought="nobody").lines
