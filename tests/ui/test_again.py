"""The same event again and again, as from a finger that taps in haste: one thing comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.registry import RegistrationContext

from propapp.core import identity
from propapp.core.access import Role
from propapp.core.timeline import TimelineEvent
from propapp.features.accidents.models import Accident
from propapp.features.accidents.state import AccidentsState
from propapp.features.boards.state.looks import LooksState
from propapp.features.goals.models import Goal
from propapp.features.goals.state.goals import GoalsState
from propapp.features.people.actors import actor_for_token
from propapp.features.planning.state.plans import PlansState
from propapp.features.plans.models import Plan
from propapp.features.rosters.models import Leave
from propapp.features.rosters.state.week import RosterState
from propapp.features.rounds.models import SecondLook
from propapp.features.schedules.models import TaskSchedule, WeatherHook
from propapp.features.schedules.state.schedules import SchedulesState
from propapp.features.sites.models import Challenge
from propapp.features.sites.state import CodesState
from propapp.features.standards.models import Clause
from propapp.features.standards.own_state import OwnClauseState
from propapp.ui import guard
from tests.sync.field import signed_in
from tests.ui.pipeline import Tab
from tests.world import NOON, World, a_run, a_visit, a_world, rows, save

TIMES = 50


@pytest.fixture
def world(database: None) -> World:
    """A house whose manager taps."""
    identity.answer_with(actor_for_token)
    return a_world()


@pytest.fixture
def taps(world: World) -> Iterator[Callable[..., Any]]:
    """Sends an event of the manager's one tab."""
    _, _, session = signed_in(world.person("boss", Role.MANAGER))["Cookie"].partition("=")
    with RegistrationContext.get().fork():
        app = rx.App()
        guard.install(app)
        tab = Tab(app, StateManagerMemory())

        def send(handler: Any, **payload: Any) -> Any:
            return tab.send(handler, session=session, **payload)

        yield send


def forms(world: World) -> dict[str, tuple[Any, ...]]:
    """For each page: what is opened first, what is tapped, with which form, and what is counted."""
    boss, guards = (str(world.actor(name).person_id) for name in ("boss", "guard"))
    days = {"starts": "2027-01-01", "ends": "2027-12-31"}
    goal = {"title": "巡查", "measure": "rounds_complete", "comparison": "at_least", **days}
    goal |= {"goal_target": "99", "weight": "10", "source": "合同", "responsible": boss}
    plan = {"title": "一月", "kind": "month", "starts": "2027-01-01", "ends": "2027-01-31"}
    hurt = {"kind": "fall", "occurred_at": "2026-03-10T09:00", "place": "大堂", "text": "地滑"}
    route = {"route": str(world.route.id), "repeat": "daily", "windows": "08:00-09:00", **days}
    away = {"person": guards, "first": "2026-03-20", "last": "", "reason": "发烧"}
    clause = {"number": "P1", "area": "order", "subject": "", "starts": "2027-01-01"}
    clause |= {"heading": "大堂", "source": "合同", "text.0": "每天看一次", "reason": "业主要求"}
    detail = {"checkpoint_id": str(world.checkpoints[0].id), "kind": "detail", "text": "铭牌"}
    return {
        "goal": (GoalsState, (GoalsState.write, {}), GoalsState.keep, goal, Goal),
        "plan": (PlansState, (PlansState.write, {}), PlansState.keep, plan, Plan),
        "accident": (
            AccidentsState,
            (AccidentsState.write, {"writing": True}),
            AccidentsState.record,
            hurt,
            Accident,
        ),
        "schedule": (
            SchedulesState,
            (SchedulesState.edit, {"schedule_id": "new"}),
            SchedulesState.keep,
            route,
            TaskSchedule,
        ),
        "clause": (
            OwnClauseState,
            (OwnClauseState.choose_subject, {"subject": ""}),
            OwnClauseState.keep,
            clause,
            Clause,
        ),
        "challenge": (
            CodesState,
            (CodesState.choose_site, {"site_id": str(world.site.id)}),
            CodesState.keep,
            detail,
            Challenge,
        ),
        "hook": (
            SchedulesState,
            (SchedulesState.choose_site, {"site_id": str(world.site.id)}),
            SchedulesState.make_hook,
            {"label": "气象台"},
            WeatherHook,
        ),
        "leave": (RosterState, (RosterState.enter_leave, {}), RosterState.keep_leave, away, Leave),
    }


@pytest.mark.bad_input(["B76"])
@pytest.mark.parametrize(
    "name", ["goal", "plan", "accident", "schedule", "clause", "challenge", "hook", "leave"]
)
def test_a_form_that_is_sent_again_makes_one_row(
    world: World, taps: Callable[..., Any], name: str
) -> None:
    page, (opens, chosen), keeps, form, kind = forms(world)[name]
    before = {row.id for row in rows(kind)}
    taps(page.open)
    taps(opens, **chosen)
    for _ in range(TIMES):
        taps(keeps, form=form)
    assert len({row.id for row in rows(kind)} - before) == 1


@pytest.mark.bad_input(["B76"])
def test_a_visit_that_is_judged_again_is_judged_once(
    world: World, taps: Callable[..., Any]
) -> None:
    visit = a_visit(world, a_run(world))
    save(SecondLook(id=visit.id, site_id=world.site.id, drawn_at=NOON))
    taps(LooksState.open)
    said = {"visit_id": str(visit.id), "step": "ask", "note": "Where were you?"}
    for _ in range(TIMES):
        taps(LooksState.judge, form=said)
    assert [look.note for look in rows(SecondLook)] == [said["note"]]
    assert len(rows(TimelineEvent, verb="run.looked_at")) == 1
