"""Work that is still on phones: who cares for phones sees of whom how much, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.core.sync.devices import Hello, greet
from propapp.core.sync.losses import Handset
from propapp.core.unit_of_work import looking
from propapp.features.boards.lost_phones import UnsentCard, unsent
from propapp.features.boards.rules import stamp
from propapp.features.phones.service import report
from tests.counting import count_queries
from tests.features.phones.test_losses import CARERS, arrives
from tests.sync.phones import Phone
from tests.world import NOON, World, a_person, a_world


def hello(
    world: World, phone: UUID, who: str = "guard", *, made: int, waiting: int, **more: Any
) -> None:
    """The phone says how much it made, and how much of it waits."""
    said = {"device_id": str(phone), "next_seq": made + 1, "pending_operations": waiting} | more
    handset = Handset(uuid7(), known=True, label=f"Android · {who}")
    greet(
        world.actor(who), Hello.model_validate(said), world.clock, handset=handset, on_loss=report
    )


def seen(world: World, who: str = "supervisor") -> list[UnsentCard]:
    """What this person is shown."""
    with looking(world.actor(who)) as uow:
        return unsent(uow)


def test_each_phone_stands_there_with_its_person_its_count_and_its_last_word(
    garden: World,
) -> None:
    hello(garden, uuid7(), made=5, waiting=3)
    garden.clock.move(timedelta(hours=2))
    hello(garden, uuid7(), "technician", made=1, waiting=1)
    first, second = seen(garden)
    assert (first.who, first.count, first.heard_at) == ("guard", 3, stamp(NOON))
    assert first.label == "Android · guard"
    assert (second.who, second.count) == ("technician", 1)


def test_what_has_come_since_waits_no_more(garden: World) -> None:
    for arrived, left in ((2, [1]), (3, [])):
        phone = Phone()
        hello(garden, phone.id, made=3, waiting=3)
        arrives(garden, phone, arrived)
        assert [one.count for one in seen(garden)] == left
        hello(garden, phone.id, made=3, waiting=0)


def test_what_had_come_before_without_its_answer_is_not_counted(garden: World) -> None:
    phone = Phone()
    arrives(garden, phone, 3)
    hello(garden, phone.id, made=3, waiting=3)
    assert seen(garden) == []


def test_what_a_phone_no_longer_holds_is_not_waited_for(garden: World) -> None:
    hello(garden, uuid7(), made=9, waiting=0)
    assert seen(garden) == []


def test_a_phone_that_lost_it_all_stands_among_the_losses_alone(garden: World) -> None:
    phone = uuid7()
    hello(garden, phone, made=4, waiting=4)
    garden.clock.move(timedelta(hours=1))
    lost = [{"device_id": str(phone), "kind": "cleared", "seq": 4}]
    hello(garden, uuid7(), made=0, waiting=0, lost=lost)
    assert seen(garden) == []
    garden.clock.move(timedelta(hours=1))
    hello(garden, phone, made=4, waiting=4)
    assert [one.count for one in seen(garden)] == [4]


@pytest.mark.parametrize("who", ["guard", "technician", "owner", "supervisor", "manager"])
def test_only_who_cares_for_phones_sees_any(garden: World, who: str) -> None:
    hello(garden, uuid7(), made=1, waiting=1)
    assert len(seen(garden, who)) == (1 if who in CARERS else 0)


def test_the_phones_of_another_site_are_not_seen(garden: World) -> None:
    hello(garden, uuid7(), made=1, waiting=1)
    elsewhere = a_world("XH")
    hello(elsewhere, uuid7(), made=2, waiting=2)
    assert [one.count for one in seen(garden)] == [1]
    assert [one.count for one in seen(elsewhere)] == [2]
    both = a_person("both", {site.site.id: (Role.SUPERVISOR,) for site in (garden, elsewhere)})
    with looking(both) as uow:
        assert len(unsent(uow)) == 2


def test_many_phones_are_one_question(garden: World) -> None:
    def asked() -> int:
        with count_queries() as sent:
            seen(garden)
        return len(sent)

    before = asked()
    for who in ("guard", "technician", "cleaner"):
        hello(garden, uuid7(), who, made=2, waiting=2)
    assert asked() == before <= 2
