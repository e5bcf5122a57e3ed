"""A server that was forked cannot be told from one whose interpreter imported everything itself."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests import forked
from tests.forked import lives
from tests.serving import ServerProcess
from tests.weight import members

Serve = Callable[..., ServerProcess]
ADDRESSES = ("/", "/ping", "/api/v1/about", "/api/v1/health", "/api/v1/nothing", "/sw.js")


def belongings(server: ServerProcess) -> list[str]:
    """Of each process: its session, folder, threads and open files."""
    return sorted(_of_process(number, server) for number in members(server.group))


def _of_process(number: int, server: ServerProcess) -> str:
    process = Path(f"/proc/{number}")
    session = "its own session" if os.getsid(number) == server.group else "another session"
    # A pool has as many threads as were wanted at once: of each kind there is one, or are several.
    names = Counter(_names(process / "task"))
    threads = sorted((name, min(many, 2)) for name, many in names.items())
    files = Counter(_kinds(process / "fd", server.data))
    # The database is open once for each connection, as many as happened to be wanted at once.
    files.subtract({name: files[name] - 1 for name in files if name.startswith("data/propapp.db")})
    folder = (process / "cwd").readlink()
    return f"{session}, in {folder}, threads {threads}, {sorted(files.items())}"


def _names(folder: Path) -> Iterator[str]:
    """What each thread is called."""
    for thread in folder.iterdir():
        # One that ends while it is being looked at has no name any more, or no process.
        with suppress(FileNotFoundError, ProcessLookupError):
            yield (thread / "comm").read_text().strip()


def _kinds(folder: Path, data: Path) -> Iterator[str]:
    """Each open file, of the data by its name there; pipes and sockets are one like the other."""
    for file in folder.iterdir():
        # A server at work closes files while they are being looked at.
        with suppress(FileNotFoundError):
            yield re.sub(r"\[\d+\]$", "", str(file.readlink()).replace(str(data), "data"))


def answers(server: ServerProcess) -> list[tuple[int, dict[str, str], bytes]]:
    """Status, headers and content of some addresses, as a page of the server asks for them."""
    said: list[tuple[int, dict[str, str], bytes]] = []
    with httpx.Client(base_url=server.url, headers={"Origin": server.url}) as client:
        for answer in map(client.get, ADDRESSES):
            headers = {
                name: value.replace(server.url, "here") for name, value in answer.headers.items()
            }
            headers.pop("date", None)
            said.append((answer.status_code, headers, answer.content))
    return said


def test_a_forked_server_is_like_a_fresh_one(serve: Serve) -> None:
    fresh, quick = serve(fresh=True), serve()
    assert answers(quick) == answers(fresh)
    # Both have told where they are and done their first round in the house.
    deadline = time.monotonic() + 30
    while belongings(quick) != belongings(fresh) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert belongings(quick) == belongings(fresh)
    quick.stop()
    fresh.stop()
    assert _without_names(quick) == _without_names(fresh)


def _without_names(server: ServerProcess) -> str:
    return server.log.replace(server.url, "").replace(str(server.data), "")


def test_what_was_imported_under_another_environment_is_not_served(
    serve: Serve,
) -> None:
    with pytest.raises(
        RuntimeError, match=r"Imported under another environment.*REFLEX_STATE_SIZE_LIMIT"
    ):
        serve(env={"REFLEX_STATE_SIZE_LIMIT": "9"})


def test_a_child_is_waited_for_by_those_who_did_not_bear_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = forked.bear(
        lives.fresh_command_line, {"options": ["--help"]}, env=dict(os.environ), log=log
    )
    assert child.has_ended_within(30)
    assert "Usage: " in log.read_text()
    child.signal(9)
