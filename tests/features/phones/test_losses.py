"""A phone starts anew: those who care for phones learn it once, with what may be gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from propapp.core.access import Role
from propapp.core.errors import NotAllowed, NoteRequired, NotFound, WrongStep
from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply_batch
from propapp.core.sync.devices import Greeting, Hello, greet
from propapp.core.sync.losses import Handset, LossKind
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking
from propapp.features.boards.lost_phones import LossCard, losses
from propapp.features.messages.models import Message
from propapp.features.phones.models import LossStatus, PhoneLoss
from propapp.features.phones.service import report
from tests.counting import count_queries
from tests.sync.phones import Phone
from tests.world import NOON, World, a_person, found, rows

POCKET = Handset(uuid7(), known=True, label="Android · Chrome · 7F3A")
UNKNOWN = Handset(uuid7(), known=False, label="Android · Chrome · 0B1C")
CARERS = {"supervisor", "manager", "administrator", "service_desk"}


def hello(
    world: World,
    phone: UUID,
    who: str = "guard",
    *,
    made: int = 0,
    handset: Handset = POCKET,
    lost: list[dict[str, Any]] | None = None,
) -> Greeting:
    """The phone introduces itself, having made so many operations under this name."""
    said = Hello.model_validate({"device_id": str(phone), "next_seq": made + 1, "lost": lost or []})
    return greet(world.actor(who), said, world.clock, handset=handset, on_loss=report)


def arrives(world: World, phone: Phone, count: int, who: str = "guard") -> None:
    """So many operations of this phone reach the server."""
    person = world.actor(who)
    said = [
        phone.does("account.choose_language", thread=person.person_id, locale=locale)
        for locale in ("en", "zh-CN") * count
    ][:count]
    apply_batch(person, phone.id, said, world.clock)


def told(world: World, kind: str) -> set[str]:
    """The names of those who have a message of this kind."""
    ids = {message.person_id for message in rows(Message, kind=kind)}
    return {name for name, actor in world.people.items() if actor.person_id in ids}


def a_cleared_phone(world: World, who: str = "guard", *, made: int = 5, arrived: int = 3) -> Phone:
    """The phone of this person worked for a while, and then begins without any memory."""
    phone = Phone()
    hello(world, phone.id, who, made=made)
    arrives(world, phone, arrived, who)
    world.clock.move(timedelta(hours=2))
    hello(world, uuid7(), who)
    return phone


def test_a_cleared_phone_is_told_once_with_all_that_is_known(garden: World) -> None:
    a_cleared_phone(garden)
    (loss,) = rows(PhoneLoss)
    assert (loss.kind, loss.status) == (LossKind.CLEARED, LossStatus.OPEN)
    assert loss.person_id == garden.actor("guard").person_id
    assert loss.label == POCKET.label
    assert (loss.last_heard_at, loss.noticed_at) == (NOON, NOON + timedelta(hours=2))
    assert (loss.highest_seq, loss.missing) == (5, 2)
    assert told(garden, "phone.cleared") == CARERS
    assert told(garden, "phone.yours") == {"guard"}
    (event,) = rows(TimelineEvent, verb="phone.lost")
    assert (event.site_id, event.facts["missing"]) == (garden.site.id, 2)


def test_said_again_or_found_again_it_is_the_same_loss(garden: World) -> None:
    phone = a_cleared_phone(garden)
    note = {"device_id": str(phone.id), "kind": "cleared", "seq": 5}
    for _ in range(2):
        hello(garden, uuid7(), lost=[note])
    (loss,) = rows(PhoneLoss, device_id=rows(PhoneLoss)[0].device_id)
    assert len(rows(Message, kind="phone.cleared")) == len(CARERS)
    assert loss.missing == 2


def test_the_phones_own_note_counts_where_the_server_was_never_told(garden: World) -> None:
    hello(garden, uuid7(), lost=[{"device_id": str(uuid7()), "kind": "cleared", "seq": 4}])
    (loss,) = rows(PhoneLoss)
    assert (loss.last_heard_at, loss.highest_seq, loss.missing) == (None, 4, 4)


def test_a_phone_that_goes_on_or_never_did_anything_lost_nothing(garden: World) -> None:
    phone = Phone()
    for made in (0, 2, 2):
        hello(garden, phone.id, made=made)
    quiet = Handset(uuid7(), known=True)
    hello(garden, uuid7(), handset=quiet)
    hello(garden, uuid7(), handset=quiet)
    assert rows(PhoneLoss) == []


def test_a_second_phone_is_suspicious_only_while_the_first_holds_something(garden: World) -> None:
    first, second = Phone(), Handset(uuid7(), known=False)
    hello(garden, first.id, made=2)
    arrives(garden, first, 2)
    hello(garden, uuid7(), handset=UNKNOWN)
    assert rows(PhoneLoss) == []
    hello(garden, first.id, made=3)
    hello(garden, uuid7(), handset=second)
    (loss,) = rows(PhoneLoss)
    assert (loss.kind, loss.missing) == (LossKind.SUSPECTED, 1)
    assert told(garden, "phone.suspected") == CARERS
    assert told(garden, "phone.yours") == set()


def test_a_phone_that_went_back_says_so_and_its_waiting_work_is_not_called_missing(
    garden: World,
) -> None:
    phone = Phone()
    hello(garden, phone.id, made=6)
    arrives(garden, phone, 4)
    hello(
        garden, uuid7(), made=2, lost=[{"device_id": str(phone.id), "kind": "went_back", "seq": 4}]
    )
    (loss,) = rows(PhoneLoss)
    assert (loss.kind, loss.missing, loss.highest_seq) == (LossKind.WENT_BACK, 0, 6)


def test_whoever_shared_the_cleared_phone_is_named_too_if_something_is_missing(
    garden: World,
) -> None:
    cleaner, technician = Phone(), Phone()
    hello(garden, cleaner.id, "cleaner", made=3)
    hello(garden, technician.id, "technician", made=1)
    arrives(garden, technician, 1, "technician")
    # A new person on the phone says nothing of the others' work, which still waits on it.
    hello(garden, uuid7(), "guard")
    assert rows(PhoneLoss) == []
    a_cleared_phone(garden)
    found_of = {loss.person_id: loss for loss in rows(PhoneLoss)}
    assert set(found_of) == {garden.actor(name).person_id for name in ("guard", "cleaner")}
    assert found_of[garden.actor("cleaner").person_id].kind is LossKind.SUSPECTED


def test_an_owner_may_clear_the_browser_but_not_what_never_came(garden: World) -> None:
    a_cleared_phone(garden, "owner", made=3, arrived=3)
    assert rows(PhoneLoss) == []
    hello(garden, uuid7(), "owner", lost=[{"device_id": str(uuid7()), "kind": "cleared", "seq": 2}])
    assert [loss.missing for loss in rows(PhoneLoss)] == [2]


def test_each_site_of_the_person_has_its_own_and_others_have_none(
    garden: World, elsewhere: World
) -> None:
    roles = {garden.site.id: (Role.GUARD,), elsewhere.site.id: (Role.TECHNICIAN,)}
    garden.people["both"] = a_person("both", roles)
    a_cleared_phone(garden, "both")
    assert {loss.site_id for loss in rows(PhoneLoss)} == {garden.site.id, elsewhere.site.id}
    (here,) = rows(PhoneLoss, site_id=garden.site.id)
    with pytest.raises(NotFound):
        elsewhere.do("supervisor", "phone.settle", loss_id=here.id, note="Asked")
    assert len(seen(elsewhere, "supervisor")) == 1


def seen(world: World, who: str) -> list[LossCard]:
    """The board's list for this person."""
    with looking(world.actor(who), clock=world.clock) as uow:
        return losses(uow)


