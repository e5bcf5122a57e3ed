"""Who registers whom, and what nobody may do to another or to themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from propapp.core.access import Actor, Role
from propapp.core.errors import (
    HeldElsewhere,
    InvalidInput,
    LastAdministrator,
    NotAllowed,
    NotFound,
    PropappError,
    UsernameTaken,
)
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.people.models import Account, Person, PushToken, RoleAssignment, SignInSession
from tests.world import NOON, World, a_person, found, rows, save

# Nothing that anything hashes to.
HASHED = "-"


def asked(world: World, **values: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "person_id": uuid7(),
        "site_id": world.site.id,
        "name": "Wang",
        "roles": ["cleaner"],
    }
    return usual | values


def as_they_are(world: World, actor: Actor, *roles: str, **values: Any) -> dict[str, Any]:
    """The words that change nothing of somebody who has these posts."""
    whole: dict[str, Any] = {
        "person_id": actor.person_id,
        "name": actor.name,
        "name_en": actor.name_en,
    }
    return asked(world, **whole, roles=list(roles)) | values


def keep(world: World, who: str, words: dict[str, Any]) -> Person:
    return world.do(who, "person.keep", **words)


def posts(person_id: UUID) -> set[Role]:
    return {one.role for one in rows(RoleAssignment, person_id=person_id)}


def told(person_id: UUID) -> list[str]:
    return [one.verb for one in rows(TimelineEvent, thing_id=person_id)]


def test_somebody_new_has_posts_and_a_sign_in_name_and_no_password(garden: World) -> None:
    words = asked(garden, username=" Wang.Wu ", roles=["cleaner", "guard"], phone="138 0000 0000")
    for _twice in range(2):
        keep(garden, "manager", words)
    account = found(Account, words["person_id"])
    assert (account.username, account.password_hash) == ("wang.wu", "")
    assert posts(words["person_id"]) == {Role.CLEANER, Role.GUARD}
    assert told(words["person_id"]) == ["person.made"]
    (event,) = rows(TimelineEvent, thing_id=words["person_id"])
    assert "wang.wu" not in str(event.facts)
    assert "138" not in str(event.facts)
    keep(garden, "manager", words | {"roles": ["technician"]})
    assert posts(words["person_id"]) == {Role.TECHNICIAN}


def test_a_sign_in_name_is_one_person_s_in_the_whole_house(garden: World, elsewhere: World) -> None:
    keep(elsewhere, "manager", asked(elsewhere, username="wang"))
    with pytest.raises(UsernameTaken) as refused:
        keep(garden, "manager", asked(garden, username="WANG"))
    assert refused.value.facts == {"name": "wang"}
    assert not rows(Account, username="WANG")


@pytest.mark.parametrize("username", ["a", "with space", "\u5f20\u4e09", "-a", "a" * 65, "a\n"])
def test_a_sign_in_name_can_be_typed_at_the_door(garden: World, username: str) -> None:
    with pytest.raises(ValidationError):
        keep(garden, "manager", asked(garden, username=username))


def test_a_sign_in_name_once_given_is_changed_and_never_empty(garden: World) -> None:
    words = asked(garden, username="wang")
    keep(garden, "manager", words)
    with pytest.raises(InvalidInput):
        keep(garden, "manager", words | {"username": ""})
    keep(garden, "manager", words | {"username": "wang2"})
    assert found(Account, words["person_id"]).username == "wang2"


def test_whoever_left_is_signed_out_and_their_history_stays(garden: World) -> None:
    guard = garden.actor("guard")
    save(
        Account(person_id=guard.person_id, username="guard", password_hash=HASHED),
        SignInSession(
            token_hash=HASHED,
            person_id=guard.person_id,
            created_at=NOON,
            last_seen_at=NOON,
            expires_at=NOON,
        ),
        PushToken(
            token_hash=HASHED,
            person_id=guard.person_id,
            device_id=uuid7(),
            created_at=NOON,
            expires_at=NOON,
        ),
    )
    words = as_they_are(garden, guard, "guard", username="guard")
    keep(garden, "manager", words | {"active": False})
    assert not found(Person, guard.person_id).active
    assert all(one.revoked_at for one in rows(SignInSession) + rows(PushToken))
    assert found(Account, guard.person_id).password_hash == ""
    assert posts(guard.person_id) == {Role.GUARD}
    keep(garden, "manager", words)
    assert told(guard.person_id) == ["person.left", "person.came_back"]
    assert found(Account, guard.person_id).password_hash == "", "who comes back is invited anew"


def test_only_an_administrator_gives_or_takes_the_administrator_s_post(garden: World) -> None:
    guard, second = garden.actor("guard"), garden.person("second", Role.ADMINISTRATOR)
    given = as_they_are(garden, guard, "guard", "administrator")
    taken = as_they_are(garden, second, "cleaner")
    renamed = as_they_are(garden, second, "administrator", name="Other")
    named = as_they_are(garden, second, "administrator", username="mine-now")
    gone = as_they_are(garden, second, "administrator", active=False)
    for words in (given, taken, renamed, named, gone):
        with pytest.raises(NotAllowed):
            keep(garden, "manager", words)
    for words in (given, named, renamed | {"username": "mine-now"}, taken):
        wanted = words | {"username": words.get("username", "")}
        if words is taken:
            wanted |= {"name": "Other", "username": "mine-now"}
        keep(garden, "administrator", wanted)
    assert posts(guard.person_id) == {Role.GUARD, Role.ADMINISTRATOR}
    assert posts(second.person_id) == {Role.CLEANER}


def test_an_administrator_stays_until_another_is_there(garden: World) -> None:
    alone = garden.actor("administrator")
    ending: tuple[dict[str, Any], ...] = ({"roles": ["cleaner"]}, {"active": False})
    for words in ending:
        with pytest.raises(LastAdministrator):
            keep(garden, "administrator", as_they_are(garden, alone, "administrator") | words)
    garden.person("second", Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        keep(garden, "administrator", as_they_are(garden, alone, "cleaner"))
    keep(garden, "second", as_they_are(garden, alone, "cleaner"))
    assert posts(alone.person_id) == {Role.CLEANER}


def test_a_site_keeps_an_administrator_though_they_have_another_site(
    garden: World, elsewhere: World
) -> None:
    of_both = a_person("both", {one.site.id: (Role.ADMINISTRATOR,) for one in (garden, elsewhere)})
    words = as_they_are(garden, of_both, "cleaner")
    garden.people["both"] = of_both
    keep(garden, "both", as_they_are(garden, garden.actor("administrator"), "cleaner"))
    with pytest.raises(LastAdministrator):
        keep(garden, "both", words)
    garden.person("second", Role.ADMINISTRATOR)
    keep(garden, "both", words)
    assert posts(of_both.person_id) == {Role.CLEANER, Role.ADMINISTRATOR}


def refusal(world: World, who: str, words: dict[str, Any]) -> type[PropappError]:
    with pytest.raises(PropappError) as refused:
        keep(world, who, words)
    return type(refused.value)


def test_who_works_at_another_site_only_does_not_exist_here(
    garden: World, elsewhere: World
) -> None:
    theirs = elsewhere.actor("cleaner")
    words = as_they_are(garden, theirs, "guard")
    assert refusal(garden, "manager", words) is NotFound
    assert refusal(garden, "administrator", words) is NotFound
    assert refusal(garden, "manager", words | {"site_id": elsewhere.site.id}) is NotFound
    assert posts(theirs.person_id) == {Role.CLEANER}


def test_what_counts_at_two_sites_is_changed_by_who_keeps_both(
    garden: World, elsewhere: World
) -> None:
    there = {garden.site.id: (Role.CLEANER,), elsewhere.site.id: (Role.ADMINISTRATOR,)}
    both = a_person("both", there)
    same = as_they_are(garden, both, "cleaner")
    wider: tuple[dict[str, Any], ...] = (
        {"name": "Other"},
        {"username": "mine-now"},
        {"active": False},
    )
    for more in wider:
        assert refusal(garden, "manager", same | more) is HeldElsewhere
    keep(garden, "manager", same | {"roles": ["guard"]})
    assert posts(both.person_id) == {Role.GUARD, Role.ADMINISTRATOR}
    garden.people["of both"] = a_person(
        "of both", {garden.site.id: (Role.MANAGER,), elsewhere.site.id: (Role.MANAGER,)}
    )
    same["roles"] = ["guard"]
    assert refusal(garden, "of both", same | {"name": "Other"}) is NotAllowed
    keep(garden, "manager", same | {"roles": []})
    assert posts(both.person_id) == {Role.ADMINISTRATOR}


def test_an_owner_is_nobody_s_employee(garden: World) -> None:
    owner = garden.actor("owner")
    assert refusal(garden, "manager", as_they_are(garden, owner, "guard")) is NotFound
    with pytest.raises(ValidationError):
        keep(garden, "manager", asked(garden, roles=["owner"]))
    assert refusal(garden, "manager", asked(garden, roles=[])) is InvalidInput
