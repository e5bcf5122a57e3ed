"""Shifts of a post are tried before they are kept, and what cannot be is said in figures."""

from __future__ import annotations

from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import InvalidInput, LadderNotRising, ShiftImpossible
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.rosters import shift_forms, shifts
from propapp.features.rosters.models import DutyRules, Shift
from propapp.features.rosters.shifts import Book
from tests.counting import count_queries
from tests.rosters import a_shift
from tests.world import World, rows


def book_of(world: World) -> Book:
    """The site as its page shows it."""
    with looking(world.actor("supervisor"), clock=world.clock) as uow:
        return shifts.book(uow, world.site)


def form(**values: str) -> dict[str, Any]:
    """A night shift of the guards, as it is typed."""
    typed = {"role": "guard", "label": "Night", "begins": "22:00", "ends": "06:00", "people": "1"}
    return typed | {"day_rule": "every"} | values


def typed(world: World, **values: str) -> Shift:
    """The shift that the form asks for."""
    command = shift_forms.shift_command(form(**values), uuid7(), world.site.id)
    return shift_forms.as_shift(command)


@pytest.mark.parametrize(
    ("begins", "ends", "minutes"),
    [("22:00", "06:00", 480), ("06:00", "23:00", 1020), ("08:00", "08:00", 1440)],
)
def test_an_end_before_its_begin_is_that_of_the_next_day(
    garden: World, begins: str, ends: str, minutes: int
) -> None:
    assert typed(garden, begins=begins, ends=ends).minutes == minutes


@pytest.mark.parametrize(
    "wrong",
    [
        {"begins": "8"},
        {"begins": "08:03"},
        {"begins": "08:00", "ends": "08:10"},
        {"people": "0"},
        {"label": " "},
        {"role": "king"},
        {"begins": "24:30"},
    ],
)
def test_a_shift_that_no_day_has_is_refused(garden: World, wrong: dict[str, str]) -> None:
    with pytest.raises(ShiftImpossible):
        shift_forms.shift_command(form(**wrong), uuid7(), garden.site.id)


def test_a_24_hour_post_with_one_person_cannot_be_and_says_how_many_it_takes(
    garden: World,
) -> None:
    around = typed(garden, begins="08:00", ends="08:00")
    post = book_of(garden).post(Role.GUARD, around)
    assert (post.verdict, post.hours, post.people) == ("cannot", 168, 1)
    assert post.hurdles != []
    for number in range(post.least - 1):
        garden.person(f"more{number}", Role.GUARD)
    assert book_of(garden).post(Role.GUARD, around).verdict == "can"
    assert rows(Shift) == []


def test_a_post_that_nobody_holds_is_said_so(garden: World) -> None:
    post = book_of(garden).post(Role.CLEANER, typed(garden, role="cleaner", begins="08:00"))
    assert post.verdict in {"can", "cannot"}
    with garden.work("manager") as uow:
        empty = shifts.book(uow, garden.site).post(Role.FINANCE, typed(garden))
    assert (empty.verdict, empty.people) == ("nobody", 0)


def test_where_rules_forbid_it_altogether_more_people_do_not_help(garden: World) -> None:
    book = book_of(garden)
    book.rules.week = 60 * 10
    post = book.post(Role.GUARD, typed(garden, begins="08:00", ends="08:00"))
    assert (post.verdict, post.least) == ("cannot", 0)


def test_a_changed_shift_counts_once(garden: World) -> None:
    day = a_shift(garden)
    book = book_of(garden)
    changed = typed(garden, begins="08:00", ends="12:00")
    changed.id = day.id
    assert book.post(Role.GUARD).hours == 63
    assert book.post(Role.GUARD, changed).hours == 28


def test_each_form_leaves_the_figures_of_the_other(garden: World) -> None:
    rules = DutyRules(site_id=garden.site.id, rest=600, ladder=[5, 15, 30])
    ladder = {"walker": "10", "supervisor": "20", "manager": "60"}
    asked = shift_forms.rules_command(ladder, rules)
    assert (asked.rest, asked.ladder) == (600, (10, 20, 60))
    figures = {"rest": "8.5", "long_rest": "24", "week": "60"}
    asked = shift_forms.rules_command(figures | {"days_in_row": "6", "nights_in_row": "3"}, rules)
    assert (asked.rest, asked.nights_in_row, asked.ladder) == (510, 3, (5, 15, 30))


@pytest.mark.parametrize("minutes", ["-1", "721"])
def test_a_step_of_the_alarm_far_from_any_round_is_refused(garden: World, minutes: str) -> None:
    rules = DutyRules(site_id=garden.site.id, ladder=[5, 15, 30])
    ladder = {"walker": "5", "supervisor": "15", "manager": minutes}
    with pytest.raises(LadderNotRising):
        shift_forms.rules_command(ladder, rules)


def test_a_figure_that_is_no_number_names_its_field(garden: World) -> None:
    rules = DutyRules(site_id=garden.site.id, ladder=[5, 15, 30])
    with pytest.raises(InvalidInput) as refusal:
        shift_forms.rules_command({"rest": "eleven"}, rules)
    assert refusal.value.facts["field"] == "rest"


def test_the_alarm_says_whom_it_reaches_and_when(garden: World) -> None:
    steps = book_of(garden).shown().ladder
    assert [(one.code, one.at, one.names) for one in steps] == [
        ("walker", "06:05", ""),
        ("supervisor", "06:15", "supervisor"),
        ("manager", "06:30", "manager"),
    ]
    assert not any(one.nobody for one in steps)


def test_more_shifts_and_people_ask_no_more_questions(garden: World) -> None:
    def asks() -> int:
        with count_queries() as sent:
            book_of(garden)
        return len(sent)

    few = asks()
    for number in range(4):
        a_shift(garden, begins=number * 60)
        garden.person(f"more{number}", Role.GUARD)
    assert asks() == few
