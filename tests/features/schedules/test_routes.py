"""A route is made and changed; what was walked keeps the stops that it was walked by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import (
    NameTaken,
    NoteRequired,
    NotFound,
    RouteEmpty,
    RouteGivenUp,
    RouteScheduled,
)
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking as work_to_look
from propapp.features.boards import reading
from propapp.features.rounds.models import Run
from propapp.features.schedules.models import Route, RoutePoint
from propapp.features.schedules.repository import points_of
from tests.world import (
    World,
    a_checklist,
    a_run,
    a_schedule,
    a_visit,
    an_occurrence,
    found,
    looking,
    rows,
    save,
)


def stop(world: World, number: int, **values: Any) -> dict[str, Any]:
    """A stop at the n-th checkpoint of the site."""
    usual = {
        "checkpoint_id": world.checkpoints[number - 1].id,
        "template_id": world.template.id,
    }
    return usual | values


def lay(world: World, *numbers: int, stops: Sequence[dict[str, Any]] = (), **values: Any) -> Route:
    """The route of the site with these stops."""
    usual = {
        "route_id": world.route.id,
        "site_id": world.site.id,
        "name": world.route.name,
        "name_en": world.route.name_en,
        "role": "guard",
        "stops": [*(stop(world, number) for number in numbers), *stops],
    }
    return world.do("supervisor", "route.keep", **usual | values)


def stands(world: World) -> list[RoutePoint]:
    """The stops of the route as they stand now."""
    with looking() as session:
        return list(points_of(session, world.route.id))


def steps(world: World, run_id: Any) -> list[tuple[str, str]]:
    """The stops of a run as the board shows them."""
    with work_to_look(world.actor("manager"), clock=world.clock) as uow:
        return [(step.name, step.state) for step in reading.run(uow, run_id).steps]


def finish(world: World, run_id: Any, note: str = "") -> Run:
    return world.do("guard", "round.finish", run_id=run_id, note=note)


def test_a_new_route_is_walked_by_its_post(garden: World) -> None:
    made = lay(garden, 3, 1, route_id=uuid7(), name="Morning", role="cleaner")
    found_points = {point.position: point for point in rows(RoutePoint, route_id=made.id)}
    assert [found_points[n].checkpoint_id for n in (1, 2)] == [
        garden.checkpoints[2].id,
        garden.checkpoints[0].id,
    ]
    assert found(Route, made.id).role is Role.CLEANER
    (event,) = rows(TimelineEvent, thing_id=made.id)
    assert (event.verb, event.facts["stops"]) == ("route.made", 2)


def test_the_same_stops_once_more_are_no_change(garden: World) -> None:
    lay(garden, 1, 2, 3)
    assert [point.id for point in stands(garden)] == [point.id for point in garden.points]
    assert rows(TimelineEvent, verb="route.changed") == []


def test_another_minute_or_version_changes_a_stop_and_another_list_is_another_stop(
    garden: World,
) -> None:
    newer, items = a_checklist(garden.template.code)
    newer.version = 2
    other, more = a_checklist("cleaning")
    save(newer, *items, other, *more)
    lay(
        garden,
        1,
        stops=[
            stop(garden, 2, template_id=newer.id, not_before=20),
            stop(garden, 3, template_id=other.id),
        ],
    )
    first, second, third = stands(garden)
    assert (first.id, second.id) == (garden.points[0].id, garden.points[1].id)
    assert (second.template_id, second.not_before) == (newer.id, 20)
    assert third.id != garden.points[2].id


def test_a_round_under_way_goes_on_as_it_was_begun(garden: World) -> None:
    run_id = a_run(garden)
    a_visit(garden, run_id, 1)
    garden.clock.move(timedelta(minutes=5))
    lay(garden, 1, 3)
    garden.clock.move(timedelta(minutes=5))
    assert a_visit(garden, run_id, 2).flags == []
    assert a_visit(garden, run_id, 3).flags == []
    run = finish(garden, run_id)
    assert (run.points_done, run.points_total) == (3, 3)
    assert steps(garden, run_id) == [("P1", "done"), ("P2", "done"), ("P3", "done")]


def test_what_was_left_out_before_a_change_is_still_named(garden: World) -> None:
    run_id = a_run(garden)
    garden.clock.move(timedelta(minutes=5))
    lay(garden, 1)
    with pytest.raises(NoteRequired):
        finish(garden, run_id)
    finish(garden, run_id, "Called away")
    assert steps(garden, run_id) == [(f"P{n}", "left_out") for n in (1, 2, 3)]


def test_the_next_round_is_begun_with_the_new_stops(garden: World) -> None:
    lay(garden, 2, 1)
    garden.clock.move(timedelta(minutes=5))
    run_id = a_run(garden)
    assert found(Run, run_id).points_total == 2
    assert steps(garden, run_id) == [("P2", "next"), ("P1", "next")]


def test_a_phone_that_has_not_heard_of_the_change_loses_nothing(garden: World) -> None:
    lay(garden, 1, 2, 3, stops=[stop(garden, 1, not_before=60)])
    garden.clock.move(timedelta(minutes=5))
    lay(garden, 3, 2, 3, 1)
    garden.clock.move(timedelta(hours=1))
    run_id = a_run(garden)
    for number in (1, 2, 3):
        a_visit(garden, run_id, number)
    run = finish(garden, run_id)
    assert (run.points_done, run.points_total) == (3, 4)
    assert ("P1", "done") in steps(garden, run_id)


def test_after_a_week_every_phone_has_heard_of_a_stop(garden: World) -> None:
    lay(garden, 1, 2, 3, stops=[stop(garden, 1)])
    garden.clock.move(timedelta(days=8))
    run_id = a_run(garden)
    for number in (1, 2, 3):
        a_visit(garden, run_id, number)
    with pytest.raises(NoteRequired):
        finish(garden, run_id)


def test_a_round_that_nobody_walked_counts_the_stops_it_had(garden: World) -> None:
    an_occurrence(garden, opens_in=-60)
    an_occurrence(garden, opens_in=60)
    lay(garden, 1)
    day = garden.clock.now().date()
    with work_to_look(garden.actor("manager"), clock=garden.clock) as uow:
        (lane,) = reading.rounds_on(uow, garden.site, day)
    assert [window.total for window in lane.windows] == [3, 1]


def test_a_route_that_cannot_be(garden: World, elsewhere: World) -> None:
    with pytest.raises(RouteEmpty):
        lay(garden)
    theirs = stop(garden, 1, checkpoint_id=elsewhere.checkpoints[0].id)
    for bad in (theirs, stop(garden, 1, template_id=uuid7())):
        with pytest.raises(NotFound):
            lay(garden, 1, stops=[bad])
    with pytest.raises(NameTaken):
        lay(garden, 1, route_id=uuid7())
    with pytest.raises(NotFound):
        lay(garden, 1, route_id=elsewhere.route.id, name="Other")
    assert [point.id for point in stands(garden)] == [point.id for point in garden.points]


def test_a_route_that_schedules_want_is_not_given_up(garden: World) -> None:
    schedule = a_schedule(garden, (480, 60))
    with pytest.raises(RouteScheduled) as refused:
        garden.do("supervisor", "route.give_up", route_id=garden.route.id)
    assert refused.value.facts["count"] == "1"
    garden.do("supervisor", "schedule.stop", schedule_id=schedule.id)
    for _twice in range(2):
        garden.do("supervisor", "route.give_up", route_id=garden.route.id)
    assert not found(Route, garden.route.id).active
    assert len(rows(TimelineEvent, verb="route.given_up")) == 1


def test_a_route_that_is_given_up_gets_no_rounds_until_it_is_kept_again(garden: World) -> None:
    schedule = a_schedule(garden, (480, 60), active=False)
    garden.do("supervisor", "route.give_up", route_id=garden.route.id)
    with pytest.raises(RouteGivenUp):
        garden.do("supervisor", "schedule.resume", schedule_id=schedule.id)
    with pytest.raises(RouteGivenUp):
        garden.do(
            "supervisor",
            "schedule.keep",
            schedule_id=uuid7(),
            route_id=garden.route.id,
            windows=[{"opens": 480, "minutes": 60}],
            starts="2026-03-10",
            ends="2026-12-31",
        )
    lay(garden, 1, 2, 3)
    assert found(Route, garden.route.id).active
    assert [stop.replaced_at for stop in rows(RoutePoint, route_id=garden.route.id)] == [None] * 3
    garden.do("supervisor", "schedule.resume", schedule_id=schedule.id)


def test_the_name_of_a_route_that_is_given_up_is_free(garden: World) -> None:
    garden.do("supervisor", "route.give_up", route_id=garden.route.id)
    other = lay(garden, 1, route_id=uuid7())
    with pytest.raises(NameTaken):
        lay(garden, 1, 2, 3)
    assert other.name == garden.route.name
