"""What a phone gets to work with: all that is needed, nothing of others."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from propapp.api import snapshot as api
from propapp.core.access import Actor, Permission, Role, roles_with
from propapp.core.ids import uuid7
from propapp.features.rosters.shifts import ROLES
from tests.counting import count_queries
from tests.plans import a_draft, a_task, in_force
from tests.rosters import TUESDAY, a_leave, a_shift, a_swap, a_turn
from tests.world import (
    World,
    a_completed_order,
    a_report,
    a_shot,
    a_world,
    an_occurrence,
    bytes_arrive,
)

PATH = "/api/v1/snapshot"


@pytest.fixture
def garden(database: Path) -> World:
    """A site at noon with people of every role."""
    return a_world()


def seen_by(world: World, who: str | Actor) -> dict[str, Any]:
    """The snapshot as this person's phone reads it."""
    actor = world.actor(who) if isinstance(who, str) else who
    return json.loads(api.to_json(api.snapshot(actor, world.clock)))


def test_a_guard_gets_the_rounds_of_the_day_whole(garden: World) -> None:
    occurrence = an_occurrence(garden)
    run_id = uuid7()
    garden.do("guard", "round.start", run_id=run_id, occurrence_id=occurrence.id)
    shown = seen_by(garden, "guard")
    (plan,) = shown["occurrences"]
    assert plan["run"]["id"] == str(run_id)
    assert plan["run"]["person_name"] == "guard"
    (route,) = shown["routes"]
    assert [point["position"] for point in route["points"]] == [1, 2, 3]
    reached = {one["id"] for one in shown["checkpoints"]}
    assert reached == {point["checkpoint_id"] for point in route["points"]}
    (template,) = shown["templates"]
    assert [item["kind"] for item in template["items"]] == ["pass_fail", "number"]
    assert shown["me"]["home"] == "/today"
    assert "round:walk" in shown["me"]["permissions"]


def test_the_secret_of_a_checkpoint_stays_here(garden: World) -> None:
    an_occurrence(garden)
    assert garden.code(1) not in json.dumps(seen_by(garden, "guard"))


def test_who_walks_no_rounds_gets_none(garden: World) -> None:
    an_occurrence(garden)
    for who in ("technician", "owner", "finance"):
        assert seen_by(garden, who)["occurrences"] == []
        assert seen_by(garden, who)["routes"] == []
    assert len(seen_by(garden, "supervisor")["occurrences"]) == 1


@pytest.mark.parametrize(("hours", "shown"), [(-15, 0), (-11, 1), (23, 1), (25, 0)])
def test_the_plan_reaches_half_a_day_back_and_a_day_ahead(
    garden: World, hours: int, shown: int
) -> None:
    an_occurrence(garden, opens_in=hours * 60, minutes=30)
    assert len(seen_by(garden, "guard")["occurrences"]) == shown


def test_an_order_comes_with_its_way_its_photos_and_its_verbs(garden: World) -> None:
    before, after = a_shot("before"), a_shot("after")
    bytes_arrive(before, by=garden.actor("technician"))
    order = a_completed_order(garden, photos=[after])
    garden.do("technician", "order.note", order_id=order.id, text="Look", photos=[before])
    (shown,) = seen_by(garden, "owner")["orders"]
    assert shown["assignee"] == "technician"
    assert {"confirm", "reopen"} <= set(shown["verbs"])
    assert {one["sha256"]: one["stored"] for one in shown["photos"]} == {
        before.sha256: True,
        after.sha256: False,
    }
    events = {event["verb"]: event for event in shown["timeline"]}
    assert events["order.completed"]["photos"] == [after.sha256]
    assert events["order.claimed"]["person"] == "technician"


def test_an_owner_sees_only_what_is_their_own(garden: World) -> None:
    mine = a_report(garden, "owner")
    garden.person("neighbour", *garden.actor("owner").roles[garden.site.id])
    a_report(garden, "neighbour")
    shown = seen_by(garden, "owner")
    assert [order["id"] for order in shown["orders"]] == [str(mine.id)]
    assert [unit["number"] for unit in shown["units"]] == ["0302"]
    assert shown["staff"] == []
    assert seen_by(garden, "neighbour")["units"] == []
    assert len(seen_by(garden, "service_desk")["units"]) == 1


def test_what_closed_long_ago_is_gone_from_staff_but_not_from_its_owner(garden: World) -> None:
    order = a_completed_order(garden)
    garden.do("owner", "order.confirm", order_id=order.id)
    assert len(seen_by(garden, "technician")["orders"]) == 1
    garden.clock.move(timedelta(days=4))
    assert seen_by(garden, "technician")["orders"] == []
    assert len(seen_by(garden, "owner")["orders"]) == 1


def test_another_site_does_not_exist(garden: World) -> None:
    elsewhere = a_world("LX")
    an_occurrence(elsewhere)
    a_report(elsewhere)
    text = json.dumps(seen_by(garden, "manager") | {"guard": seen_by(garden, "guard")})
    for thing in (elsewhere.site, elsewhere.route, elsewhere.lobby, elsewhere.actor("guard")):
        assert str(getattr(thing, "id", None) or thing.person_id) not in text  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["guard", "technician", "owner", "manager", "service_desk"])
