"""A random challenge: drawn in flight mode, and told on the run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from propapp.core.settings import settings
from propapp.features.rounds.models import Visit
from propapp.features.schedules import jobs
from propapp.features.sites.models import Challenge
from tests.challenges import a_challenge, right_of
from tests.conftest import TABLET
from tests.e2e import people
from tests.e2e.eyes import look, wear
from tests.e2e.house import House
from tests.world import World, an_occurrence, rows

CARD = "[data-challenge]"


@pytest.fixture
def bound(inhabited: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A round at whose every point something is asked, bound since yesterday.

    Before the server starts, which binds days that nobody has bound, with a lot of its own.
    """
    monkeypatch.setattr(settings(), "challenge_one_in", 1)
    world, now = inhabited, datetime.now(UTC)
    world.clock.set(now - timedelta(hours=25))
    a_challenge(world, 1)
    a_challenge(world, 2, kind="detail", text="2 号水泵的压力表", text_en="The gauge of pump 2")
    a_challenge(world, 3)
    jobs.draw_rounds(world.clock)
    world.clock.set(now)
    an_occurrence(world, opens_in=-5)
    return world


@pytest.fixture
def challenged(bound: World, house: House) -> House:
    """Served once that is bound."""
    return house


def come_to_a_point(page: Page) -> None:
    people.arrive_by_hand(page)
    page.locator('[data-kind="pass_fail"] [data-verdict="pass"]').click()
    expect(page.locator(CARD)).to_be_visible()


def outcomes() -> list[str]:
    """What came of each challenge, in the order of the points."""
    visits = sorted(rows(Visit), key=lambda one: one.position)
    return [(visit.challenge or {})["outcome"] for visit in visits]


@pytest.mark.browser
def test_a_challenge_is_drawn_answered_shown_and_passed_over_in_flight_mode(
    challenged: House,
) -> None:
    page = challenged.phone("guard", offline_ready=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.get_by_role("button", name="开始巡查").first).to_be_visible()
    challenged.server.kill()
    run_id = people.start_round(page, challenged.server.url)

    come_to_a_point(page)
    look(page, "challenge-question")
    # It may be passed over, but not overlooked.
    page.locator("#complete-point").click(force=True)
    expect(page.locator(f"{CARD} [role=alert]").first).to_be_visible()
    look(page, "challenge-overlooked")
    (question,) = rows(Challenge, checkpoint_id=challenged.world.checkpoints[0].id)
    right = page.locator(f'{CARD} [data-choice="{right_of(question.id)}"]')
    right.click()
    page.reload()
    expect(right).to_have_attribute("aria-checked", "true")
    wear(page, "en", "dark")
    page.reload()
    expect(right).to_have_attribute("aria-checked", "true")
    look(page, "challenge-question-en-dark")
    wear(page, "zh-CN", "light")
    page.reload()
    people.complete_point(page)

    come_to_a_point(page)
    look(page, "challenge-detail")
    page.locator(f"{CARD} input[type=file]").set_input_files(people.a_photo("gauge"))
    expect(page.locator(f"{CARD} [data-photo]")).to_have_count(1)
    page.reload()
    expect(page.locator(f"{CARD} [data-photo]")).to_have_count(1)
    look(page, "challenge-detail-shown")
    people.complete_point(page)

    come_to_a_point(page)
    page.click("#challenge-skip")
    expect(page.locator("#challenge-skip")).to_have_attribute("aria-pressed", "true")
    look(page, "challenge-skipped")
    people.complete_point(page)
    people.finish_round(page)

    challenged.server.start()
    expect(page.locator("#run-send-state")).to_have_attribute("data-state", "sent", timeout=90_000)
    assert outcomes() == ["right", "shown", "skipped"]
    _read_on_the_run(challenged, run_id)


def _read_on_the_run(house: House, run_id: str) -> None:
    """The supervisor reads on the run's page what was asked and what came of it."""
    page = house.phone("supervisor", viewport=TABLET)
    page.goto(f"{house.server.url}/board/run?run={run_id}")
    asked = page.locator("[data-asked]")
    expect(asked).to_have_count(3)
    expect(asked.nth(0)).to_contain_text("蓝色")
    expect(asked.nth(1).locator("img")).to_have_count(1)
    expect(asked.nth(2)).to_contain_text("随机抽查跳过没做")
    expect(page.get_by_text("二维码损坏")).to_have_count(3)
    look(page, "challenge-run")
