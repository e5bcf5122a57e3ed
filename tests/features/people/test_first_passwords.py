"""A first password is handed over, is worth one of the person's own, and ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core.access import Actor, Role
from propapp.core.clock import FixedClock
from propapp.core.errors import (
    FirstPassword,
    FirstPasswordExpired,
    HeldElsewhere,
    InvalidInput,
    NotAllowed,
    NotFound,
    PasswordSame,
    PasswordShort,
    PropappError,
    SignInNeeded,
    TooManyAttempts,
    WrongCredentials,
)
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.people import push, sign_in
from propapp.features.people.actors import actor_for_token
from propapp.features.people.models import Account, PushToken, RoleAssignment, SignInSession
from propapp.features.people.passwords import hash_password
from propapp.features.people.service import FIRST
from propapp.features.people.sign_in import PER_ACCOUNT, Attempt, change_password
from tests.world import World, a_person, found, rows, save

SLIP, OWN = "abcd-efgh-jkmn", "three odd ducks"
HASHED = hash_password(SLIP)


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    sign_in.limiter.cache_clear()


def give(world: World, who: str, to: Actor, hashed: str = HASHED) -> Account:
    return world.do(who, "person.give_password", person_id=to.person_id, hashed=hashed)


@pytest.fixture
def wang(garden: World) -> Actor:
    """A cleaner with a sign-in name and no password."""
    wang = garden.person("wang", Role.CLEANER)
    save(Account(person_id=wang.person_id, username="wang", password_hash=""))
    return wang


def at_door(world: World, password: str, new: str = "", *, days: float = 0) -> str:
    """The token of the session that begins."""
    clock = FixedClock(world.clock.now() + timedelta(days=days))
    return sign_in.sign_in(Attempt("wang", password, new), clock=clock).token


def told(who: Actor) -> list[str]:
    return [one.verb for one in rows(TimelineEvent, thing_id=who.person_id)]


def test_a_first_password_opens_the_door_only_with_one_of_their_own(
    garden: World, wang: Actor
) -> None:
    give(garden, "manager", wang)
    assert found(Account, wang.person_id).first_until == garden.clock.now() + FIRST
    with pytest.raises(FirstPassword):
        at_door(garden, SLIP)
    assert not rows(SignInSession)
    token = at_door(garden, SLIP, OWN)
    assert actor_for_token(token, garden.clock).person_id == wang.person_id
    assert found(Account, wang.person_id).first_until is None
    with pytest.raises(WrongCredentials):
        at_door(garden, SLIP, OWN)
    assert at_door(garden, OWN)
    assert told(wang) == ["person.given_password", "person.chose_password"]
    assert OWN not in str([one.model_dump() for one in rows(TimelineEvent)])


@pytest.mark.parametrize(("new", "refusal"), [("short", PasswordShort), (SLIP, PasswordSame)])
def test_a_weak_one_of_their_own_leaves_the_first_as_it_was(
    garden: World, wang: Actor, new: str, refusal: type[PropappError]
) -> None:
    give(garden, "manager", wang)
    with pytest.raises(refusal):
        at_door(garden, SLIP, new)
    assert found(Account, wang.person_id).password_hash == HASHED
    assert at_door(garden, SLIP, OWN)


def test_a_first_password_ends_by_itself(garden: World, wang: Actor) -> None:
    give(garden, "manager", wang)
    with pytest.raises(FirstPasswordExpired):
        at_door(garden, SLIP, OWN, days=FIRST.days)
    with pytest.raises(WrongCredentials):
        at_door(garden, "another", OWN, days=FIRST.days)
    give(garden, "manager", wang)
    assert at_door(garden, SLIP, OWN, days=FIRST.days - 1)


def test_a_password_of_their_own_asks_for_no_other(garden: World, wang: Actor) -> None:
    give(garden, "manager", wang)
    at_door(garden, SLIP, OWN)
    assert at_door(garden, OWN, "whatever stood in the form")
    assert at_door(garden, OWN)


def test_who_is_given_another_is_signed_out_and_their_phone_still_delivers(
    garden: World, wang: Actor
) -> None:
    give(garden, "manager", wang)
    token = at_door(garden, SLIP, OWN)
    held = push.give(wang, uuid7(), garden.clock)
    give(garden, "manager", wang)
    with pytest.raises(SignInNeeded):
        actor_for_token(token, garden.clock)
    assert push.sender_for(held.token, garden.clock).actor.person_id == wang.person_id


def change(world: World, who: Actor, old: str, new: str, token: str = "") -> None:
    change_password(who, Attempt("", old, new), token=token, clock=world.clock)


def test_their_own_is_changed_by_who_knows_it_and_other_sessions_end(
    garden: World, wang: Actor
) -> None:
    give(garden, "manager", wang)
    here = at_door(garden, SLIP, OWN)
    there = at_door(garden, OWN)
    held = push.give(wang, uuid7(), garden.clock)
    change(garden, wang, OWN, "four odd geese", here)
    assert actor_for_token(here, garden.clock).person_id == wang.person_id
    with pytest.raises(SignInNeeded):
        actor_for_token(there, garden.clock)
    assert push.sender_for(held.token, garden.clock).actor.person_id == wang.person_id
    with pytest.raises(WrongCredentials):
        at_door(garden, OWN)
    assert at_door(garden, "four odd geese")
    assert not any(one.revoked_at for one in rows(PushToken))


def test_guesses_at_it_are_counted_as_at_the_door(garden: World, wang: Actor) -> None:
    give(garden, "manager", wang)
    at_door(garden, SLIP, OWN)
    for _ in range(PER_ACCOUNT.amount):
        with pytest.raises(WrongCredentials):
            change(garden, wang, "a guess", "four odd geese")
    with pytest.raises(TooManyAttempts):
        change(garden, wang, OWN, "four odd geese")
    with pytest.raises(TooManyAttempts):
        at_door(garden, OWN)


def test_who_has_no_account_has_no_password_to_change(garden: World) -> None:
    with pytest.raises(WrongCredentials):
        change(garden, garden.actor("guard"), "", "four odd geese")


@pytest.mark.parametrize("who", ["administrator", "manager"])
def test_nobody_gives_themselves_one(garden: World, who: str) -> None:
    me = garden.actor(who)
    save(Account(person_id=me.person_id, username=who, password_hash=""))
    with pytest.raises(NotAllowed):
        give(garden, who, me)


def test_only_an_administrator_gives_one_to_an_administrator(garden: World) -> None:
    other = garden.person("other", Role.ADMINISTRATOR)
    save(Account(person_id=other.person_id, username="other", password_hash=""))
    with pytest.raises(NotAllowed):
        give(garden, "manager", other)
    assert give(garden, "administrator", other).first_until


def test_who_works_elsewhere_too_gets_one_from_whoever_keeps_both(
    garden: World, elsewhere: World, wang: Actor
) -> None:
    save(RoleAssignment(person_id=wang.person_id, site_id=elsewhere.site.id, role=Role.CLEANER))
    with pytest.raises(HeldElsewhere):
        give(garden, "manager", wang)


def test_who_left_or_has_no_sign_in_name_gets_none(garden: World, wang: Actor) -> None:
    with pytest.raises(NotFound):
        give(garden, "manager", garden.actor("guard"))
    gone = a_person("gone", {garden.site.id: (Role.CLEANER,)}, active=False)
    save(Account(person_id=gone.person_id, username="gone", password_hash=""))
    with pytest.raises(NotFound):
        give(garden, "manager", gone)
    with pytest.raises(NotAllowed):
        give(garden, "supervisor", wang)


@pytest.mark.parametrize(
    "hashed",
    [
        SLIP,
        "",
        HASHED.replace("m=65536", "m=4194304"),
        HASHED.replace("argon2id", "argon2i"),
        HASHED.replace("t=3", "t=1"),
    ],
    # Each process makes another hash, and both have to name their tests alike.
    ids=["a password", "nothing", "too dear", "another kind", "too cheap"],
)
def test_only_a_hash_as_the_house_makes_it_is_taken(
    garden: World, wang: Actor, hashed: str
) -> None:
    with pytest.raises(InvalidInput):
        give(garden, "manager", wang, hashed)


def test_who_leaves_takes_no_first_password_along(garden: World, wang: Actor) -> None:
    give(garden, "manager", wang)
    garden.do(
        "manager",
        "person.keep",
        person_id=wang.person_id,
        site_id=garden.site.id,
        name="wang",
        username="wang",
        roles=["cleaner"],
        active=False,
    )
    account = found(Account, wang.person_id)
    assert (account.password_hash, account.first_until) == ("", None)


def test_another_that_was_given_in_this_moment_is_not_overwritten(
    garden: World, wang: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(garden, "manager", wang)
    plain = sign_in.passwords.hash_password
    other = hash_password("wxyz-2345-6789")

    def slow(password: str) -> str:
        give(garden, "manager", wang, other)
        return plain(password)

    monkeypatch.setattr(sign_in.passwords, "hash_password", slow)
    with pytest.raises(WrongCredentials):
        at_door(garden, SLIP, OWN)
    assert found(Account, wang.person_id).password_hash == other