def test_the_number_of_queries_is_fixed(garden: World, who: str) -> None:
    an_occurrence(garden)
    a_completed_order(garden)
    seen_by(garden, who)
    with count_queries() as few:
        seen_by(garden, who)
    for number in range(3):
        an_occurrence(garden, opens_in=60 * number + 40, minutes=30)
        a_completed_order(garden, photos=[a_shot(str(number))])
    with count_queries() as many:
        seen_by(garden, who)
    assert len(many) == len(few)
    assert len(many) <= 25


def test_the_fields_are_those_of_the_protocol(garden: World) -> None:
    shown = seen_by(garden, "supervisor")
    assert set(shown) == {
        "epoch",
        "me",
        "sites",
        "occurrences",
        "challenge_days",
        "routes",
        "checkpoints",
        "templates",
        "orders",
        "staff",
        "units",
        "places",
        "messages",
        "week",
        "letters",
        "duty",
        "ended",
    }
    protocol = Path("docs/protocol.md").read_text(encoding="utf-8")
    a_report(garden)
    an_occurrence(garden)
    shown = seen_by(garden, "supervisor")
    for name in ("occurrences", "orders", "sites", "places", "staff", "routes", "templates"):
        for field in shown[name][0]:
            assert field in protocol, f"{name}.{field}"


def test_the_same_content_is_not_sent_again(guard: TestClient) -> None:
    first = guard.get(PATH)
    assert (first.status_code, first.json()["server"]) == (200, "propapp")
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    again = guard.get(PATH, headers={"If-None-Match": f'W/{tag}, "other"'})
    assert (again.status_code, again.content) == (304, b"")
    assert guard.get(PATH, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_snapshot_travels_compressed(guard: TestClient) -> None:
    plain = guard.get(PATH, headers={"Accept-Encoding": "identity"})
    with guard.stream("GET", PATH, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert json.loads(gzip.decompress(raw))["version"] == plain.json()["version"]


def test_without_a_session_there_is_no_snapshot(new_client: Callable[[], TestClient]) -> None:
    assert new_client().get(PATH).status_code == 401


def test_of_the_roster_a_phone_has_its_own_post_and_its_own_requests(garden: World) -> None:
    tomorrow = (garden.clock.now() + timedelta(days=1)).date()
    me, other = (garden.actor(name).person_id for name in ("guard", "supervisor"))
    garden.person("colleague", Role.GUARD)
    colleague = garden.actor("colleague").person_id
    mine = a_turn(garden, me, day=tomorrow)
    a_turn(garden, colleague, day=tomorrow)
    a_turn(garden, other, shift=a_shift(garden, role=Role.TECHNICIAN), day=tomorrow)
    a_leave(garden, me, first=tomorrow, last=tomorrow)
    a_leave(garden, colleague, first=tomorrow, last=tomorrow)
    swap = a_swap(garden, colleague, me, day=tomorrow)
    a_swap(garden, colleague, other, day=tomorrow)
    duty = seen_by(garden, "guard")["duty"]
    assert [one["people"] for one in duty["turns"] if one["shift_id"] == str(mine.shift_id)] == [
        [str(me)]
    ]
    assert {who for one in duty["turns"] for who in one["people"]} == {str(me), str(colleague)}
    assert len(duty["leaves"]) == 1
    assert [one["id"] for one in duty["swaps"]] == [str(swap.id)]
    assert str(swap.shift_id) in {one["id"] for one in duty["shifts"]}
    assert seen_by(garden, "owner")["duty"] is None


def test_every_post_that_has_shifts_sees_its_week_and_asks_for_leave(garden: World) -> None:
    assert set(ROLES) <= roles_with(Permission.ROSTER_ASK)
    desk = garden.actor("service_desk").person_id
    shift = a_shift(garden, role=Role.SERVICE_DESK, name="Desk")
    a_turn(garden, desk, shift=shift)
    seen = seen_by(garden, "service_desk")
    assert [turn["name"] for day in seen["week"] for turn in day["turns"]] == ["Desk"]
    assert seen["duty"] is not None
    day = {"first": TUESDAY, "last": TUESDAY, "reason": "A visit"}
    leave = garden.do("service_desk", "leave.ask", leave_id=uuid7(), site_id=garden.site.id, **day)
    assert leave.person_id == desk


def test_the_week_is_one_s_own_turns_rounds_and_tasks(garden: World) -> None:
    tomorrow = (garden.clock.now() + timedelta(days=1)).date()
    for minutes in (1441, 1442, 20 * 1440):
        an_occurrence(garden, opens_in=minutes)
    drill = a_task("drill", rrule="", windows=[], starts=tomorrow, ends=tomorrow)
    other = a_task("other", rrule="", windows=[], role="cleaner", starts=tomorrow, ends=tomorrow)
    in_force(garden, a_draft(garden, drill, other))
    a_turn(garden, garden.actor("guard").person_id, day=tomorrow)
    week = seen_by(garden, "guard")["week"]
    (day,) = [one for one in week if one["day"] == tomorrow.isoformat()]
    assert len(week) == 7
    assert [len(one["windows"]) for one in day["rounds"]] == [2]
    assert [one["name"] for one in day["tasks"]] == ["Drill"]
    assert len(day["turns"]) == 1
    assert seen_by(garden, "owner")["week"] == []
