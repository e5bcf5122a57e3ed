"""What the server did not take is done again: that alone is put aside, and everything arrives."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.photos.models import PhotoUse
from propapp.features.rounds.models import Run, RunStatus, Visit
from tests.e2e import people
from tests.e2e.house import House
from tests.waiting import met
from tests.world import an_occurrence, rows

pytestmark = pytest.mark.browser

SOON = 30_000
OPERATIONS = re.compile("/api/v1/operations")
# What a phone that was set back to a copy of itself has: fewer numbers than it has used.
SET_BACK = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => /^propapp-.{36}$/.test(name));
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => resolve(asked.result);
  });
  const written = db.transaction("meta", "readwrite");
  written.objectStore("meta").put({ key: "seq", value: 0 });
  await new Promise((resolve) => { written.oncomplete = resolve; });
  db.close();
}"""
STATES = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => /^propapp-.{36}$/.test(name));
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => resolve(asked.result);
  });
  const all = db.transaction("ops").objectStore("ops").getAll();
  await new Promise((resolve) => { all.onsuccess = resolve; });
  db.close();
  return all.result.map(({ no, seq, kind, state }) => [no, seq, kind, state]);
}"""
# As a shell around a browser says it, where another app plays the receiver.
PLAYED = """
navigator.geolocation.getCurrentPosition = (told) => told({
  mocked: true, timestamp: Date.now(), coords: { latitude: 30.3, longitude: 120.3, accuracy: 5 },
});
"""


def judge_badly(route: Route) -> None:
    """Answer as a server that has taken note of the visit and does not accept it."""
    batch = json.loads(route.request.post_data or "{}")["operations"]
    if not any(one["kind"] == "round.visit" for one in batch):
        return route.continue_()
    judged = {"status": "rejected", "code": "invalid_input", "message": "", "photos_missing": []}
    results = [{"id": one["id"], "body_sha256": one["body_sha256"], **judged} for one in batch]
    said = json.dumps({"server": "propapp", "results": results})
    return route.fulfill(status=200, content_type="application/json", body=said)


def walk_on(page: Page) -> None:
    """The rest of the round, to its end."""
    while not page.locator("#finish-run").is_visible():
        people.arrive_by_hand(page)
        people.answer_point(page)
        people.complete_point(page)
    people.finish_round(page)


def test_a_visit_done_again_puts_aside_itself_alone_under_whatever_name_the_phone_goes(
    house: House,
) -> None:
    an_occurrence(house.world)
    page = house.phone("guard")
    run = people.start_round(page, house.server.url)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    page.evaluate(SET_BACK)
    page.context.route(OPERATIONS, judge_badly)
    page.reload()
    people.arrive_by_hand(page)
    people.answer_point(page)
    people.complete_point(page)
    judged = [[1, 1, "round.start", "sent"], [2, 1, "round.visit", "attention"]]
    met(page, lambda: page.evaluate(STATES) == judged, what="judged", within=60)

    page.context.unroute_all()
    page.get_by_role("button", name="提前结束巡查").click()
    page.get_by_role("button", name="修改这个点").first.click()
    people.complete_point(page)
    assert [state for *_, state in page.evaluate(STATES)][:2] == ["sent", "replaced"]
    walk_on(page)
    expect(page.locator("#run-send-state")).to_have_attribute("data-state", "sent", timeout=SOON)
    assert [str(one.id) for one in rows(Run)] == [run]
    assert len(rows(Visit)) == 3
    assert [one.status for one in rows(Run)] == [RunStatus.SEALED]
    assert {state for *_, state in page.evaluate(STATES)} == {"sent", "replaced"}


def test_a_photo_taken_where_another_app_plays_the_receiver_arrives_with_its_visit(
    house: House,
) -> None:
    an_occurrence(house.world)
    page = house.phone("guard", permissions=["geolocation"])
    page.add_init_script(PLAYED)
    people.start_round(page, house.server.url)
    people.arrive_by_hand(page)
    people.answer_point(page, fail_first=True)
    people.complete_point(page)
    expect(page.locator("#sync-light")).to_have_attribute("data-word", "sent", timeout=SOON)
    assert [one.status for one in rows(Operation)] == [OperationStatus.APPLIED] * 2
    assert [visit.mocked for visit in rows(Visit)] == [True]
    assert {(one.latitude, one.longitude) for one in rows(PhotoUse)} == {(30.3, 120.3)}
