"""The office's socket drops while a tap is on its way: it counts once, or can be tapped again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from propapp.core.sync.models import Operation
from propapp.features.sites.models import Challenge
from tests.e2e.house import House
from tests.e2e.test_lost_phone import claims_and_sends
from tests.world import rows

pytestmark = pytest.mark.browser

SOON = 30_000
WHAT = "The socket drops while the office taps; claims need none"
SOCKET = re.compile("/_event")


class Cutter:
    """Between the page and the server: cuts the socket at the tap that is to be lost."""

    def __init__(self, page: Page, tap: str, *, delivered: bool) -> None:
        self.tap, self.delivered, self.cuts, self.taps = tap, delivered, 0, 0
        page.route_web_socket(SOCKET, self._meet)

    def _meet(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        cut = [False]

        def up(message: str | bytes) -> None:
            is_tap = self.tap in str(message)
            self.taps += is_tap
            if not is_tap or self.cuts:
                server.send(message)
                return
            self.cuts += 1
            cut[0] = True
            if self.delivered:
                server.send(message)
            else:
                server.close()
            socket.close()

        def down(message: str | bytes) -> None:
            # What the server answers after the cut finds nobody.
            if not cut[0]:
                socket.send(message)

        socket.on_message(up)
        server.on_message(down)


def prepares_a_question(page: Page) -> None:
    """The form of the first point, and the tap that sends it."""
    part = page.locator("[data-challenges]").first
    part.locator("summary").first.click()
    form = part.locator("[data-form=question]")
    form.locator("summary").click()
    form.locator("[name=text]").fill("2 号水泵是什么颜色？")
    form.locator("[name=right]").fill("蓝色")
    form.locator("[name=others]").fill("红色\n绿色")
    form.locator("button[type=submit]").click()


@pytest.mark.reliability("I2 I5 I6", "F16", WHAT)
@pytest.mark.parametrize("delivered", [True, False], ids=["after", "before"])
def test_a_tap_whose_socket_drops_counts_once(house: House, delivered: bool) -> None:
    page = house.phone("supervisor")
    cutter = Cutter(page, ".keep", delivered=delivered)
    page.goto(f"{house.server.url}/board/codes")
    prepares_a_question(page)
    expect(page.locator("#live-light")).to_contain_text("实时", timeout=SOON)
    assert cutter.cuts == 1
    page.reload()
    expect(page.locator("[data-challenges]").first).to_be_visible(timeout=SOON)
    made = len(rows(Challenge))
    # What the page shows is what is there: a tap that came to nothing does not look done.
    expect(page.locator("[data-challenge]")).to_have_count(made)
    assert made == 1 if delivered else made <= 1
    if made == 0:
        prepares_a_question(page)
        expect(page.locator("[data-challenge]")).to_have_count(1, timeout=SOON)
    assert len(rows(Challenge)) == 1


@pytest.mark.reliability("I2 I5 I6", "F16", WHAT)
def test_a_claim_goes_up_without_any_socket(house: House) -> None:
    page = house.phone("technician")
    refused = list[str]()

    def refuse(socket: WebSocketRoute) -> None:
        refused.append(socket.url)
        socket.close()

    page.route_web_socket(SOCKET, refuse)
    claims_and_sends(page, house)
    assert len(rows(Operation)) == 1
