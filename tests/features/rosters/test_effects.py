"""What a request would do to the roster is said before it is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core.access import Role
from propapp.core.errors import InvalidInput
from propapp.core.unit_of_work import looking
from propapp.features.rosters import asked, deciding, service
from propapp.features.rosters.asked import AskCard
from propapp.features.rosters.commands import TakeOffDuty
from propapp.features.rosters.models import AskStatus, Leave, Swap
from tests.counting import count_queries
from tests.rosters import TUESDAY, a_leave, a_shift, a_swap, a_turn
from tests.world import World, found

WEDNESDAY = TUESDAY + timedelta(days=1)


def cards(world: World) -> list[AskCard]:
    """What the supervisor sees."""
    with looking(world.actor("supervisor"), clock=world.clock) as uow:
        return asked.cards(uow, world.site)


def test_leave_without_turns_changes_nothing(garden: World) -> None:
    a_leave(garden, garden.actor("guard").person_id)
    (card,) = cards(garden)
    assert (card.effect, card.turns) == ("none", [])


def test_who_could_take_the_turns_that_leave_frees_is_named(garden: World) -> None:
    garden.person("other", Role.GUARD)
    a_turn(garden, garden.actor("guard").person_id)
    a_leave(garden, garden.actor("guard").person_id)
    (card,) = cards(garden)
    assert (card.effect, card.stand_ins, len(card.turns)) == ("fits", "other", 1)


def test_leave_that_leaves_turns_open_says_which_rule_and_who_would_be_overloaded(
    garden: World,
) -> None:
    other = garden.person("other", Role.GUARD).person_id
    day = a_shift(garden)
    night = a_shift(garden, begins=1320, minutes=480)
    a_turn(garden, garden.actor("guard").person_id, shift=day, day=WEDNESDAY)
    a_turn(garden, other, shift=night)
    a_leave(garden, garden.actor("guard").person_id)
    (card,) = cards(garden)
    assert (card.effect, card.lacking) == ("lacks", 1)
    assert [(one.rule, one.names) for one in card.hurdles] == [("rest", "other")]


def test_a_swap_that_fits_and_one_that_breaks_a_rule(garden: World) -> None:
    other = garden.person("other", Role.GUARD).person_id
    a_swap(garden, garden.actor("guard").person_id, other, status=AskStatus.ACCEPTED)
    assert [card.effect for card in cards(garden)] == ["fits"]
    a_turn(garden, other, shift=a_shift(garden, begins=1320, minutes=480), day=TUESDAY)
    a_turn(garden, other, shift=a_shift(garden, begins=500), day=TUESDAY)
    (card,) = cards(garden)
    assert card.effect == "breaks"
    assert {one.names for one in card.hurdles} == {"other"}


def test_a_turn_that_was_taken_away_cannot_be_swapped(garden: World) -> None:
    guard = garden.actor("guard").person_id
    swap = a_swap(garden, guard, garden.person("other", Role.GUARD).person_id)
    with garden.work("supervisor") as uow:
        service.take_off_duty(
            uow, TakeOffDuty(shift_id=swap.shift_id, person_id=guard, day=swap.day)
        )
    assert [card.effect for card in cards(garden)] == ["gone"]


def test_many_requests_ask_no_more_than_one(garden: World) -> None:
    guard = garden.actor("guard").person_id

    def asks() -> int:
        with count_queries() as sent:
            cards(garden)
        return len(sent)

    a_leave(garden, guard)
    few = asks()
    for number in range(4):
        a_leave(garden, guard, first=TUESDAY + timedelta(days=number))
        a_swap(garden, garden.person(f"one{number}", Role.GUARD).person_id, guard)
    assert asks() == few


def test_nobody_is_refused_without_a_word(garden: World) -> None:
    leave = a_leave(garden, garden.actor("guard").person_id)
    with pytest.raises(InvalidInput), garden.work("supervisor") as uow:
        deciding.step("leave", "refuse", str(leave.id))(uow)
    assert found(Leave, leave.id).status is AskStatus.ASKED
    with garden.work("supervisor") as uow:
        deciding.step("leave", "refuse", str(leave.id), "Short of people")(uow)
    assert found(Leave, leave.id).answer == "Short of people"


def test_the_word_on_a_swap_is_kept(garden: World) -> None:
    other = garden.person("other", Role.GUARD).person_id
    swap = a_swap(garden, garden.actor("guard").person_id, other)
    with garden.work("supervisor") as uow:
        deciding.step("swap", "refuse", str(swap.id), "No")(uow)
    assert found(Swap, swap.id).answer == "No"
