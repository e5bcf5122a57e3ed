"""A supervisor keeps schedules; what cannot be is refused by its name, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from propapp.core.errors import FollowsPlan, NotFound, NoticeImpossible, PropappError
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.schedules import jobs
from propapp.features.schedules.models import CalendarDay, Occurrence, TaskSchedule
from tests.plans import a_plan, version
from tests.world import World, a_schedule, found, rows


def keep(world: World, who: str = "supervisor", **values: Any) -> TaskSchedule:
    """A schedule of the route, every day from eight to nine but for what is said."""
    asked: dict[str, Any] = {
        "schedule_id": uuid7(),
        "route_id": world.route.id,
        "windows": [{"opens": 480, "minutes": 60}],
        "starts": "2026-01-01",
        "ends": "2026-12-31",
    } | values
    return world.do(who, "schedule.keep", **asked)


def test_a_schedule_is_made_revised_stopped_and_resumed(garden: World) -> None:
    schedule = keep(garden)
    jobs.keep_horizon(garden.clock)
    revised = keep(garden, schedule_id=schedule.id, windows=[{"opens": 600, "minutes": 30}])
    assert revised.version == 2
    for verb, wanted in (("schedule.stop", False), ("schedule.resume", True)):
        garden.do("supervisor", verb, schedule_id=schedule.id)
        jobs.keep_horizon(garden.clock)
        ahead = [one for one in rows(Occurrence) if one.withdrawn_at is None]
        assert bool(ahead) is wanted
        assert {one.opens_at.hour for one in ahead} <= {2}  # ten o'clock there
    verbs = [event.verb for event in rows(TimelineEvent, thing_id=schedule.id)]
    assert verbs == [f"schedule.{past}" for past in ("made", "revised", "stopped", "resumed")]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"rrule": "every morning"}, "rule_unreadable"),
        ({"rrule": "FREQ=MINUTELY"}, "rule_unreadable"),
        ({"ends": None}, "rule_never_ends"),
        ({"ends": "2099-12-31"}, "rule_never_ends"),
        ({"rrule": "FREQ=DAILY;UNTIL=20990101", "ends": None}, "rule_never_ends"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule_never_happens"),
        ({"ends": "2025-12-31"}, "rule_never_happens"),
        ({"ends": "2026-01-02", "day_rule": "rest_days"}, "done"),  # the new year's holiday
        (
            {"starts": "2026-01-05", "ends": "2026-01-09", "day_rule": "rest_days"},
            "rule_never_happens",
        ),
        (
            {"ends": "2026-03-01", "season": {"first": "06-01", "last": "08-31"}},
            "rule_never_happens",
        ),
        ({"windows": []}, "window_impossible"),
        ({"windows": [{"opens": 481, "minutes": 60}]}, "window_impossible"),
        ({"windows": [{"opens": 480, "minutes": 0}]}, "window_impossible"),
        ({"windows": [{"opens": 1440, "minutes": 60}]}, "window_impossible"),
        ({"windows": [{"opens": 480, "minutes": 1445}]}, "window_impossible"),
        ({"windows": [{"opens": 480, "minutes": 60, "grace": 7}]}, "window_impossible"),
        ({"windows": [{"opens": 480, "minutes": 60}] * 2}, "window_impossible"),
        ({"windows": [{"opens": 1380, "minutes": 120}]}, "done"),  # over midnight
        (
            {"rrule": "FREQ=HOURLY;INTERVAL=2", "windows": [{"opens": 60, "minutes": 30}]},
            "window_impossible",
        ),
        ({"trigger": "random"}, "invalid_input"),
        ({"coverage": {"every": 120, "minutes": 30}}, "invalid_input"),
        ({"trigger": "random", "coverage": {"every": 50, "minutes": 30}}, "coverage_impossible"),
        ({"trigger": "random", "coverage": {"every": 120, "minutes": 30}}, "done"),
        ({"rrule": "FREQ=DAILY;COUNT=5", "ends": None}, "done"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    garden: World, values: dict[str, Any], code: str
) -> None:
    try:
        keep(garden, **values)
    except PropappError as refusal:
        assert refusal.code == code
        assert rows(TaskSchedule) == []
        assert rows(TimelineEvent) == []
    else:
        assert code == "done"


def test_a_rule_that_counts_says_itself_when_it_ends(garden: World) -> None:
    schedule = keep(garden, rrule="RRULE:FREQ=WEEKLY;COUNT=3", ends=None)
    assert schedule.ends.isoformat() == "2026-01-15"


def test_a_schedule_of_a_plan_is_changed_by_the_plan(garden: World) -> None:
    (task,) = version(a_plan(garden).id).tasks
    schedule = a_schedule(garden, (480, 60), plan_task_id=task.id)
    with pytest.raises(FollowsPlan):
        keep(garden, schedule_id=schedule.id)
    with pytest.raises(FollowsPlan):
        garden.do("supervisor", "schedule.stop", schedule_id=schedule.id)
    assert found(TaskSchedule, schedule.id).active


def test_another_sites_schedule_does_not_exist(garden: World, elsewhere: World) -> None:
    theirs = a_schedule(elsewhere, (480, 60))
    with pytest.raises(NotFound):
        keep(garden, schedule_id=theirs.id)
    with pytest.raises(NotFound):
        keep(garden, route_id=elsewhere.route.id)


def test_a_notice_is_entered_by_hand(garden: World) -> None:
    garden.do(
        "supervisor",
        "calendar.enter_year",
        year=2031,
        source="Notice",
        days=[{"day": "2031-02-08", "kind": "make_up_workday"}],
    )
    assert [one.source for one in rows(CalendarDay)] == ["Notice"]
    with pytest.raises(PropappError):
        garden.do(
            "supervisor",
            "calendar.enter_year",
            year=2031,
            source="Notice",
            days=[{"day": "2030-02-08", "kind": "holiday"}],
        )


def test_a_day_is_said_once_and_only_a_weekend_is_worked_instead(garden: World) -> None:
    holiday = {"day": "2031-10-01", "kind": "holiday"}
    for days in ([holiday, holiday], [{"day": "2031-02-10", "kind": "make_up_workday"}]):
        asked = {"year": 2031, "source": "Notice", "days": days}
        with pytest.raises(NoticeImpossible):
            garden.do("supervisor", "calendar.enter_year", **asked)
    assert not rows(CalendarDay)
