"""The demo world is whole, real, and the same each time it is thought up."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, select

from propapp.core.access import ROLE_PERMISSIONS, Permission, Role
from propapp.core.clock import FixedClock
from propapp.core.db.engine import read_session
from propapp.core.stores import Form, photo_store
from propapp.core.timeline import TimelineEvent
from propapp.demo import ACCOUNTS, PASSWORD, fill, members
from propapp.demo.era import DAYS, Era
from propapp.demo.world import World, imagine
from propapp.features.goals.models import Goal, Letter
from propapp.features.messages.models import Message
from propapp.features.orders.models import OPEN_STATUSES, OrderCounter, OrderStatus, WorkOrder
from propapp.features.people.models import Account, RoleAssignment
from propapp.features.people.passwords import matches
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.plans.models import Plan, PlanStatus, PlanTask
from propapp.features.rounds.commands import GivenAnswer
from propapp.features.rounds.models import Answer, Run, RunStatus, Verdict, Visit
from propapp.features.rounds.rules import judge_all
from propapp.features.schedules import jobs as schedules
from propapp.features.schedules.models import Occurrence, Route, RoutePoint, TaskSchedule
from propapp.features.sites.models import (
    COUNTED,
    Building,
    Checkpoint,
    Equipment,
    Place,
    Site,
    SiteProfile,
    Unit,
    UnitOwner,
)
from propapp.features.standards.models import (
    ChecklistItem,
    ChecklistTemplate,
    ClauseVersion,
    ItemKind,
)
from tests import cast
from tests.demo_world import AFTERNOON
from tests.world import save

SHANGHAI = ZoneInfo("Asia/Shanghai")


def rows(model: type[SQLModel]) -> list:
    with read_session() as session:
        return list(session.exec(select(model)))


def imagined(now: datetime) -> World:
    return imagine(Era.seen_from(now), password_hash="hash")  # noqa: S106 - not a password


def test_the_site_is_as_large_as_it_is_said_to_be(demo_database: Path) -> None:
    kinds = Counter(one.kind for one in rows(Equipment))
    assert (len(rows(Building)), len(rows(Unit)), kinds["lift"]) == (6, 640, 14)
    assert kinds["pump"] > 5
    assert kinds["distribution_box"] > 5
    assert 36 <= len(rows(Place)) <= 50
    stops = Counter(point.route_id for point in rows(RoutePoint))
    # Three single jobs, and three ways through the site.
    assert sorted(stops.values()) == [1, 1, 1, 8, 12, 16]
    assert {one.kind for one in rows(ChecklistItem)} == set(ItemKind)


def test_the_cast_is_there_with_roles_homes_and_one_password(demo_database: Path) -> None:
    staff = [one for one in members().values() if one.is_staff]
    owners = [one for one in members().values() if not one.is_staff]
    assert (len(staff), len(owners)) == (24, 12)
    assert {held.role for held in rows(RoleAssignment)} == set(Role)
    assert {one.person_id for one in rows(UnitOwner)} == {one.id for one in owners}
    stored = {one.username: one for one in rows(Account)}
    named = "guard guard2 cleaner technician technician2 desk supervisor manager finance auditor"
    assert set(ACCOUNTS) == {*named.split(), "admin", "owner", "owner2"}
    assert stored["guard"].person_id == cast.li.id
    assert matches(stored["owner2"].password_hash, PASSWORD)


def test_ninety_days_up_to_now_and_not_a_second_further(demo_database: Path) -> None:
    ways = {route.id for route in rows(Route) if route.plan_id is None}
    days = Counter(
        (AFTERNOON.astimezone(SHANGHAI).date() - one.local_date).days
        for one in rows(Occurrence)
        if one.route_id in ways
    )
    assert max(days) == DAYS
    assert all(days[ago] == 13 for ago in range(DAYS + 1))
    events = rows(TimelineEvent)
    assert max(event.received_at for event in events) <= AFTERNOON
    assert all(event.occurred_at <= event.received_at for event in events)
    assert min(event.occurred_at for event in events) < AFTERNOON - timedelta(days=DAYS - 1)


def test_nearly_all_rounds_were_walked(demo_database: Path) -> None:
    past = [one for one in rows(Occurrence) if one.last_call < AFTERNOON]
    walked = {run.occurrence_id for run in rows(Run) if run.in_window}
    missed = [one for one in past if one.missed_at]
    assert {one.id for one in past} - walked == {one.id for one in missed}
    assert 0.005 < len(missed) / len(past) < 0.03
    assert any(run.parallel for run in rows(Run))


def test_every_reference_leads_somewhere(demo_database: Path) -> None:
    with read_session() as session:
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    things = {
        "order": WorkOrder,
        "run": Run,
        "occurrence": Occurrence,
        "plan": Plan,
        "goal": Goal,
        "letter": Letter,
        "site": Site,
    }
    known = {kind: {row.id for row in rows(model)} for kind, model in things.items()}
    for told in [*rows(TimelineEvent), *rows(Message)]:
        assert told.thing_id in known[told.thing_kind]
    known |= {"answer": {row.id for row in rows(Answer)}, "visit": {row.id for row in rows(Visit)}}
    known |= {"event": {row.id for row in rows(TimelineEvent)}}
    for use in rows(PhotoUse):
        assert use.thing_id in known[use.thing_kind]
        assert use.parent_id in known[use.parent_kind]


def test_plans_are_made_under_clauses_and_rounds_keep_them(demo_database: Path) -> None:
    named = {task.id: task.clause_id for task in rows(PlanTask) if task.clause_id}
    assert set(named.values()) <= {version.id for version in rows(ClauseVersion)}
    walked = {one.plan_task_id for one in rows(Occurrence)} & set(named)
    assert len(walked) == 5
    (profile,) = rows(SiteProfile)
    assert set(profile.has) == {thing.value for thing in COUNTED}


def test_sealed_means_that_every_photo_is_here(demo_database: Path) -> None:
    photos, store = {one.sha256: one for one in rows(Photo)}, photo_store()
    runs = {run.id: run for run in rows(Run) if run.status is RunStatus.SEALED}
    uses = rows(PhotoUse)
    assert uses
    assert all(use.sha256 in photos for use in uses)
    for use in uses:
        if use.parent_id in runs:
            assert photos[use.sha256].stored_at <= runs[use.parent_id].sealed_at
    for sha256, photo in photos.items():
        assert store.file(sha256, Form.ORIGINAL).stat().st_size == photo.size
        assert store.file(sha256, Form.THUMBNAIL).stat().st_size > 0


def test_every_answer_is_one_that_the_house_would_have_taken(demo_database: Path) -> None:
    items: dict = {}
    for item in sorted(rows(ChecklistItem), key=lambda one: one.position):
        items.setdefault(item.template_id, []).append(item)
    shots = {use.thing_id: _shot(use) for use in rows(PhotoUse) if use.thing_kind == "answer"}
    answers: dict = {}
    for answer in rows(Answer):
        answers.setdefault(answer.visit_id, []).append(answer)
    for visit in rows(Visit):
        given = [_given(one, shots) for one in answers[visit.id]]
        judged = judge_all(items[visit.template_id], given)
        said = {one.item_id: one.verdict for one in answers[visit.id]}
        assert said == {item.id: verdict for item, _, verdict in judged}


def _shot(use: PhotoUse) -> dict:
    size = {"size": 1, "width": 1, "height": 1}
    return {"sha256": use.sha256, "taken_at": use.taken_at, **size}


def _given(answer: Answer, shots: dict) -> GivenAnswer:
    plain = answer.verdict if answer.number is None and not answer.choices else None
    return GivenAnswer(
        item_id=answer.item_id,
        verdict=plain,
        number=answer.number,
        choices=tuple(answer.choices),
        text=answer.text,
        note=answer.note,
        photos=(shots[answer.id],) if answer.id in shots else (),
    )


def test_every_fail_has_its_order_and_every_count_is_right(demo_database: Path) -> None:
    fails = [one for one in rows(Answer) if one.verdict is Verdict.FAIL]
    orders = {order.answer_id: order for order in rows(WorkOrder) if order.answer_id}
    assert {one.id for one in fails} == set(orders)
    by_run = Counter(one.run_id for one in fails)
    visits = Counter(one.run_id for one in rows(Visit))
    for run in rows(Run):
        assert (run.fails, run.points_done) == (by_run[run.id], visits[run.id])


def test_orders_are_numbered_without_a_gap(demo_database: Path) -> None:
    counted = {counter.day: counter.last for counter in rows(OrderCounter)}
    numbers = Counter()
    for order in sorted(rows(WorkOrder), key=lambda one: one.number):
        day = order.reported_at.astimezone(SHANGHAI).date()
        numbers[day] += 1
        assert order.number == f"WX-{day:%Y%m%d}-{numbers[day]:04}"
    assert numbers == counted


def test_an_order_stands_where_its_timeline_left_it(demo_database: Path) -> None:
    last: dict = {}
    for event in sorted(rows(TimelineEvent), key=lambda one: one.occurred_at):
        if event.verb not in {"order.noted", "order.rated"}:
            last[event.thing_id] = event.verb
    ends = {
        "order.reported": OrderStatus.REPORTED,
        "order.claimed": OrderStatus.ASSIGNED,
        "order.assigned": OrderStatus.ASSIGNED,
        "order.handed_over": OrderStatus.ASSIGNED,
        "order.reopened": OrderStatus.ASSIGNED,
        "order.started": OrderStatus.IN_PROGRESS,
        "order.resumed": OrderStatus.IN_PROGRESS,
        "order.sent_back": OrderStatus.IN_PROGRESS,
        "order.held": OrderStatus.ON_HOLD,
        "order.completed": OrderStatus.COMPLETED,
        "order.verified": OrderStatus.CLOSED,
        "order.confirmed": OrderStatus.CLOSED,
        "order.cancelled": OrderStatus.CANCELLED,
    }
    orders = rows(WorkOrder)
    assert 200 <= len(orders) <= 270
    for order in orders:
        assert order.status is ends[last[order.id]]
        assert order.version >= 1


def test_something_of_everything_is_open_now(demo_database: Path) -> None:
    orders = rows(WorkOrder)
    open_now = [one for one in orders if one.status in OPEN_STATUSES]
    assert {one.status for one in open_now} == OPEN_STATUSES
    assert 2 <= sum(one.is_overdue(AFTERNOON) for one in open_now) <= 5
    assert {one.priority for one in open_now} >= {"urgent", "high", "normal"}
    awaiting = [one for one in orders if one.status is OrderStatus.COMPLETED]
    assert cast.lin.id in {one.reported_by for one in awaiting}
    for person in (cast.chen, cast.wu, cast.wang, cast.li):
        assert person.id in {one.assignee_id for one in open_now}


def test_the_cast_has_unread_messages(demo_database: Path) -> None:
    unread = {message.person_id for message in rows(Message) if message.read_at is None}
    assert unread >= {one.id for one in (cast.li, cast.lin, cast.chen, cast.zhou, cast.zheng)}


def test_who_works_on_orders_may(demo_database: Path) -> None:
    roles = {one.id: one.role for one in members().values()}
    allowed = {role for role, held in ROLE_PERMISSIONS.items() if Permission.ORDER_WORK in held}
    for order in rows(WorkOrder):
        assert order.assignee_id is None or roles[order.assignee_id] in allowed


def test_the_schedule_finds_nothing_to_add(demo_database: Path) -> None:
    before = {one.id for one in rows(Occurrence)}
    schedules.keep_horizon(FixedClock(AFTERNOON))
    assert {one.id for one in rows(Occurrence)} == before


def test_jobs_are_as_the_sweep_that_follows_plans_would_have_made_them(
    demo_database: Path,
) -> None:
    models = (Route, RoutePoint, TaskSchedule, ChecklistTemplate, ChecklistItem, Checkpoint, Place)
    known = [one for one in rows(Plan) if one.status is PlanStatus.IN_FORCE]
    before = [_as_values(model) for model in models]
    assert len([one for one in rows(Route) if one.plan_id]) == 3
    for plan in known:
        plan.followed = None
    save(*known)
    schedules.follow_plans(FixedClock(AFTERNOON))
    assert [_as_values(model) for model in models] == before


def _as_values(model: type[SQLModel]) -> dict:
    return {row.id: row.model_dump() for row in rows(model)}


def test_of_single_jobs_one_is_done_one_is_missed_and_one_waits_for_each_post(
    demo_database: Path,
) -> None:
    routes = {one.id: one.role for one in rows(Route) if one.plan_id}
    runs = {run.occurrence_id: run for run in rows(Run)}
    photos = Counter(use.parent_id for use in rows(PhotoUse))
    wanted = Counter(one.template_id for one in rows(ChecklistItem) if one.kind is ItemKind.PHOTO)
    asked = {one.route_id: wanted[one.template_id] for one in rows(RoutePoint)}
    came: dict = {}
    for one in rows(Occurrence):
        ago = (AFTERNOON.astimezone(SHANGHAI).date() - one.local_date).days
        if one.route_id in routes and 0 <= ago <= 2:
            run = runs.get(one.id)
            shown = (
                run is not None
                and run.status is RunStatus.SEALED
                and photos[run.id] == asked[one.route_id] > 0
            )
            came[routes[one.route_id], ago] = "missed" if one.missed_at else shown
    assert came == {
        (Role.CLEANER, 2): True,
        (Role.CLEANER, 1): True,
        (Role.CLEANER, 0): False,
        (Role.TECHNICIAN, 2): True,
        (Role.TECHNICIAN, 1): "missed",
        (Role.TECHNICIAN, 0): False,
    }


def test_filling_again_does_nothing(demo_database: Path) -> None:
    before = len(rows(TimelineEvent))
    assert fill() is False
    assert len(rows(TimelineEvent)) == before


def test_an_interrupted_filling_leaves_nothing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCutError(Exception):
        pass

    def cut(what: str, done: int, total: int) -> None:
        if what == "rows" and done > total / 2:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        fill(cut, now=AFTERNOON, pictures="few")
    assert rows(Building) == []
    assert fill(now=AFTERNOON, pictures="few")


def test_the_same_minute_is_the_same_world() -> None:
    first, second = imagined(AFTERNOON), imagined(AFTERNOON)
    assert first.album.pictures == second.album.pictures
    for model in (Run, Visit, Answer, TimelineEvent, PhotoUse, Message, WorkOrder, Route):
        assert first.rows.of(model) == second.rows.of(model)


def test_the_world_follows_the_calendar() -> None:
    for now in (AFTERNOON, AFTERNOON + timedelta(days=200)):
        world = imagined(now)
        days = [one.local_date for one in world.plan.occurrences["patrol"]]
        assert min(days) == world.era.today - timedelta(days=DAYS)
        assert max(days) <= world.era.today + timedelta(days=15)
        assert 110 <= len(world.album.pictures) <= 190


def test_what_is_past_stays_as_it_was_told_in_the_morning() -> None:
    morning, evening = imagined(AFTERNOON - timedelta(hours=5)), imagined(AFTERNOON)
    yesterday = AFTERNOON - timedelta(days=3)
    for model, column in ((Run, "started_at"), (WorkOrder, "reported_at")):
        first, second = (
            _ids_before(world, model, column, yesterday) for world in (morning, evening)
        )
        # Only what is told relative to now moves with it.
        assert len(first) > 200
        assert len(first ^ second) <= 8


def _ids_before(world: World, model: type[SQLModel], column: str, limit: datetime) -> set:
    return {row["id"] for row in world.rows.of(model) if row[column] < limit}