def test_it_is_settled_once_with_words_by_whoever_cares(garden: World) -> None:
    a_cleared_phone(garden)
    (card,) = seen(garden, "supervisor")
    settled = {"loss_id": UUID(card.id), "note": "The round was walked again"}
    with pytest.raises(NoteRequired):
        garden.do("supervisor", "phone.settle", loss_id=UUID(card.id), note=" ")
    with pytest.raises(NotAllowed):
        garden.do("guard", "phone.settle", **settled)
    garden.do("supervisor", "phone.settle", **settled)
    loss = found(PhoneLoss, UUID(card.id))
    assert loss.settled_by == garden.actor("supervisor").person_id
    assert (loss.settled_at, loss.note) == (garden.clock.now(), settled["note"])
    assert [event.facts["text"] for event in rows(TimelineEvent, verb="phone.settled")] == [
        settled["note"]
    ]
    with pytest.raises(WrongStep):
        garden.do("manager", "phone.settle", **settled)
    (card,) = seen(garden, "manager")
    assert (card.status, card.settler) == ("settled", "supervisor")
    garden.clock.move(timedelta(days=31))
    assert seen(garden, "manager") == []


def test_the_list_says_when_the_lost_phone_was_heard_again(garden: World) -> None:
    phone = Phone()
    hello(garden, phone.id, made=3)
    hello(garden, uuid7(), handset=UNKNOWN)
    garden.clock.move(timedelta(hours=1))
    hello(garden, phone.id, made=3)
    (card,) = seen(garden, "supervisor")
    assert card.kind == "suspected"
    assert card.back_at.startswith("2026-03-10T05:00")


def test_both_ask_the_database_a_fixed_number_of_times(garden: World) -> None:
    def counted(act: Callable[[], object]) -> int:
        with count_queries() as sent:
            act()
        return len(sent)

    def a_loss() -> int:
        phone = Phone()
        hello(garden, phone.id, made=2)
        return counted(lambda: hello(garden, uuid7()))

    first, listed = a_loss(), counted(lambda: seen(garden, "supervisor"))
    for name in ("cleaner", "technician", "service_desk"):
        hello(garden, uuid7(), name, made=2)
    garden.person("second", Role.SUPERVISOR)
    assert a_loss() == first <= 20
    assert counted(lambda: seen(garden, "supervisor")) == listed <= 3
