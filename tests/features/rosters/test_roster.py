"""The roster keeps its rules, leave frees its days, and a swap needs two and a supervisor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import (
    AlreadyThere,
    DaysBackwards,
    LadderNotRising,
    NotFound,
    NotYours,
    RosterBroken,
    WrongStep,
)
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.messages.models import Message
from propapp.features.people.models import RoleAssignment
from propapp.features.rosters import optimal, reading
from propapp.features.rosters.models import AskStatus, DutyRules, Leave, RosterDay, Shift, Swap
from propapp.features.rosters.optimal import propose
from propapp.features.rosters.repository import RosterRepository
from propapp.features.rosters.service import question
from tests.rosters import TUESDAY, a_leave, a_shift, a_swap, a_turn
from tests.world import World, a_world, found, rows, save

DAY = timedelta(days=1)
MONDAY, SUNDAY = TUESDAY - DAY, TUESDAY + 5 * DAY
THURSDAY = TUESDAY + 2 * DAY


def told(garden: World) -> set[tuple[str, str]]:
    """Who was told what."""
    names = {actor.person_id: name for name, actor in garden.people.items()}
    return {(names[one.person_id], one.kind) for one in rows(Message)}


def test_a_person_is_put_on_duty_and_taken_off(garden: World) -> None:
    guard = garden.actor("guard").person_id
    turn = a_turn(garden, guard, put=False)
    for _ in range(2):
        garden.do("supervisor", "roster.put_on_duty", **vars(turn))
    assert [(one.person_id, one.day) for one in rows(RosterDay)] == [(guard, TUESDAY)]
    garden.do("supervisor", "roster.take_off_duty", **vars(turn))
    assert rows(RosterDay) == []
    with pytest.raises(NotFound):
        garden.do("supervisor", "roster.take_off_duty", **vars(turn))


def test_too_little_rest_is_refused_by_name_and_nothing_is_changed(garden: World) -> None:
    guard = garden.actor("guard").person_id
    night = a_shift(garden, name="Night", begins=1320, minutes=480)
    a_turn(garden, guard, shift=night, day=MONDAY)
    early = a_turn(garden, guard, put=False)  # two hours after the night
    with pytest.raises(RosterBroken) as refusal:
        garden.do("supervisor", "roster.put_on_duty", **vars(early))
    assert refusal.value.facts["rule"] == "rest"
    assert refusal.value.facts["name"] == garden.actor("guard").name
    assert len(rows(RosterDay)) == 1


def test_a_sites_own_figures_count(garden: World) -> None:
    guard = garden.actor("guard").person_id
    evening = a_shift(garden, begins=960, minutes=480)
    a_turn(garden, guard, shift=evening, day=MONDAY)
    morning = a_turn(garden, guard, put=False)
    with pytest.raises(RosterBroken):
        garden.do("supervisor", "roster.put_on_duty", **vars(morning))
    figures: dict[str, Any] = {
        "rest": 480,
        "long_rest": 1440,
        "days_in_row": 6,
        "nights_in_row": 4,
        "week": 3600,
    }
    garden.do("supervisor", "duty_rules.set", site_id=garden.site.id, **figures, ladder=[5, 15, 30])
    garden.do("supervisor", "roster.put_on_duty", **vars(morning))
    assert rows(DutyRules)[0].rest == 480
    for ladder in ([30, 15, 5], [5, 5, 30]):
        with pytest.raises(LadderNotRising):
            garden.do(
                "supervisor", "duty_rules.set", site_id=garden.site.id, **figures, ladder=ladder
            )


def test_another_post_is_refused(garden: World) -> None:
    turn = a_turn(garden, garden.actor("cleaner").person_id, put=False)
    with pytest.raises(RosterBroken) as refusal:
        garden.do("supervisor", "roster.put_on_duty", **vars(turn))
    assert refusal.value.facts["rule"] == "post"


def test_a_proposed_week_is_adopted_and_replaces_what_stood_there(garden: World) -> None:
    for name in ("second", "third"):
        garden.person(name, Role.GUARD)
    shift = a_shift(garden, people=2)
    a_turn(garden, garden.actor("guard").person_id, shift=shift)
    with garden.work("supervisor") as uow:
        answer = propose(question(uow, garden.site.id, MONDAY, SUNDAY))
    assert answer.is_feasible
    duties = [
        {"shift_id": one.turn.shift_id, "person_id": one.person_id, "day": one.turn.day}
        for one in answer.duties
    ]
    week = {"site_id": garden.site.id, "first": MONDAY, "last": SUNDAY}
    garden.do("supervisor", "roster.adopt", **week, duties=duties)
    assert len(rows(RosterDay)) == 14
    too_much = [one | {"person_id": garden.actor("guard").person_id} for one in duties[::2]]
    unique = {(one["shift_id"], one["day"]): one for one in too_much}.values()
    with pytest.raises(RosterBroken) as refusal:
        garden.do("supervisor", "roster.adopt", **week, duties=list(unique))
    assert refusal.value.facts["rule"] in {"days_in_row", "week_hours"}
    assert len(rows(RosterDay)) == 14


def test_leave_is_asked_decided_and_frees_its_days(garden: World) -> None:
    guard = garden.actor("guard").person_id
    a_turn(garden, guard)
    asked = {"leave_id": uuid7(), "site_id": garden.site.id, "first": TUESDAY, "last": TUESDAY}
    leave = garden.do("guard", "leave.ask", **asked)
    garden.do("supervisor", "leave.approve", leave_id=leave.id)
    assert found(Leave, leave.id).status is AskStatus.APPROVED
    assert rows(RosterDay) == []
    assert told(garden) == {("supervisor", "leave.asked"), ("guard", "leave.approved")}
    with pytest.raises(RosterBroken) as refusal:
        garden.do("supervisor", "roster.put_on_duty", **vars(a_turn(garden, guard, put=False)))
    assert refusal.value.facts["rule"] == "leave"
    with pytest.raises(WrongStep):
        garden.do("supervisor", "leave.refuse", leave_id=leave.id)
    with pytest.raises(NotYours):
        garden.do("cleaner", "leave.withdraw", leave_id=leave.id)


def test_leave_that_ends_before_it_begins_is_refused(garden: World) -> None:
    wrong = {"leave_id": uuid7(), "site_id": garden.site.id, "first": TUESDAY, "last": MONDAY}
    with pytest.raises(DaysBackwards):
        garden.do("guard", "leave.ask", **wrong)


def test_leave_that_the_office_was_told_of_counts_at_once(garden: World) -> None:
    guard = garden.actor("guard").person_id
    a_turn(garden, guard)
    said = {"leave_id": uuid7(), "site_id": garden.site.id, "first": TUESDAY, "last": TUESDAY}
    leave = garden.do("supervisor", "leave.enter", **said, person_id=guard, reason="Fever")
    assert (leave.person_id, leave.status) == (guard, AskStatus.APPROVED)
    assert rows(RosterDay) == []
    assert told(garden) == {("guard", "leave.entered")}
    (event,) = rows(TimelineEvent, thing_id=leave.id)
    assert (event.verb, event.person_id) == (
        "leave.entered", garden.actor("supervisor").person_id
    )  # fmt: skip
    assert (event.facts["to_person_id"], event.facts["freed"]) == (str(guard), 1)
    garden.do("guard", "leave.withdraw", leave_id=leave.id)
    assert found(Leave, leave.id).status is AskStatus.WITHDRAWN
    with pytest.raises(AlreadyThere):
        garden.do("supervisor", "leave.enter", **said, person_id=guard)


def test_leave_is_entered_only_for_who_works_here(garden: World, elsewhere: World) -> None:
    said = {"site_id": garden.site.id, "first": TUESDAY, "last": TUESDAY}
    for nobody in (elsewhere.actor("guard"), garden.actor("owner")):
        with pytest.raises(NotFound):
            garden.do(
                "supervisor", "leave.enter", leave_id=uuid7(), person_id=nobody.person_id, **said
            )
    assert rows(Leave) == []


def test_a_swap_is_asked_accepted_and_approved(garden: World) -> None:
    guard, other = garden.actor("guard"), garden.person("other", Role.GUARD)
    shift = a_shift(garden)
    mine = a_turn(garden, guard.person_id, shift=shift)
    theirs = a_turn(garden, other.person_id, shift=shift, day=TUESDAY + DAY)
    swap = garden.do(
        "guard",
        "swap.ask",
        swap_id=uuid7(),
        shift_id=mine.shift_id,
        day=mine.day,
        other_id=other.person_id,
        other_shift_id=theirs.shift_id,
        other_day=theirs.day,
    )
    with pytest.raises(WrongStep):
        garden.do("supervisor", "swap.approve", swap_id=swap.id)
    with pytest.raises(NotYours):
        garden.do("guard", "swap.accept", swap_id=swap.id)
    garden.do("other", "swap.accept", swap_id=swap.id)
    garden.do("supervisor", "swap.approve", swap_id=swap.id)
    assert {(one.day, one.person_id) for one in rows(RosterDay)} == {
        (TUESDAY, other.person_id),
        (TUESDAY + DAY, guard.person_id),
    }
    verbs = [event.verb for event in rows(TimelineEvent, thing_id=swap.id)]
    assert verbs == ["swap.asked", "swap.accepted", "swap.approved"]
    assert told(garden) == {
        ("other", "swap.asked"),
        ("supervisor", "swap.accepted"),
        ("guard", "swap.approved"),
        ("other", "swap.approved"),
    }


def test_a_swap_that_breaks_a_rule_is_not_approved(garden: World) -> None:
    other = garden.person("other", Role.GUARD)
    night = a_shift(garden, begins=1320, minutes=480)
    a_turn(garden, other.person_id, shift=night, day=MONDAY)
    swap = a_swap(
        garden, garden.actor("guard").person_id, other.person_id, status=AskStatus.ACCEPTED
    )
    with pytest.raises(RosterBroken):
        garden.do("supervisor", "swap.approve", swap_id=swap.id)
    assert found(Swap, swap.id).status is AskStatus.ACCEPTED


def test_nobody_swaps_what_is_not_theirs(garden: World) -> None:
    other = garden.person("other", Role.GUARD)
    theirs = a_turn(garden, other.person_id)
    with pytest.raises(NotFound):
        garden.do(
            "guard",
            "swap.ask",
            swap_id=uuid7(),
            shift_id=theirs.shift_id,
            day=theirs.day,
            other_id=other.person_id,
        )


def test_ones_own_week_is_ones_own(garden: World, elsewhere: World) -> None:
    guard = garden.actor("guard")
    a_turn(garden, guard.person_id)
    a_turn(garden, garden.person("other", Role.GUARD).person_id)
    with garden.work("guard") as uow:
        mine = RosterRepository(uow).mine(MONDAY, SUNDAY)
        assert [one.roster_day.person_id for one in mine] == [guard.person_id]
        assert len(RosterRepository(uow).week(garden.site.id, MONDAY, SUNDAY)) == 2
        assert RosterRepository(uow).week(elsewhere.site.id, MONDAY, SUNDAY) == []


def test_a_leave_of_another_site_does_not_exist(garden: World, elsewhere: World) -> None:
    leave = a_leave(elsewhere, elsewhere.actor("guard").person_id, last=date(2026, 3, 11))
    with pytest.raises(NotFound):
        garden.do("supervisor", "leave.approve", leave_id=leave.id)


def other_site(garden: World, *names: str, zone: str = "Asia/Shanghai") -> World:
    """A second site, at which these people are guards too."""
    second = a_world("HQ", zone)
    save(
        *(
            RoleAssignment(
                site_id=second.site.id,
                person_id=garden.actor(name).person_id,
                role=Role.GUARD,
            )
            for name in names
        )
    )
    return second


@pytest.mark.parametrize(
    ("zone", "begins"), [("Asia/Shanghai", 480), ("Asia/Tokyo", 540), ("Asia/Shanghai", 1080)]
)
def test_nobody_is_on_duty_at_two_sites_at_once_or_without_rest_between(
    garden: World, zone: str, begins: int
) -> None:
    second = other_site(garden, "guard", zone=zone)
    guard = garden.actor("guard").person_id
    night = a_shift(second, name="Secret", begins=begins, minutes=480)
    a_turn(second, guard, shift=night)
    turn = a_turn(garden, guard, put=False)
    with pytest.raises(RosterBroken) as refused:
        garden.do("supervisor", "roster.put_on_duty", **vars(turn))
    facts = refused.value.facts
    assert facts["rule"] == ("rest" if begins == 1080 else "overlap")
    begun = "18:00" if begins == 1080 else "08:00"
    assert facts["elsewhere"].startswith(f"（03-10 {begun}–")
    assert "Secret" not in str(facts)
    assert second.site.name not in str(facts)
    assert len(rows(RosterDay)) == 1
    later = a_turn(garden, guard, shift=found(Shift, turn.shift_id), day=THURSDAY, put=False)
    garden.do("supervisor", "roster.put_on_duty", **vars(later))


def test_leave_holds_at_every_site_and_is_freed_where_it_was_given(garden: World) -> None:
    second = other_site(garden, "guard")
    guard = garden.actor("guard").person_id
    a_leave(second, guard, status=AskStatus.APPROVED)
    with pytest.raises(RosterBroken) as refused:
        garden.do("supervisor", "roster.put_on_duty", **vars(a_turn(garden, guard, put=False)))
    assert (refused.value.facts["rule"], refused.value.facts["elsewhere"]) == ("leave", "")


def test_a_proposed_week_leaves_room_for_other_sites_and_adopts_only_its_own(garden: World) -> None:
    garden.person("second", Role.GUARD)
    second = other_site(garden, "guard")
    guard = garden.actor("guard").person_id
    theirs = a_shift(second)
    for ahead in range(3):
        a_turn(second, guard, shift=theirs, day=MONDAY + ahead * DAY)
    a_shift(garden)
    with garden.work("supervisor") as uow:
        asked = reading.asked(uow, garden.site, MONDAY)
        answer = propose(asked.question)
        duties = asked.duties(answer, MONDAY)
    assert answer.is_feasible
    assert len(duties) == 7
    assert not {one.day for one in duties if one.person_id == guard} & {
        MONDAY + ahead * DAY for ahead in range(3)
    }
    garden.do(
        "supervisor", "roster.adopt", site_id=garden.site.id, first=MONDAY, last=SUNDAY,
        duties=duties,
    )  # fmt: skip
    assert len(rows(RosterDay, site_id=second.site.id)) == 3
    # Whoever adopts by hand what stands against the other site is refused too.
    clash = [duties[0].model_copy(update={"person_id": guard, "day": MONDAY})]
    with pytest.raises(RosterBroken):
        garden.do(
            "supervisor", "roster.adopt", site_id=garden.site.id, first=MONDAY, last=SUNDAY,
            duties=clash,
        )  # fmt: skip


def test_a_swap_is_held_against_the_takers_other_site(garden: World) -> None:
    taker = garden.person("second", Role.GUARD)
    second = other_site(garden, "second")
    a_turn(second, taker.person_id)
    swap = a_swap(
        garden, garden.actor("guard").person_id, taker.person_id, status=AskStatus.ACCEPTED
    )
    with garden.work("supervisor") as uow:
        (card,) = reading.week(uow, garden.site, MONDAY).asked
    assert (card.effect, [one.rule for one in card.hurdles]) == ("breaks", ["overlap"])
    with pytest.raises(RosterBroken):
        garden.do("supervisor", "swap.approve", swap_id=swap.id)


def test_without_the_solver_the_quick_planner_answers(
    garden: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_shift(garden)
    garden.person("second", Role.GUARD)
    with garden.work("supervisor") as uow:
        asked = question(uow, garden.site.id, MONDAY, SUNDAY)
    assert propose(asked).planner == "cp-sat"
    monkeypatch.setattr(optimal, "find_spec", lambda _name: None)
    quick = propose(asked)
    assert (quick.planner, quick.is_feasible, len(quick.duties)) == ("greedy", True, 7)
