"""The socket of a real server: closed without a session, and guarded event by event within one."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from propapp.core.identity import SESSION_COOKIE
from tests.e2e.sessions import a_session, cookie
from tests.serving import ServerProcess

pytestmark = pytest.mark.browser

STATE = "reflex___state____state"


def socket(server: ServerProcess, headers: dict[str, str]) -> ClientConnection:
    """A socket as Reflex's page opens it."""
    url = f"ws://127.0.0.1:{server.port}/_event/?EIO=4&transport=websocket&token=t"
    return connect(url, additional_headers=headers)


def say(opened: ClientConnection, name: str, **payload: Any) -> None:
    """Send one event."""
    router = {"pathname": "/board", "asPath": "/board", "query": {}}
    event = {"name": name, "payload": payload, "router_data": router}
    opened.send("42/_event," + json.dumps(["event", event]))


def heard(opened: ClientConnection) -> str:
    """The next thing that the server says of itself, after its pings."""
    while True:
        said = str(opened.recv(timeout=5))
        if said == "2":
            opened.send("3")
        elif said.startswith("42"):
            return said


@pytest.mark.bad_input(["B70"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cookie": f"{SESSION_COOKIE}=made-up"},
        {"Cookie": "other=1"},
        {"Authorization": "Bearer x"},
    ],
)
def test_no_session_no_socket(server: ServerProcess, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused:
        socket(server, headers)
    assert refused.value.response.status_code == 403


@pytest.mark.bad_input(["B82"])
def test_no_session_no_upload(server: ServerProcess) -> None:
    asked = urllib.request.Request(f"{server.url}/_upload", data=b"x", method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code == 401
    assert json.load(refused.value)["error"]["code"] == "sign_in_needed"


@pytest.mark.bad_input(["B74"])
def test_with_a_session_the_page_loads_and_the_back_doors_stay_shut(
    server: ServerProcess,
) -> None:
    with socket(server, cookie(a_session(server))) as opened:
        assert str(opened.recv(timeout=5)).startswith("0")
        opened.send("40/_event,")
        assert str(opened.recv(timeout=5)).startswith("40/_event")
        say(opened, f"{STATE}.hydrate")
        assert '"delta"' in heard(opened)
        say(opened, f"{STATE}.setvar", var_name="is_hydrated", value=False)
        assert '"_redirect"' in heard(opened)
