"""How the app reaches a browser: any port, a strict policy, quick and safe to keep."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebSocket
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from propapp.core.access import Role
from propapp.core.identity import SESSION_COOKIE
from tests.e2e.sessions import a_session, cookie
from tests.serving import ServerProcess
from tests.waiting import ALIVE, until

pytestmark = pytest.mark.browser

# A page with a State, so that it opens a socket.
STATEFUL = "/board"


def sign_in(page: Page, address: str, token: str) -> None:
    """Let the browser hold this session."""
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": address}])


def fetch(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request) as answer:
        names = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, names, answer.read()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_first_event_comes_back_on_whatever_address_it_serves(
    server: ServerProcess, page: Page, name: str
) -> None:
    sockets: list[str] = []
    received: list[str] = []

    def note_socket(opened: WebSocket) -> None:
        sockets.append(opened.url)
        opened.on("framereceived", lambda frame: received.append(str(frame)))

    page.on("websocket", note_socket)
    address = f"http://{name}:{server.port}"
    sign_in(page, address, a_session(server))
    page.goto(f"{address}{STATEFUL}")
    until(page, ALIVE)
    deadline = time.monotonic() + 15
    # The page sends its boot event as it connects; the answer carries a delta of its state.
    while not any('"delta"' in frame for frame in received):
        assert time.monotonic() < deadline, (sockets, received)
        page.wait_for_timeout(50)
    assert {url.split("?")[0] for url in sockets} == {f"ws://{name}:{server.port}/_event/"}


def test_a_page_breaks_no_policy_and_asks_no_other_origin(
    server: ServerProcess, new_phone: Callable[..., BrowserContext]
) -> None:
    page = new_phone(offline_ready=True).new_page()
    complaints: list[str] = []
    foreign: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith((server.url, "data:")):
            foreign.append(request.url)

    page.on("console", note_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", note_request)
    sign_in(page, server.url, a_session(server, Role.GUARD))
    # Not the first page, which sends everybody on to their own.
    page.goto(f"{server.url}/today")
    until(page, ALIVE)
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert foreign == []


def test_pages_are_asked_for_anew_and_hashed_files_never(server: ServerProcess) -> None:
    _, headers, body = fetch(server.url, **{"Accept-Encoding": "identity"})
    assert headers["cache-control"] == "no-cache"
    assert headers["x-content-type-options"] == "nosniff"
    asset = body.decode().split('href="/assets/')[1].split('"')[0]
    _, headers, _ = fetch(f"{server.url}/assets/{asset}", **{"Accept-Encoding": "br, gzip"})
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-encoding"] == "br"


def test_a_missing_hashed_file_is_not_kept(server: ServerProcess) -> None:
    with pytest.raises(urllib.error.HTTPError) as missing:
        fetch(f"{server.url}/assets/gone-12345678.js")
    assert missing.value.code == 404
    assert missing.value.headers["cache-control"] == "no-store"


@pytest.mark.bad_input(["B69"])
@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://evil.example", False),
        ("http://127.0.0.1:{other}", False),
        ("http://127.0.0.1:{port}", True),
        (None, True),
    ],
)
def test_only_our_own_pages_open_a_socket(
    server: ServerProcess, origin: str | None, *, allowed: bool
) -> None:
    told = Origin(origin.format(port=server.port, other=server.port + 1)) if origin else None
    url = f"ws://127.0.0.1:{server.port}/_event/?EIO=4&transport=websocket&token=t"
    session = cookie(a_session(server))
    try:
        with connect(url, origin=told, additional_headers=session) as socket:
            assert str(socket.recv(timeout=5)).startswith("0")
            assert allowed
    except InvalidStatus as refused:
        assert not allowed
        assert refused.response.status_code == 403


@pytest.mark.bad_input(["B64"])
def test_a_change_asked_by_another_site_is_refused(server: ServerProcess) -> None:
    request = urllib.request.Request(
        f"{server.url}/ping", method="POST", headers={"Origin": "http://evil.example"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 403
