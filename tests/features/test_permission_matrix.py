"""Every use case, every role, at one's own site and at a foreign one: what is written is what is.

The table is read from ``docs/roles.md``, so its diff is the review of any change to permissions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from propapp import docs
from propapp.core.access import Role
from propapp.core.errors import PropappError
from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply
from propapp.core.sync.losses import LossKind
from propapp.core.use_case import load_use_cases
from propapp.features.orders.models import OrderStatus, Source
from propapp.features.people.models import Account, Person
from propapp.features.people.passwords import NOBODY
from propapp.features.phones.models import HeldOperation, PhoneLoss
from propapp.features.phones.service import hold_back
from propapp.features.plans.models import PlanStatus
from propapp.features.rosters.models import AskStatus
from propapp.features.rounds.models import Run, SecondLook
from propapp.features.schedules.models import Route, WeatherHook
from propapp.features.sheets.models import SheetImport, SheetStatus
from propapp.features.sites.models import Challenge, ChallengeKind, CheckpointCode
from tests.accidents import an_accident, an_accident_asked
from tests.challenges import QUESTION
from tests.goals import a_goal, a_goal_asked, a_letter, a_part, a_waiting_part, issued
from tests.plans import a_head, a_plan, a_task
from tests.rosters import a_leave, a_swap, a_turn
from tests.standards import a_clause, a_clause_asked, the_company
from tests.sync.phones import Phone
from tests.world import (
    NOON,
    World,
    a_person,
    a_report,
    a_schedule,
    a_shot,
    a_visit,
    an_occurrence,
    an_order_row,
    found,
    rows,
    save,
    well,
)

Preparation = Callable[[World, str], dict[str, Any]]


def order_in(status: OrderStatus, *, theirs: bool = False, **values: Any) -> Preparation:
    """An order in this status, in the hands of whoever tries when it is theirs."""

    def prepare(world: World, who: str) -> dict[str, Any]:
        person_id = world.actor(who).person_id
        hands = {"assignee_id": person_id} if theirs else {}
        return {"order_id": an_order_row(world, status, **hands).id} | values

    return prepare


def order_reported_by_them(status: OrderStatus, **values: Any) -> Preparation:
    """An order that whoever tries reported as an owner."""

    def prepare(world: World, who: str) -> dict[str, Any]:
        order = an_order_row(
            world, status, reported_by=world.actor(who).person_id, completed_at=NOON
        )
        return {"order_id": order.id} | values

    return prepare


def order_found_by_staff(world: World, _who: str) -> dict[str, Any]:
    return {"order_id": an_order_row(world, OrderStatus.COMPLETED, source=Source.STAFF).id}


def order_for_a_colleague(world: World, _who: str) -> dict[str, Any]:
    colleague = a_person("colleague", {world.site.id: (Role.TECHNICIAN,)})
    return {"order_id": an_order_row(world).id, "to_person_id": colleague.person_id}


def fresh_report(world: World, _who: str) -> dict[str, Any]:
    return {
        "order_id": uuid7(),
        "site_id": world.site.id,
        "category": "water",
        "description": "The tap drips",
        "place_id": world.lobby.id,
    }


def fresh_round(world: World, _who: str) -> dict[str, Any]:
    return {"run_id": uuid7(), "occurrence_id": world_occurrence(world)}


TRIES = count(1)
# A year that is there already is not entered again.
YEARS = count()


def world_occurrence(world: World) -> UUID:
    """A window of its own for each try."""
    return an_occurrence(world, opens_in=-next(TRIES)).id


def own_run(world: World, who: str) -> dict[str, Any]:
    run = Run(
        id=uuid7(),
        site_id=world.site.id,
        occurrence_id=world_occurrence(world),
        route_id=world.route.id,
        person_id=world.actor(who).person_id,
        points_total=3,
        started_at=NOON,
        started_received_at=NOON,
    )
    save(run)
    return {"run_id": run.id}


def the_other_language(world: World, who: str) -> dict[str, Any]:
    """Choosing what one has already is no change, so each try chooses the other."""
    present = found(Person, world.actor(who).person_id).locale
    return {"locale": "en" if present == "zh-CN" else "zh-CN"}


def finishing(world: World, who: str) -> dict[str, Any]:
    return own_run(world, who) | {"note": "Called away"}


def a_route_row(world: World) -> UUID:
    """A route that no schedule wants; one more each time, for it is given up once."""
    row = Route(id=uuid7(), site_id=world.site.id, name=f"Way {next(TRIES)}", role=Role.GUARD)
    save(row)
    return row.id


def an_account(world: World) -> UUID:
    """Somebody who has a sign-in name."""
    person = world.person(f"somebody{next(TRIES)}", Role.CLEANER)
    save(Account(person_id=person.person_id, username=person.name, password_hash=""))
    return person.person_id


def a_challenge_row(world: World) -> UUID:
    """A challenge that may be drawn; one more each time, for dropping it is done once."""
    row = Challenge(
        id=uuid7(),
        site_id=world.site.id,
        checkpoint_id=world.checkpoints[1].id,
        kind=ChallengeKind.DETAIL,
        text="The gauge of pump 2",
        kept_at=NOON,
    )
    save(row)
    return row.id


def a_code(world: World) -> UUID:
    """A print that counts; one more each time, for ending it is done once."""
    point = world.checkpoints[0].id
    number = 100 + next(TRIES)
    code = CheckpointCode(
        site_id=world.site.id,
        checkpoint_id=point,
        number=number,
        text=f"{point}-{number}",
        printed_at=NOON,
    )
    save(code)
    return code.id


def visiting(world: World, who: str) -> dict[str, Any]:
    return own_run(world, who) | {
        "visit_id": uuid7(),
        "point_id": world.points[0].id,
        "method": "scan",
        "code": world.code(1),
        "arrived_at": NOON,
        "answers": [well(world)],
    }


def daily(world: World) -> dict[str, Any]:
    return {
        "schedule_id": uuid7(),
        "route_id": world.route.id,
        "windows": [{"opens": 480, "minutes": 60}],
        "starts": "2026-01-01",
        "ends": "2026-12-31",
    }


def a_hook(world: World) -> UUID:
    hook = WeatherHook(site_id=world.site.id, name="Bureau", token_sha256=uuid7().hex, made_at=NOON)
    save(hook)
    return hook.id


def a_guard(world: World) -> UUID:
    return a_person("guard on duty", {world.site.id: (Role.GUARD,)}).person_id


def asking_to_swap(world: World, who: str) -> dict[str, Any]:
    turn = a_turn(world, world.actor(who).person_id)
    return {
        "swap_id": uuid7(),
        "shift_id": turn.shift_id,
        "day": turn.day,
        "other_id": a_guard(world),
    }


def swap_with(
    world: World,
    *,
    asker: UUID | None = None,
    other: UUID | None = None,
    status: AskStatus = AskStatus.ASKED,
) -> dict[str, Any]:
    made = a_swap(world, asker or a_guard(world), other or a_guard(world), status=status)
    return {"swap_id": made.id}


def a_bundle_of_a_run(world: World, _who: str) -> dict[str, Any]:
    return {"export_id": uuid7(), "run_id": own_run(world, "guard")["run_id"]}


def a_bundle_of_a_day(world: World, _who: str) -> dict[str, Any]:
    return {"export_id": uuid7(), "site_id": world.site.id, "day": NOON.date()}


def a_bundle_of_an_order(world: World, _who: str) -> dict[str, Any]:
    return {"export_id": uuid7(), "number": an_order_row(world).number}


def a_report_of_a_plan(world: World, _who: str) -> dict[str, Any]:
    plan = a_plan(world, PlanStatus.IN_FORCE, in_force_at=NOON)
    return {"report_id": uuid7(), "plan_id": plan.id, "form": "pdf"}


def a_report_of_a_month(world: World, _who: str) -> dict[str, Any]:
    asked = {"kind": "performance", "month": f"{NOON:%Y-%m}", "form": "xlsx"}
    return {"report_id": uuid7(), "site_id": world.site.id} | asked


def a_doubtful_visit(world: World, _who: str) -> dict[str, Any]:
    run_id = own_run(world, "guard")["run_id"]
    visit = a_visit(world, run_id)
    save(SecondLook(id=visit.id, site_id=world.site.id, drawn_at=NOON))
    return {"visit_id": visit.id, "step": "ask", "note": "Who was with you?"}


def a_lost_phone(world: World, _who: str) -> dict[str, Any]:
    loss = PhoneLoss(
        id=uuid7(),
        site_id=world.site.id,
        person_id=world.actor("guard").person_id,
        device_id=uuid7(),
        kind=LossKind.CLEARED,
        noticed_at=NOON,
        highest_seq=3,
    )
    save(loss)
    return {"loss_id": loss.id, "note": "The round was walked again"}


def work_held_back(world: World, _who: str) -> dict[str, Any]:
    """What a guard has read, which came when they had left, and they are back now."""
    person_id, phone = world.actor("guard").person_id, Phone()
    said = phone.does("message.read", thread=person_id, up_to=NOON.isoformat())
    apply(replace(world.actor("guard"), left=True), phone.id, said, world.clock)
    with world.work("guard") as uow:
        hold_back(uow)
    (held,) = rows(HeldOperation, ref_id=said.id)
    return {"held_id": held.id}


def plan_in(status: PlanStatus, *, next_id: bool = False, **values: Any) -> Preparation:
    """A plan in this status that whoever tries was named to review and to approve."""

    def prepare(world: World, who: str) -> dict[str, Any]:
        person_id = world.actor(who).person_id
        plan = a_plan(world, status, reviewer_id=person_id, approver_id=person_id)
        return {"plan_id": plan.id} | ({"next_id": uuid7()} if next_id else {}) | values

    return prepare


def a_clause_of_ones_own(_world: World, _who: str) -> dict[str, Any]:
    the_company()
    return a_clause_asked()


def own_draft(world: World, who: str) -> dict[str, Any]:
    """A draft that whoever tries has written in."""
    return {"plan_id": a_plan(world, writers=[str(world.actor(who).person_id)]).id}


def a_letter_of_ones_own(world: World, who: str) -> dict[str, Any]:
    """A part that whoever tries is to sign."""
    part = a_waiting_part(world, world.actor(who).person_id)
    return {"part_id": part.id, "words_sha256": part.words_sha256, "name": who}


def a_workbook(status: SheetStatus | None) -> Preparation:
    """A file of the tasks of a draft, or of goals for whoever writes no plans."""

    def prepare(world: World, who: str) -> dict[str, Any]:
        if status is None:
            kind = "goals" if who == "administrator" else "tasks"
            plan_id = a_plan(world).id
            values = {"site_id": world.site.id, "kind": kind, "plan_id": plan_id, "size": 9}
            return {"sheet_id": uuid7(), "sha256": "0" * 64, **values}
        row = SheetImport(
            site_id=world.site.id,
            person_id=world.actor("supervisor").person_id,
            kind="tasks",
            name="rows.xlsx",
            sha256="0" * 64,
            status=status,
            brought_at=NOON,
        )
        save(row)
        return {"sheet_id": row.id}

    return prepare


PREPARATIONS: dict[str, Preparation] = {
    "account.choose_language": the_other_language,
    "clause.keep": a_clause_of_ones_own,
    "clause.end": lambda _world, _who: {
        "clause_id": a_clause().id,
        "last_day": "2026-12-31",
        "reason": "The contract ends",
    },
    "clause.drop": lambda _world, _who: {"clause_id": a_clause().id},
    "report.month": a_report_of_a_month,
    "report.plan": a_report_of_a_plan,
    "evidence.export_day": a_bundle_of_a_day,
    "evidence.export_order": a_bundle_of_an_order,
    "evidence.export_run": a_bundle_of_a_run,
    "message.read": lambda _world, _who: {"up_to": NOON},
    "order.assign": order_for_a_colleague,
    "order.cancel": order_in(OrderStatus.REPORTED, reason="Twice reported"),
    "order.claim": order_in(OrderStatus.REPORTED),
    "order.complete": order_in(
        OrderStatus.IN_PROGRESS, theirs=True, note="Done", photos=[a_shot()]
    ),
    "order.confirm": order_reported_by_them(OrderStatus.COMPLETED),
    "order.hand_over": order_in(OrderStatus.IN_PROGRESS, theirs=True, reason="Shift ends"),
    "order.hold": order_in(OrderStatus.IN_PROGRESS, theirs=True, reason="No spare part"),
    "order.note": order_in(OrderStatus.REPORTED, text="The key is at the desk"),
    "order.rate": order_reported_by_them(OrderStatus.CLOSED, stars=4),
    "order.reopen": order_reported_by_them(OrderStatus.COMPLETED, reason="Still drips"),
    "order.report": fresh_report,
    "order.resume": order_in(OrderStatus.ON_HOLD, theirs=True),
    "order.send_back": order_in(OrderStatus.COMPLETED, reason="Still drips"),
    "order.start": order_in(OrderStatus.ASSIGNED, theirs=True),
    "order.verify": order_found_by_staff,
    "checkpoint.print": lambda world, _who: {
        "site_id": world.site.id,
        "checkpoint_ids": [world.checkpoints[0].id],
    },
    "person.keep": lambda world, _who: {
        "person_id": uuid7(),
        "site_id": world.site.id,
        "name": "Somebody",
        "username": f"somebody{next(TRIES)}",
        "roles": ["cleaner"],
    },
    "person.give_password": lambda world, _who: {"person_id": an_account(world), "hashed": NOBODY},
    "building.keep": lambda world, _who: {
        "building_id": uuid7(),
        "site_id": world.site.id,
        "name": f"Tower {next(TRIES)}",
        "floors": 18,
    },
    "unit.keep": lambda world, _who: {
        "unit_id": uuid7(),
        "site_id": world.site.id,
        "building_id": world.building.id,
        "number": f"{next(TRIES)}",
    },
    "place.keep": lambda world, _who: {
        "place_id": uuid7(),
        "site_id": world.site.id,
        "building_id": world.building.id,
        "kind": "stairs",
        "name": "Stairs",
    },
    "checkpoint.keep": lambda world, _who: {
        "checkpoint_id": uuid7(),
        "site_id": world.site.id,
        "place_id": world.lobby.id,
        "name": f"Gate {next(TRIES)}",
    },
    "checklist.keep": lambda _world, _who: {
        "code": f"list-{next(TRIES)}",
        "name": f"List {next(TRIES)}",
        "items": [{"kind": "pass_fail", "label": "Door shut"}],
    },
    "route.keep": lambda world, _who: {
        "route_id": uuid7(),
        "site_id": world.site.id,
        "name": f"Round {next(TRIES)}",
        "role": "guard",
        "stops": [
            {"checkpoint_id": one.id, "template_id": world.template.id} for one in world.checkpoints
        ],
    },
    "route.give_up": lambda world, _who: {"route_id": a_route_row(world)},
    # The same question once more is the one that is there.
    "challenge.keep": lambda world, _who: (
        QUESTION
        | {
            "challenge_id": uuid7(),
            "checkpoint_id": world.checkpoints[0].id,
            "text": f"Question {next(TRIES)}",
        }
    ),
    "challenge.drop": lambda world, _who: {"challenge_id": a_challenge_row(world)},
    "checkpoint.revoke": lambda world, _who: {"code_id": a_code(world), "why": "Photographed"},
    # The same words once more are no change.
    "site.keep": lambda world, _who: {
        "site_id": world.site.id,
        "code": world.site.code,
        "name": f"Site {next(TRIES)}",
        "zone": world.site.zone,
    },
    "site.describe": lambda world, _who: {"site_id": world.site.id, "has": {"lift": next(TRIES)}},
    "site.price": lambda world, _who: {
        "site_id": world.site.id,
        "hourly": {"guard": next(TRIES)},
    },
    "plan.keep": lambda world, _who: a_head(world) | {"plan_id": uuid7()},
    "plan.keep_task": lambda world, _who: {"plan_id": a_plan(world).id, "task": a_task("drill")},
    "plan.keep_tasks": lambda world, _who: {
        "plan_id": a_plan(world).id,
        "tasks": [a_task("drill"), a_task("patrol")],
    },
    "plan.drop_task": lambda world, _who: {"plan_id": a_plan(world).id, "key": "patrol"},
    "plan.submit": plan_in(PlanStatus.DRAFT),
    "plan.drop": own_draft,
    "plan.review": plan_in(PlanStatus.DRAFT),
    "plan.approve": plan_in(PlanStatus.REVIEWED),
    "plan.send_back": plan_in(PlanStatus.REVIEWED, reason="Too few people"),
    "plan.put_in_force": plan_in(PlanStatus.APPROVED),
    "plan.revise": plan_in(PlanStatus.IN_FORCE, next_id=True, reason="A new lift"),
    "plan.close": plan_in(PlanStatus.IN_FORCE, reason="The year is over"),
    "goal.keep": lambda world, _who: a_goal_asked(world),
    "goal.serve": lambda world, _who: {
        "goal_id": a_goal(world).id,
        "clause_ids": [a_clause().id],
    },
    "goal.drop": lambda world, _who: {"goal_id": a_goal(world).id, "reason": "Another contract"},
    "letter.keep": lambda world, _who: {
        "letter_id": uuid7(),
        "goal_id": a_goal(world).id,
        "parts": [a_part(world)],
    },
    "letter.issue": lambda world, _who: {"letter_id": a_letter(world).id},
    "letter.withdraw": lambda world, _who: {"letter_id": issued(world).id, "reason": "Wrong"},
    "letter.sign": a_letter_of_ones_own,
    "parcel.bring": lambda world, _who: {
        "parcel_id": uuid7(),
        "author_id": a_guard(world),
        "size": 1000,
        "operations": 3,
        "photos": 1,
    },
    "phone.settle": a_lost_phone,
    "held.settle": lambda world, who: work_held_back(world, who) | {"note": "It was not so"},
    "held.perform": work_held_back,
    "accident.record": lambda world, _who: an_accident_asked(world),
    "accident.find": lambda world, _who: {
        "accident_id": an_accident(world).id,
        "liable": True,
        "reason": "The floor was wet and not marked",
    },
    "accident.withdraw": lambda world, _who: {
        "accident_id": an_accident(world).id,
        "reason": "Registered twice",
    },
    "sheet.bring": a_workbook(None),
    "sheet.take_in": lambda world, who: (
        a_workbook(SheetStatus.CHECKED)(world, who) | {"sha256": "0" * 64}
    ),
    "sheet.drop": a_workbook(SheetStatus.CHECKED),
    "round.finish": finishing,
    "round.start": fresh_round,
    "round.visit": visiting,
    "visit.judge": a_doubtful_visit,
    "shift.keep": lambda world, _who: {
        "shift_id": uuid7(),
        "site_id": world.site.id,
        "role": "guard",
        "label": "Day",
        "begins": 480,
        "minutes": 540,
    },
    "duty_rules.set": lambda world, _who: {
        "site_id": world.site.id,
        "rest": 600 + next(TRIES),
        "long_rest": 1440,
        "days_in_row": 6,
        "nights_in_row": 4,
        "week": 3600,
        "ladder": [5, 15, 30],
    },
    "roster.put_on_duty": lambda world, _who: vars(a_turn(world, a_guard(world), put=False)),
    "roster.take_off_duty": lambda world, _who: vars(a_turn(world, a_guard(world))),
    "roster.adopt": lambda world, _who: {
        "site_id": world.site.id,
        "first": "2026-03-09",
        "last": "2026-03-15",
        "duties": [],
    },
    "leave.ask": lambda world, _who: {
        "leave_id": uuid7(),
        "site_id": world.site.id,
        "first": "2026-03-20",
        "last": "2026-03-22",
    },
    "leave.enter": lambda world, _who: {
        "leave_id": uuid7(),
        "site_id": world.site.id,
        "person_id": a_guard(world),
        "first": "2026-03-20",
        "last": "2026-03-22",
    },
    "leave.approve": lambda world, _who: {"leave_id": a_leave(world, a_guard(world)).id},
    "leave.refuse": lambda world, _who: {"leave_id": a_leave(world, a_guard(world)).id},
    "leave.withdraw": lambda world, who: {
        "leave_id": a_leave(world, world.actor(who).person_id).id
    },
    "swap.ask": asking_to_swap,
    "swap.accept": lambda world, who: swap_with(world, other=world.actor(who).person_id),
    "swap.decline": lambda world, who: swap_with(world, other=world.actor(who).person_id),
    "swap.withdraw": lambda world, who: swap_with(world, asker=world.actor(who).person_id),
    "swap.approve": lambda world, _who: swap_with(world, status=AskStatus.ACCEPTED),
    "swap.refuse": lambda world, _who: swap_with(world),
    "calendar.enter_year": lambda _world, _who: {
        "year": 2031 + next(YEARS) % 60,
        "source": "Notice",
    },
    "schedule.keep": lambda world, _who: daily(world),
    "schedule.stop": lambda world, _who: {"schedule_id": a_schedule(world, (480, 60)).id},
    "schedule.resume": lambda world, _who: {
        "schedule_id": a_schedule(world, (480, 60), active=False).id
    },
    "weather.announce": lambda world, _who: {
        "site_id": world.site.id,
        "key": str(uuid7()),
        "weather": "weather:rain",
    },
    "weather_hook.make": lambda world, _who: {
        "hook_id": uuid7(),
        "site_id": world.site.id,
        "label": f"Bureau {next(TRIES)}",
    },
    "weather_hook.revoke": lambda world, _who: {"hook_id": a_hook(world)},
}


def what_becomes(world: World, who: str, verb: str) -> str:
    """The outcome of a real try."""
    values = PREPARATIONS[verb](world, who)
    try:
        world.do(who, verb, **values)
    except PropappError as refusal:
        return refusal.code
    return docs.DONE


def table(title: str) -> dict[str, dict[str, str]]:
    """One of the two tables of the document, by use case and role."""
    text = (docs.FOLDER / "roles.md").read_text(encoding="utf-8")
    part = text.split(f"## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = cells[0]
    return {row[0].strip("`"): dict(zip(head[3:], row[3:], strict=True)) for row in cells[2:]}


def test_every_use_case_has_its_try() -> None:
    missing = set(load_use_cases()) - set(PREPARATIONS)
    assert not {name for name in missing if not name.startswith("test.")}


@pytest.mark.parametrize("role", list(Role))
def test_at_their_own_site(garden: World, role: Role) -> None:
    written = table("At one's own site")
    tried = {verb: what_becomes(garden, role.value, verb) for verb in written}
    assert tried == {verb: row[role.value] for verb, row in written.items()}


@pytest.mark.parametrize("role", list(Role))
def test_at_a_foreign_site(garden: World, elsewhere: World, role: Role) -> None:
    stranger = elsewhere.actor(role.value)
    garden.people["stranger"] = stranger
    written = table("At a foreign site")
    tried = {
        verb: docs.NO_SITE
        if docs.is_personal(load_use_cases()[verb])
        else what_becomes(garden, "stranger", verb)
        for verb in written
    }
    assert tried == {verb: row[role.value] for verb, row in written.items()}


def test_a_permission_counts_at_the_site_of_the_thing(garden: World, elsewhere: World) -> None:
    roles = {garden.site.id: (Role.TECHNICIAN,), elsewhere.site.id: (Role.SUPERVISOR,)}
    both = a_person("both", roles)
    garden.people["both"] = elsewhere.people["both"] = both
    assert what_becomes(garden, "both", "order.cancel") == "not_allowed"
    assert what_becomes(elsewhere, "both", "order.cancel") == docs.DONE


def test_staff_here_and_owner_there_report_as_each(garden: World, elsewhere: World) -> None:
    roles = {garden.site.id: (Role.TECHNICIAN,), elsewhere.site.id: (Role.OWNER,)}
    garden.people["both"] = elsewhere.people["both"] = a_person("both", roles)
    assert a_report(garden, "both").source is Source.STAFF
    assert a_report(elsewhere, "both").source is Source.OWNER
