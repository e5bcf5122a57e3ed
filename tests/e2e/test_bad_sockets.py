"""Hostile frames on a real socket of a real server: refused or ignored, and others are served."""

from __future__ import annotations

import json
import resource
import select
import socket as plain
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from propapp.core.access import Role
from propapp.core.ids import uuid7
from tests.e2e.sessions import a_session, cookie
from tests.e2e.test_gate import STATE, heard, say
from tests.serving import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("stays_light")]

# In the words of Engine.IO.
PING, PONG = "2", "3"


def url(server: ServerProcess, tab: str = "") -> str:
    """The address of the socket, for a tab of its own unless one is named."""
    tab = tab or uuid7().hex
    return f"ws://127.0.0.1:{server.port}/_event/?EIO=4&transport=websocket&token={tab}"


def opened(server: ServerProcess, session: dict[str, str], tab: str = "") -> ClientConnection:
    """A socket in which the page's space is open."""
    link = connect(url(server, tab), additional_headers=session, max_size=None)
    assert str(link.recv(timeout=10)).startswith("0")
    link.send("40/_event,")
    # A tab that is open twice gets a new name first.
    while not str(link.recv(timeout=10)).startswith("40/_event"):
        pass
    return link


def works(server: ServerProcess, session: dict[str, str]) -> None:
    """A page of somebody else loads as before."""
    with opened(server, session) as link:
        say(link, f"{STATE}.hydrate")
        assert '"delta"' in heard(link)


def answers(link: ClientConnection, *, patience: float = 1) -> str:
    """All that the server says in this time."""
    said = ""
    with suppress(TimeoutError, ConnectionClosed):
        while True:
            said += str(link.recv(timeout=patience))
    return said


@pytest.fixture
def boss(server: ServerProcess) -> Iterator[dict[str, str]]:
    """A manager's session; after the test the server serves it still."""
    session = cookie(a_session(server))
    yield session
    works(server, session)


