"""Hostile input to a real server process: what it weighs, how long it takes, never a 5xx."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from propapp.core.db.engine import engine
from propapp.core.ids import uuid7
from tests.api.pictures import CHUNK, digest
from tests.api.strange_pictures import STRANGE, damaged
from tests.api.test_bad_bodies import TEXTS, TIMES
from tests.api.test_operations import BAD_FIELDS, RAW, a_batch, an_operation
from tests.api.test_photos import NO_PICTURES, PICTURES
from tests.reliability import SOAK, record
from tests.sync.field import signed_in
from tests.sync.nursery import Nursery
from tests.sync.phones import envelope
from tests.weight import MEGABYTE, MOST, Weight, members, spent, weighed
from tests.world import a_world

# Seconds until an answer, at most. Load makes an answer late and no dearer: each may use so much of
# a processor, and the swiftest of some tries may take so long, or longer by as much as others hold
# up a loop in here.
SECONDS = 3
TRIES = 3


@dataclass
class Scales:
    """Sends requests, and knows the answers, and the slowest and the dearest of them."""

    client: httpx.Client
    group: int
    slowest: tuple[float, str] = (0.0, "")
    dearest: tuple[float, str] = (0.0, "")
    statuses: dict[str, int] = field(default_factory=dict)

    def send(self, name: str, method: str, path: str, **content: Any) -> int:
        """One request; a connection that is dropped counts as refused, with 0."""
        began, worked = time.monotonic(), spent(self.group)
        try:
            status = self.client.request(method, f"/api/v1/{path}", **content).status_code
        except httpx.TimeoutException:
            raise
        except httpx.TransportError:
            status = 0
        self.slowest = max(self.slowest, (time.monotonic() - began, name))
        self.dearest = max(self.dearest, (spent(self.group) - worked, name))
        self.statuses[name] = max(status, self.statuses.get(name, 0))
        return status

    def ask(self, name: str, method: str, path: str, content: dict[str, Any], _: bytes) -> None:
        """The same again."""
        self.send(name, method, path, **content)

    def photo(self, name: str, data: bytes, more: bytes = b"") -> None:
        """A whole photo in its chunks, as far as it goes; with more behind it it is another one."""
        data += more
        for offset in range(0, max(1, len(data)), CHUNK):
            chunk = data[offset : offset + CHUNK]
            said = {"Upload-Offset": str(offset), "Upload-Length": str(len(data))}
            said["Repr-Digest"] = digest(chunk)
            if self.send(name, "PUT", f"photos/{digest(data)}", content=chunk, headers=said) != 200:
                return

    def swiftly(self, ask: Callable[[bytes], object]) -> None:
        """Ask again what came late; ``ask`` is told what to add to make it another question."""
        before = self.slowest
        for again in range(TRIES):
            self.slowest = (0.0, "")
            ask(bytes(again))
            if self.slowest[0] <= SECONDS or self.slowest[0] <= SECONDS * held_up():
                break
        else:
            pytest.fail(f"too late {TRIES} times: {self.slowest}")
        self.slowest = max(before, self.slowest)
        assert self.dearest[0] <= SECONDS, self.dearest


def held_up() -> float:
    """How many times longer something takes here now than if nobody else worked."""
    began, worked = time.monotonic(), time.process_time()
    while time.process_time() - worked < 0.2:
        pass
    return (time.monotonic() - began) / 0.2


@pytest.fixture
def scales(database: Path) -> Iterator[tuple[Scales, Weight]]:
    """A server that has done an ordinary thing once, so that all of it is loaded."""
    headers = signed_in(a_world().actor("guard"))
    engine().dispose()
    with (
        Nursery(database) as nursery,
        httpx.Client(base_url=nursery.url, headers=headers, timeout=60) as client,
    ):
        nursery.start()
        made = Scales(client, nursery.pid)
        made.photo("ordinary", next(iter(PICTURES.values())))
        assert made.statuses == {"ordinary": 201}
        assert len(list(members(nursery.pid))) > 1, "the helper for pictures is not weighed"
        with weighed(nursery.pid) as weight:
            yield made, weight
        assert client.get("/api/v1/health").status_code == 200


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every strange picture that the tests know, the heaviest among them."""
    yield from ((name, make()) for name, (make, _) in STRANGE.items())
    yield from ((name, data) for name, (data, _) in NO_PICTURES.items())
    yield from PICTURES.items()
    yield from ((f"damaged {seed}", damaged(seed)) for seed in range(12))


def requests() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Name, method, path and content of what is no request, or says strange things."""
    for name, raw in RAW.items():
        zipped = {"Content-Encoding": "gzip"} if name == "zipped" else {}
        for path in ("hello", "operations", "photos/have"):
            yield name, "POST", path, {"content": raw, "headers": zipped}
    for changes in BAD_FIELDS:
        yield str(changes), "POST", "operations", {"json": a_batch(an_operation(**changes))}
    for said in (*TIMES, *TEXTS.values(), "[" * 5000, "x" * 100_000, "x" * 10 * MEGABYTE):
        made = envelope("round.finish", seq=1, thread=uuid7(), n=1, body=json.dumps({"note": said}))
        yield said[:20], "POST", "operations", {"json": a_batch(made, device=str(uuid7()))}
    keys = json.dumps({str(at): at for at in range(1_000_000)}).encode()
    yield "a million keys", "POST", "operations", {"content": keys}
    parts = {f"part{at}": (None, b"x") for at in range(10_000)}
    yield "ten thousand parts", "POST", "sign-in", {"files": parts}
    yield "ten thousand fields", "POST", "sign-in", {"content": b"a=1&" * 10_000}
    many = [an_operation() for _ in range(10_000)]
    yield "ten thousand operations", "POST", "operations", {"json": a_batch(*many)}


@pytest.mark.timeout(SOAK)
def test_hostile_input_weighs_little(
    scales: tuple[Scales, Weight], request: pytest.FixtureRequest
) -> None:
    sender, weight = scales
    what = "Hostile pictures and requests to a real process: its weight and its time"
    with record(request, what, "I10", "F69 F70", 0, "inputs") as entry:
        for name, data in pictures():
            sender.swiftly(partial(sender.photo, name, data))
        for name, method, path, content in requests():
            sender.swiftly(partial(sender.ask, name, method, path, content))
        grown = weight.grown
        assert not {name: status for name, status in sender.statuses.items() if status >= 500}
        assert grown < MOST
        entry["runs"] = len(sender.statuses)
        (seconds, name), (work, what) = sender.slowest, sender.dearest
        entry["note"] = (
            f"{grown / MEGABYTE:.0f} MB over the base at most; "
            f"the slowest answer took {seconds:.1f} s ({name}), "
            f"the dearest {work:.1f} s of a processor ({what})"
        )
