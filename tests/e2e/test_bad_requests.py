"""Bytes that are no proper HTTP, sent to a real server over a bare socket."""

from __future__ import annotations

import socket
import time

import pytest

from propapp.core.access import Role
from tests.e2e.sessions import a_session, cookie
from tests.serving import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("stays_light")]

SECONDS = 20


def exchange(server: ServerProcess, raw: bytes, *, patience: float = 5) -> bytes:
    """What the server says to these bytes; nothing when it only hangs up or waits."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=patience) as link:
        said = b""
        try:
            link.sendall(raw)
            while part := link.recv(65536):
                said += part
        except OSError:
            return said
        return said


def status(answer: bytes) -> int:
    """The status of an answer; 0 is a connection that was closed without one."""
    return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/1.") else 0


def request(server: ServerProcess, *lines: str, body: bytes = b"", method: str = "POST") -> bytes:
    """A request to the operations call of somebody who is signed in."""
    session = cookie(a_session(server, Role.GUARD))["Cookie"]
    head = [f"{method} /api/v1/operations HTTP/1.1", "Host: x", f"Cookie: {session}", *lines]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1") + body


def still_well(server: ServerProcess) -> None:
    """The server answers others as before."""
    began = time.monotonic()
    answer = exchange(
        server, b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    assert status(answer) == 200
    assert time.monotonic() - began < SECONDS


MESSAGES: dict[str, tuple[tuple[str, ...], bytes]] = {
    "B56 less than said": (("Content-Length: 100",), b"{}"),
    "B56 more than said": (("Content-Length: 1",), b"{}GET /evil HTTP/1.1\r\n\r\n"),
    "B56 both": (
        ("Content-Length: 3", "Transfer-Encoding: chunked"),
        b"0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    ),
    "B56 two lengths": (("Content-Length: 1", "Content-Length: 2"), b"{}"),
    "B56 no end": (("Transfer-Encoding: chunked",), b"5\r\n{}"),
    "B56 bad chunk": (("Transfer-Encoding: chunked",), b"zz\r\n{}\r\n0\r\n\r\n"),
    "B26 negative": (("Content-Length: -1",), b""),
    "B26 beyond all": ((f"Content-Length: {2**63}",), b""),
    "B59 expect": (("Expect: 100-continue", "Content-Length: 2"), b"{}"),
    "B59 64 kB header": (("X-Long: " + "x" * 65_536, "Content-Length: 2"), b"{}"),
    "B59 1000 headers": ((*(f"X-{at}: 1" for at in range(1000)), "Content-Length: 2"), b"{}"),
    "B59 bad header": (("X\0Y: 1", "Content-Length: 2"), b"{}"),
    "B28 name with NUL": (
        ('Content-Disposition: attachment; filename="a\0.jpg"', "Content-Length: 2"),
        b"{}",
    ),
    "B28 name over two lines": (
        (
            'Content-Disposition: attachment; filename="a\r\nX-Evil: 1\r\n .jpg"',
            "Content-Length: 2",
        ),
        b"{}",
    ),
    "B63 multipart": (
        ("Content-Type: multipart/form-data; boundary=x", "Content-Length: 50000"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1000)[:50_000],
    ),
}


@pytest.mark.bad_input(["B26", "B28", "B56", "B59", "B63"])
@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_that_is_none_is_refused_or_dropped(server: ServerProcess, name: str) -> None:
    lines, body = MESSAGES[name]
    answer = exchange(server, request(server, *lines, body=body), patience=2)
    # The inner 100 is a permission to go on, not an answer.
    final = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert status(final) == 0 or 400 <= status(final) < 500, final[:300]
    assert b"/evil" not in answer
    assert b"x-evil" not in answer.lower()
    still_well(server)


@pytest.mark.bad_input(["B57"])
def test_those_who_speak_slowly_hold_nobody_up(server: ServerProcess) -> None:
    links = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(60)]
    try:
        for at, link in enumerate(links):
            slow_body = request(server, "Content-Length: 1000")
            link.sendall(slow_body + b"{" if at % 2 else b"POST /api/v1/hello HT")
        still_well(server)
    finally:
        for link in links:
            link.close()
    still_well(server)


@pytest.mark.bad_input(["B54"])
@pytest.mark.parametrize(
    "path", ["//api/v1/hello", "/api/v1/%2e%2e/%2e%2e/etc/passwd", "/%00", "/api/v1/\xff", "/..;/x"]
)
def test_a_strange_path_opens_nothing(server: ServerProcess, path: str) -> None:
    raw = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answer = exchange(server, raw.encode("latin-1"))
    assert status(answer) == 0 or 400 <= status(answer) < 500, answer[:200]
    assert b"root:" not in answer
    still_well(server)
