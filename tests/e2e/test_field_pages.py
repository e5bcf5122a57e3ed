"""Phone pages must not lean on the socket: none is opened, and nothing on them is Reflex State."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Page
from reflex_base.components.component import BaseComponent, Component
from reflex_base.event import EventChain

from propapp import propapp
from propapp.offline import state_js
from rxconfig import PHONE_PAGES
from tests.serving import ServerProcess


def test_a_phone_page_opens_no_websocket(server: ServerProcess, page: Page) -> None:
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    for route in PHONE_PAGES:
        page.goto(server.url + route)
        page.wait_for_load_state("networkidle")
    assert sockets == []


def test_every_phone_page_is_looked_at() -> None:
    assert len(propapp.PAGES) == len(PHONE_PAGES)


@pytest.mark.parametrize("module", propapp.PAGES, ids=lambda module: module.__name__)
def test_nothing_on_a_phone_page_is_reflex_state(module: ModuleType) -> None:
    """One queued server event would freeze the others until the socket returns."""
    name = module.__name__.rsplit(".", 1)[-1]
    drawn = getattr(module, f"{name}_page")()
    states = {
        data.state
        for part in everything(drawn)
        for var in part._get_vars()  # noqa: SLF001
        if (data := var._get_all_var_data()) is not None and data.state  # noqa: SLF001
    }
    handlers = [
        chain
        for part in everything(drawn)
        for chain in getattr(part, "event_triggers", {}).values()
        if isinstance(chain, EventChain)
        and any(hasattr(event, "handler") for event in chain.events)
    ]
    assert states == set()
    assert handlers == []


def everything(component: BaseComponent) -> Iterator[Component]:
    """The component and all below it, those behind conditions too."""
    assert isinstance(component, Component)
    yield component
    for child in component.children:
        yield from everything(child)


def test_reflex_still_has_every_place_that_we_change() -> None:
    changed = state_js.adapt(state_js.pristine(), ["/today"])
    assert 'import io from "socket.io-client"' not in changed
    assert '"/today"' in changed
