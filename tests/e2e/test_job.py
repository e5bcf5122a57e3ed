"""A single job of a plan, on the phone of the post: nothing to scan, a photo, and it is sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, ViewportSize, expect

from propapp.core.clock import FixedClock
from propapp.features.people.models import Account
from propapp.features.people.passwords import hash_password
from propapp.features.rounds.models import NO_CODE, Run, RunStatus, Visit
from propapp.features.schedules import jobs
from tests.conftest import PHONE, TABLET
from tests.e2e import people
from tests.e2e.eyes import look, wear
from tests.plans import a_draft, a_task, in_force
from tests.serving import ServerProcess
from tests.waiting import met
from tests.world import World, a_world, rows, save

pytestmark = pytest.mark.browser


@pytest.fixture
def technician(database: Path, serve: Callable[..., ServerProcess]) -> tuple[World, ServerProcess]:
    """A technician with one job in a plan in force, open for an hour by now."""
    world = a_world()
    began = datetime.now(UTC) - timedelta(hours=1)
    world.clock = FixedClock(began - timedelta(minutes=10))
    local = began.astimezone(ZoneInfo(world.site.zone))
    opens = (local.hour * 60 + local.minute) // 5 * 5
    job = a_task(
        "tank",
        name="水箱清洗",
        name_en="Tank cleaning",
        work=True,
        role="technician",
        evidence={"photos": 1},
        windows=[{"opens": opens, "minutes": 240}],
    )
    days: dict[str, Any] = {
        "starts": local.date() - timedelta(days=1),
        "ends": local.date() + timedelta(days=7),
    }
    in_force(world, a_draft(world, job, by="supervisor", **days))
    jobs.follow_plans(world.clock)
    jobs.keep_horizon(world.clock)
    person = world.actor("technician").person_id
    hashed = hash_password(people.PASSWORD)
    save(Account(username="technician", person_id=person, password_hash=hashed))
    return world, serve(data=database)


@pytest.mark.parametrize(
    ("language", "theme", "size", "start"),
    [
        ("zh-CN", "light", PHONE, "开始作业"),
        ("en", "dark", PHONE, "Start the job"),
        ("zh-CN", "dark", TABLET, "开始作业"),
        ("en", "light", TABLET, "Start the job"),
    ],
)
def test_a_job_is_done_where_no_code_hangs(
    technician: tuple[World, ServerProcess],
    new_phone: Callable[..., BrowserContext],
    language: str,
    theme: str,
    size: ViewportSize,
    start: str,
) -> None:
    _, server = technician
    page = new_phone(viewport=size).new_page()
    people.sign_in(page, server.url, "technician")
    wear(page, language, theme)
    page.goto(f"{server.url}/today")
    page.get_by_role("button", name=start).wait_for()
    look(page, f"job-today-{size['width']}-{language}")
    people.start_round(page, server.url, button=start)
    expect(page.locator("#scan")).to_have_count(0)
    look(page, f"job-begin-{size['width']}-{language}")
    page.click("#begin-job")
    people.answer_point(page)
    look(page, f"job-answers-{size['width']}-{language}")
    people.complete_point(page)
    people.finish_round(page)
    met(page, lambda: [one.status for one in rows(Run)] == [RunStatus.SEALED], what="sealed")
    (visit,) = rows(Visit)
    assert (visit.method.value, visit.hand_reason) == ("hand", NO_CODE)
