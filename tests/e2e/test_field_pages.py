"""Phone pages must not lean on the socket: no State in what they compile to, none opened."""

from __future__ import annotations

from playwright.sync_api import Page

from propapp.offline import state_js
from tests.serving import ServerProcess

PHONE_PAGES = ("/today", "/run", "/orders", "/report", "/my", "/messages", "/me", "/outbox")


def test_a_phone_page_opens_no_websocket(server: ServerProcess, page: Page) -> None:
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    for route in (*PHONE_PAGES, "/sign-in", "/"):
        page.goto(server.url + route)
        page.wait_for_load_state("networkidle")
    assert sockets == []


def test_reflex_still_has_every_place_that_we_change() -> None:
    changed = state_js.adapt(state_js.pristine(), ["/today"])
    assert 'import io from "socket.io-client"' not in changed
    assert '"/today"' in changed
