"""What a supervisor types becomes a command, and comes back as it was written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from propapp.core.dates.workdays import DayRule
from propapp.core.errors import InvalidInput, PropappError, WindowImpossible
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.schedules import forms, reading
from propapp.features.schedules.forms import keep_command, read_windows
from propapp.features.schedules.models import TaskSchedule, Trigger
from propapp.features.schedules.state.schedules import SchedulesState
from propapp.features.schedules.views import windows_text
from propapp.features.sites.models import Site
from tests.counting import count_queries
from tests.world import World, a_schedule, found

TYPED = {"windows": "08:00-09:00", "grace": "10", "starts": "2026-01-01", "ends": "2026-12-31"}


def command(**typed: Any) -> Any:
    return keep_command(TYPED | typed, uuid7(), uuid7())


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("08:00-09:00", [(480, 60)]),
        ("8:00 - 9:30, 22:00-06:00", [(480, 90), (1320, 480)]),
        ("08:00-09:00\uff0c20:00~21:00", [(480, 60), (1200, 60)]),
        ("00:00-00:00", [(0, 1440)]),
        (":10-:30", [(10, 20)]),
        (":50-:10", [(50, 20)]),
    ],
)
def test_windows_are_read_and_written_alike(text: str, windows: list[tuple[int, int]]) -> None:
    read = read_windows(text, 10)
    assert [(one["opens"], one["minutes"]) for one in read] == windows
    schedule = TaskSchedule(
        site_id=uuid7(), route_id=uuid7(), windows=read, starts=date.min, ends=date.max
    )
    again = windows_text(schedule, hourly=text.startswith(":"))
    assert read_windows(again, 10) == read


@pytest.mark.parametrize("text", ["", "morning", "08:00", "08:00-09:00-10:00", "-"])
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(WindowImpossible):
        read_windows(text, 10)


def test_each_kind_of_repetition() -> None:
    assert command(repeat="daily").rrule == "FREQ=DAILY"
    assert command(repeat="workdays").day_rule is DayRule.WORKDAYS
    assert command(repeat="weekly", weekday0="on", weekday4="on").rrule.endswith("BYDAY=MO,FR")
    assert command(repeat="monthly", month_day="1, 15").rrule.endswith("BYMONTHDAY=1,15")
    assert command(repeat="rule", rrule="FREQ=YEARLY", day_rule="workdays").rrule == "FREQ=YEARLY"
    assert command(repeat="weather:rain").trigger is Trigger.RAIN
    night = command(repeat="random", windows="20:00-06:00", reach="120", walk="30").coverage
    assert (night.begins, night.ends, night.every, night.minutes) == (1200, 1800, 120, 30)


@pytest.mark.parametrize(
    "typed",
    [
        {"grace": "ten"},
        {"starts": "tomorrow"},
        {"starts": ""},
        {"season_first": "13-01", "season_last": "12-01"},
        {"season_first": "11-15"},
        {"repeat": "random", "reach": "often"},
        {"repeat": "weather:hail"},
    ],
)
def test_what_cannot_be_read_is_invalid(typed: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        command(**typed)


def test_the_page_says_it_in_parts_and_asks_as_much_for_many_as_for_few(garden: World) -> None:
    def shown() -> tuple[list[Any], int]:
        with looking(garden.actor("supervisor"), clock=garden.clock) as uow:
            site = found(Site, garden.site.id)
            with count_queries() as sent:
                return reading.schedules_of(uow, site).cards, len(sent)

    a_schedule(garden, (480, 60), day_rule=DayRule.WORKDAYS)
    (card,), few = shown()
    assert (card.repeat, card.windows, card.grace) == ("workdays", "08:00-09:00", 10)
    assert len(card.following) == 4
    a_schedule(garden, (480, 60), rrule="FREQ=WEEKLY;BYDAY=MO,WE")
    a_schedule(garden, (10, 20), rrule="FREQ=HOURLY;INTERVAL=2")
    a_schedule(garden, (480, 60), rrule="FREQ=YEARLY;BYMONTH=5")
    a_schedule(garden, (0, 60), trigger=Trigger.RAIN)
    coverage = {"every": 120, "minutes": 30, "begins": 1200, "ends": 1800, "grace": 10}
    a_schedule(garden, (1200, 600), trigger=Trigger.RANDOM, random=coverage)
    cards, many = shown()
    assert sorted(one.repeat for one in cards) == [
        "hourly",
        "random",
        "rule",
        "weather",
        "weekly",
        "workdays",
    ]
    assert many == few
    # The next opening of a random round is told to nobody.
    assert next(one for one in cards if one.repeat == "random").following == []


def test_a_refusal_has_a_sentence_in_both_languages() -> None:
    page: Any = SchedulesState(_reflex_internal_init=True)  # type: ignore[call-arg]
    with pytest.raises(PropappError) as refusal:
        forms.read_windows("morning", 10)
    page._say(refusal.value)  # noqa: SLF001 - what the form shows
    assert page.problem
    assert page.problem_en
    assert page.problem != page.problem_en
