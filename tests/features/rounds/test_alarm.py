"""A round that nobody begins is told of step by step, once each, and taken back when walked."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from propapp.core.access import Role
from propapp.core.ids import uuid7
from propapp.core.sync.models import Device
from propapp.core.timeline import TimelineEvent
from propapp.features.messages.models import Message
from propapp.features.rosters.models import DutyRules, RosterDay, Shift
from propapp.features.rounds import jobs
from propapp.features.rounds.models import Alarm, AlarmStep
from propapp.features.schedules.models import Occurrence
from tests.world import NOON, World, an_occurrence, found, rows, save, write

MINUTE = timedelta(minutes=1)


@pytest.fixture
def silent(garden: World) -> Occurrence:
    """A round from eleven to noon that nobody began."""
    return an_occurrence(garden, opens_in=-60, minutes=60)


def after(garden: World, minutes: float) -> None:
    """So long after the window closed, the house looks after itself twice."""
    garden.clock.set(NOON + minutes * MINUTE)
    for _ in range(2):
        jobs.mark_missed(garden.clock)
        jobs.raise_alarms(garden.clock)


def told(garden: World) -> list[tuple[str, str]]:
    """Who was told what, in the order of time."""
    names = {actor.person_id: name for name, actor in garden.people.items()}
    messages = sorted(rows(Message), key=lambda one: (one.created_at, names[one.person_id]))
    return [(names[one.person_id], one.kind.removeprefix("round.")) for one in messages]


def heard(garden: World, name: str, minutes: float, *, pending: int = 0) -> None:
    """Their phone introduced itself, so long after noon."""
    at = NOON + minutes * MINUTE
    person = garden.actor(name).person_id
    known = rows(Device, person_id=person)
    if not known:
        save(
            Device(
                id=uuid7(),
                person_id=person,
                first_seen_at=at,
                last_hello_at=at,
                pending_operations=pending,
            )
        )
        return
    with write() as session:
        device = session.get_one(Device, known[0].id)
        device.last_hello_at, device.pending_operations = at, pending


@pytest.mark.usefixtures("silent")
def test_the_guard_then_the_supervisor_then_the_manager_each_once(garden: World) -> None:
    after(garden, 4.9)
    assert told(garden) == []
    after(garden, 5)
    assert told(garden) == [("guard", "late")]
    after(garden, 14)
    assert len(told(garden)) == 1
    after(garden, 15)
    after(garden, 30)
    after(garden, 300)
    assert told(garden) == [("guard", "late"), ("supervisor", "missed"), ("manager", "missed")]
    assert Counter(alarm.step for alarm in rows(Alarm)) == {
        AlarmStep.WALKER: 1,
        AlarmStep.SUPERVISOR: 1,
        AlarmStep.MANAGER: 1,
    }


@pytest.mark.usefixtures("silent")
def test_a_server_that_was_away_takes_all_steps_at_once_and_each_once(garden: World) -> None:
    after(garden, 90)
    assert sorted(told(garden)) == [
        ("guard", "late"),
        ("manager", "missed"),
        ("supervisor", "missed"),
    ]


@pytest.mark.usefixtures("silent")
def test_after_a_day_it_is_history(garden: World) -> None:
    after(garden, 25 * 60)
    assert told(garden) == []


@pytest.mark.usefixtures("silent")
def test_each_site_has_its_own_minutes(garden: World) -> None:
    save(DutyRules(site_id=garden.site.id, ladder=[10, 60, 240]))
    after(garden, 59)
    assert told(garden) == [("guard", "late")]
    after(garden, 61)
    assert told(garden)[1:] == [("supervisor", "missed")]


def test_only_who_is_on_duty_is_told_first(garden: World, silent: Occurrence) -> None:
    early, late = garden.person("early", Role.GUARD), garden.person("late", Role.GUARD)
    day, night = (
        Shift(site_id=garden.site.id, role=Role.GUARD, name=name, begins=begins, minutes=480)
        for name, begins in (("day", 480), ("night", 960))
    )
    save(day, night)
    today = date(2026, 3, 10)
    save(
        *[
            RosterDay(site_id=garden.site.id, shift_id=shift.id, person_id=who.person_id, day=today)
            for shift, who in ((day, early), (night, late))
        ]
    )
    after(garden, 5)
    assert told(garden) == [("early", "late")]


def test_a_begun_round_alarms_nobody(garden: World, silent: Occurrence) -> None:
    garden.do(
        "guard", "round.start", at=NOON - 30 * MINUTE, run_id=uuid7(), occurrence_id=silent.id
    )
    after(garden, 300)
    assert told(garden) == []


def test_a_withdrawn_round_alarms_nobody(garden: World, silent: Occurrence) -> None:
    with write() as session:
        session.get_one(Occurrence, silent.id).withdrawn_at = NOON
    after(garden, 300)
    assert told(garden) == []
    assert found(Occurrence, silent.id).missed_at is None


def test_a_phone_silent_since_before_the_window_is_offline_and_not_missed(
    garden: World, silent: Occurrence
) -> None:
    heard(garden, "guard", -75)
    after(garden, 31)
    assert told(garden)[1:] == [("manager", "offline"), ("supervisor", "offline")]
    message = rows(Message, kind="round.offline")[0]
    assert (message.facts["since"], message.facts["window"]) == ("10:45", "11:00–12:00")
    assert found(Occurrence, silent.id).offline_since == NOON - 75 * MINUTE


@pytest.mark.parametrize(("last", "since"), [(-57, "11:03"), (-2, "11:58"), (9, "12:09")])
def test_a_phone_that_fell_silent_in_the_window_is_offline_too(
    garden: World, silent: Occurrence, last: float, since: str
) -> None:
    heard(garden, "guard", last)
    after(garden, 31)
    assert {kind for _, kind in told(garden)} == {"late", "offline"}
    assert {one.facts["since"] for one in rows(Message, kind="round.offline")} == {since}


@pytest.mark.parametrize("last", [11, 22])
def test_a_phone_heard_after_the_window_was_there_and_nobody_walked(
    garden: World, silent: Occurrence, last: float
) -> None:
    heard(garden, "guard", last)
    after(garden, 31)
    assert {kind for _, kind in told(garden)} == {"late", "missed"}
    assert found(Occurrence, silent.id).offline_since is None


def test_a_phone_heard_just_now_is_not_offline(garden: World, silent: Occurrence) -> None:
    heard(garden, "guard", 7)
    after(garden, 16)
    assert told(garden)[1:] == [("supervisor", "missed")]
    after(garden, 31)
    assert told(garden)[2:] == [("manager", "offline")]


def test_without_a_roster_one_phone_of_the_post_that_is_heard_speaks_for_all(
    garden: World, silent: Occurrence
) -> None:
    garden.person("colleague", Role.GUARD)
    heard(garden, "guard", -57)
    heard(garden, "colleague", -40)
    after(garden, 16)
    assert [kind for who, kind in told(garden) if who == "supervisor"] == ["offline"]
    assert found(Occurrence, silent.id).offline_since == NOON - 40 * MINUTE
    heard(garden, "colleague", 24)
    after(garden, 31)
    assert [kind for who, kind in told(garden) if who == "supervisor"] == ["offline", "confirmed"]


def test_with_a_roster_only_the_phones_of_those_on_duty_count(
    garden: World, silent: Occurrence
) -> None:
    colleague = garden.person("colleague", Role.GUARD)
    guard = garden.actor("guard").person_id
    shift = Shift(site_id=garden.site.id, role=Role.GUARD, name="day", begins=480, minutes=900)
    save(shift)
    save(
        RosterDay(site_id=garden.site.id, shift_id=shift.id, person_id=guard, day=date(2026, 3, 10))
    )
    heard(garden, "guard", -57)
    save(
        Device(
            id=uuid7(),
            person_id=colleague.person_id,
            first_seen_at=NOON,
            last_hello_at=NOON + 30 * MINUTE,
            pending_operations=0,
        )
    )
    after(garden, 31)
    assert {kind for _, kind in told(garden)} == {"late", "offline"}


def test_a_late_phone_corrects_the_record_and_says_so_to_whoever_was_alarmed(
    garden: World, silent: Occurrence
) -> None:
    heard(garden, "guard", -75)
    after(garden, 31)
    garden.clock.set(NOON + 50 * MINUTE)
    garden.do(
        "guard", "round.start", at=NOON - 30 * MINUTE, run_id=uuid7(), occurrence_id=silent.id
    )
    corrected = found(Occurrence, silent.id)
    assert (corrected.missed_at, corrected.offline_since) == (None, None)
    assert told(garden)[3:] == [("manager", "made_good"), ("supervisor", "made_good")]
    message = rows(Message, kind="round.made_good")[0]
    assert (message.facts["started"], message.facts["learnt"]) == ("11:30", "12:50")
    assert message.facts["by"] == garden.actor("guard").name
    verbs = [event.verb for event in rows(TimelineEvent, thing_id=silent.id)]
    assert verbs == ["occurrence.missed", "occurrence.alarmed", "occurrence.made_good"]
    # A second record of the same round tells nobody anything new.
    garden.do(
        "guard", "round.start", at=NOON - 20 * MINUTE, run_id=uuid7(), occurrence_id=silent.id
    )
    after(garden, 200)
    assert len(told(garden)) == 5


def test_a_round_begun_after_its_time_withdraws_nothing(garden: World, silent: Occurrence) -> None:
    after(garden, 31)
    garden.do("guard", "round.start", run_id=uuid7(), occurrence_id=silent.id)
    assert found(Occurrence, silent.id).missed_at is not None
    assert "made_good" not in {kind for _, kind in told(garden)}


def test_a_phone_that_comes_back_empty_confirms_the_miss_once(
    garden: World, silent: Occurrence
) -> None:
    heard(garden, "guard", -75)
    after(garden, 31)
    heard(garden, "guard", 40, pending=2)  # back, but its work is still on its way
    after(garden, 41)
    assert len(told(garden)) == 3
    heard(garden, "guard", 42)
    after(garden, 43)
    after(garden, 60)
    assert told(garden)[3:] == [("manager", "confirmed"), ("supervisor", "confirmed")]
    assert found(Occurrence, silent.id).offline_since is None