@pytest.mark.bad_input(["B69"])
@pytest.mark.parametrize("origin", ["null", "http://evil.example", "file://", "http://[::1"])
def test_a_page_from_elsewhere_opens_nothing(
    server: ServerProcess, boss: dict[str, str], origin: str
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(url(server), origin=Origin(origin), additional_headers=boss)
    assert refused.value.response.status_code == 403


@pytest.mark.bad_input(["B70"])
def test_the_token_of_another_opens_nothing_of_theirs(
    server: ServerProcess, boss: dict[str, str]
) -> None:
    thief = cookie(a_session(server, Role.OWNER))
    with opened(server, boss, "shared") as link:
        say(link, f"{STATE}.hydrate")
        assert '"delta"' in heard(link)
        with opened(server, thief, "shared") as other:
            say(other, f"{STATE}.hydrate")
            assert "manager" not in answers(other).lower()


FRAMES: dict[str, Any] = {
    "B71 2 MB": "42/_event," + json.dumps(["event", {"name": "x" * 2_000_000}]),
    "B72 binary": b"\x00\xff\xfe" * 100,
    "B73 no json": "42/_event,hello",
    "B73 empty list": "42/_event,[]",
    "B73 null": "42/_event,null",
    "B73 wrong space": '42/other,["event",{}]',
    "B73 number": "42/_event,[1,2]",
    "B73 no packet": "9999",
    "B73 nothing": "",
    "B73 deep": "42/_event," + "[" * 5000,
    "B75 no fields": '42/_event,["event",{}]',
    "B75 text for event": '42/_event,["event","x"]',
    "B75 no event": '42/_event,["event"]',
    "B75 many": "42/_event," + json.dumps(["event", *range(10_000)]),
    "B75 payload": '42/_event,["event",{"name":"a","payload":5,"router_data":[]}]',
    "B73 attachments": '451-/_event,["event",{"_placeholder":true,"num":0}]',
    "B73 many attachments": '459999999-/_event,["event"]',
}


@pytest.mark.bad_input(["B71", "B72", "B73", "B75"])
@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_that_is_no_event_does_nothing(
    server: ServerProcess, boss: dict[str, str], name: str
) -> None:
    with opened(server, boss) as link:
        with suppress(ConnectionClosed):
            link.send(FRAMES[name])
        assert '"delta"' not in answers(link)


@pytest.mark.bad_input(["B72"])
def test_text_that_is_no_utf8_ends_the_connection(
    server: ServerProcess, boss: dict[str, str]
) -> None:
    with opened(server, boss) as link:
        link.send(b"\xff\xfe\xfd", text=True)
        assert '"delta"' not in answers(link)
        with pytest.raises(ConnectionClosed):
            link.recv(timeout=10)


NAMES = """_private __init__ __class__ x.y.z setvar set_value _reset reset
reflex.istate.shared.SharedState.x propapp___features.board.load""".split()


@pytest.mark.bad_input(["B74", "B81"])
@pytest.mark.parametrize("name", [*NAMES, "", "x" * 5000, "\u202e"])
def test_a_name_that_is_no_handler_runs_nothing(
    server: ServerProcess, boss: dict[str, str], name: str
) -> None:
    with opened(server, boss) as link:
        for called in (name, f"{STATE}.{name}"):
            say(link, called, var_name="x", value="<script>", vars={"__proto__": {"x": 1}})
        assert '"delta"' not in answers(link).replace('"delta":{}', "")


# A handler that writes, in the state that is behind the page of visits to look at again.
JUDGE = f"{STATE}.propapp___features___boards___state___looks____looks_state.judge"
VISIT = "01a22336-31f6-704a-9629-c2a81dd6dc7f"
ARGUMENTS: list[dict[str, Any]] = [
    {},
    {"form": None},
    {"form": 5},
    {"form": []},
    {"form": "x"},
    {"form": {}},
    {"form": {"visit_id": {}, "step": [], "note": None}},
    {"form": {"visit_id": "x" * 10_000, "step": "believe"}},
    {"form": {"visit_id": VISIT, "step": "__class__", "note": "\0"}},
    {"form": {"visit_id": VISIT, "step": "ask", "note": "n" * 100_000}},
    {"form": {"visit_id": VISIT, "step": "believe"}, "more": 1, "self": 2},
    {"form": {str(at): at for at in range(10_000)}},
    {"__proto__": {"x": 1}},
]


@pytest.mark.bad_input(["B75"])
@pytest.mark.parametrize("at", range(len(ARGUMENTS)))
def test_a_real_handler_with_wrong_arguments_writes_nothing(
    server: ServerProcess, boss: dict[str, str], at: int
) -> None:
    with opened(server, boss) as link:
        say(link, JUDGE, **ARGUMENTS[at])
        # It goes on listening, and to whatever is right.
        say(link, f"{STATE}.hydrate")
        assert '"is_hydrated' in answers(link)


def test_the_real_handler_is_there(server: ServerProcess, boss: dict[str, str]) -> None:
    with opened(server, boss) as link:
        say(link, JUDGE, form={"visit_id": VISIT, "step": "believe"})
        assert "not_found" in answers(link)


HOSTILE: list[Any] = [
    None,
    5,
    [],
    {"x": "y"},
    {f"{STATE}.is_hydrated": "<script>"},
    {f"{STATE}.router": {"session": {"client_token": "other"}}},
    {f"{STATE}.propapp___ui___guard____bound_session._session": "x"},
    {f"{STATE}.propapp___features___boards___state___looks____looks_state.looks": [{"x": 1}]},
    {"": "", "__proto__": {}, "a.b.c.__class__": "x"},
    {"x" * 10_000: "y" * 100_000},
]


@pytest.mark.bad_input(["B81"])
@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_what_a_browser_says_it_has_kept_changes_nothing(
    server: ServerProcess, boss: dict[str, str], at: int
) -> None:
    with opened(server, boss) as link:
        say(link, f"{STATE}.update_vars_internal", vars=HOSTILE[at])
        assert "<script>" not in answers(link)
        say(link, f"{STATE}.hydrate")
        said = answers(link)
        assert '"is_hydrated' in said
        assert "<script>" not in said


@pytest.mark.bad_input(["B81"])
@pytest.mark.parametrize(
    "locale",
    ["<script>", "../../etc/passwd", "zh-CN\x7f", "x" * 3000, "%00", "{{7*7}}"],
)
def test_a_language_that_is_none_is_not_spoken(
    server: ServerProcess, boss: dict[str, str], locale: str
) -> None:
    kept = {"Cookie": f"{boss['Cookie']}; locale={locale}"}
    refusal = httpx.get(f"{server.url}/api/v1/nothing", headers=kept)
    # Bytes that no header may have end the whole request.
    assert refusal.status_code == (400 if "\x7f" in locale else 404)
    assert locale not in refusal.text
    if refusal.status_code == 400:
        return
    assert refusal.json()["error"]["code"] == "not_found"
    assert httpx.get(f"{server.url}/api/v1/snapshot", headers=kept).status_code == 200
    with opened(server, kept) as link:
        say(link, f"{STATE}.hydrate")
        assert "<script>" not in heard(link)


@pytest.mark.bad_input(["B77"])
def test_a_flood_of_events_holds_nobody_up(server: ServerProcess, boss: dict[str, str]) -> None:
    with opened(server, cookie(a_session(server, Role.GUARD)), "flood") as link:
        with suppress(ConnectionClosed):
            for number in range(10_000):
                say(link, f"{STATE}.nothing", number=number)
        works(server, boss)


@pytest.mark.bad_input(["B77", "B78"])
def test_many_silent_sockets_hold_nobody_up(server: ServerProcess, boss: dict[str, str]) -> None:
    session = cookie(a_session(server, Role.GUARD))
    most = min(1000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 300)
    links: list[ClientConnection] = []
    try:
        with suppress(InvalidStatus, ConnectionClosed, TimeoutError):
            links.extend(
                connect(url(server, f"s{at}"), additional_headers=session) for at in range(most)
            )
        assert len(links) >= 100
        for link in links[:20]:
            # Each of these asks, and hears nothing of the answer.
            for _ in range(50):
                link.ping()
        works(server, boss)
    finally:
        for link in links:
            link.socket.close()


@pytest.mark.bad_input(["B78"])
def test_a_peer_that_answers_no_ping_is_let_go_and_one_that_does_is_not(
    server: ServerProcess, boss: dict[str, str]
) -> None:
    with opened(server, boss) as polite:
        silent = [opened(server, boss) for _ in range(20)]
        answered = 0
        while is_open(silent[0]):
            if polite.recv(timeout=60) == PING:
                polite.send(PONG)
                answered += 1
        assert answered > 1
        assert not any(is_open(link) for link in silent)
        say(polite, f"{STATE}.hydrate")
        assert '"delta"' in heard(polite)


def is_open(link: ClientConnection) -> bool:
    """Whether the server has not ended it; what it said meanwhile is passed over."""
    try:
        while True:
            link.recv(timeout=0.1)
    except TimeoutError:
        return True
    except ConnectionClosed:
        return False


@pytest.mark.bad_input(["B79"])
@pytest.mark.parametrize(
    "lines",
    [
        "Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ],
)
def test_an_upgrade_that_is_none(server: ServerProcess, boss: dict[str, str], lines: str) -> None:
    asked = "GET /_event/?EIO=4&transport=websocket HTTP/1.1"
    head = f"{asked}\r\nHost: x\r\nCookie: {boss['Cookie']}\r\n"
    with plain.create_connection(("127.0.0.1", server.port), timeout=5) as link:
        link.sendall(f"{head}Upgrade: websocket\r\nConnection: Upgrade\r\n{lines}\r\n\r\n".encode())
        said = link.recv(4096)
    assert not said or 400 <= int(said.split(b" ")[1]) < 500, said


@pytest.mark.bad_input(["B79"])
def test_a_frame_that_unpacks_to_very_much(server: ServerProcess, boss: dict[str, str]) -> None:
    with opened(server, boss) as link, suppress(ConnectionClosed):
        link.send("42/_event," + " " * 20_000_000)
        answers(link)


@pytest.mark.bad_input(["B80"])
def test_gone_while_the_handler_runs_and_back_twice(
    server: ServerProcess, boss: dict[str, str]
) -> None:
    for _ in range(10):
        link = opened(server, boss, "again")
        say(link, f"{STATE}.hydrate")
        link.socket.close()
    with opened(server, boss, "again") as one, opened(server, boss, "again") as other:
        say(one, f"{STATE}.hydrate")
        say(other, f"{STATE}.hydrate")
        assert '"delta"' in answers(one) + answers(other)


@pytest.mark.bad_input(["B82"])
@pytest.mark.parametrize("name", ["", "file", "files[]", "__proto__", "x" * 5000, "a\0b"])
def test_a_file_under_a_wrong_name_is_not_taken(
    server: ServerProcess, boss: dict[str, str], name: str
) -> None:
    sent = [(name, ("a.jpg", b"x", "image/jpeg"))]
    answer = httpx.post(f"{server.url}/_upload", files=sent, headers=boss, timeout=20)
    assert 400 <= answer.status_code < 500, answer.text


@pytest.mark.bad_input(["B82"])
@pytest.mark.parametrize(
    "path", ["/_upload", "/api/v1/operations", f"/api/v1/sheets?kind=shifts&site={VISIT}"]
)
def test_a_stream_without_an_end_is_cut_off(
    server: ServerProcess, boss: dict[str, str], path: str
) -> None:
    most, sent = 300_000_000, 0
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nCookie: {boss['Cookie']}\r\n"
    head += "Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    with plain.create_connection(("127.0.0.1", server.port), timeout=20) as link:
        link.sendall(head.encode())
        with suppress(OSError):
            while sent < most and not select.select([link], [], [], 0)[0]:
                link.sendall(piece)
                sent += len(piece)
        assert sent < most
        with suppress(OSError):
            said = link.recv(4096)
            assert not said or 400 <= int(said.split(b" ")[1]) < 500, said


@pytest.mark.bad_input(["B82"])
@pytest.mark.parametrize("files", [0, 1, 1000])
def test_no_page_takes_files_this_way(
    server: ServerProcess, boss: dict[str, str], files: int
) -> None:
    sent = [("files", (f"{at}.jpg", b"x", "image/jpeg")) for at in range(files)]
    answer = httpx.post(f"{server.url}/_upload", files=sent or None, headers=boss, timeout=20)
    assert 400 <= answer.status_code < 500, answer.text
