"""The n-th file call fails, for every n: a code, nothing half, and then all is well."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from propapp.core.db.engine import read_session
from propapp.core.stores import Form, durable, photo_store
from propapp.features.photos.models import Photo
from tests.api.pictures import CHUNK, a_picture, digest, have, put
from tests.disks import small_disk
from tests.faults.files import WAYS, FileFaults
from tests.reliability import record

DATA = a_picture(900, 700, quality=90)
MOST = 80
# What the photo path asks of the file system, by the name that it calls.
CALLS: list[tuple[Any, str]] = [
    (os, "fsync"),
    (os, "open"),
    (os, "ftruncate"),
    (durable.fcntl, "flock"),
    (Path, "open"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "mkdir"),
    (Path, "stat"),
]


def faults_at(at: int, code: int, *, lasting: bool) -> FileFaults:
    """The store of photos goes bad at this call."""
    return FileFaults(at, code, lasting=lasting, calls=CALLS, touches=in_the_store)


def in_the_store(given: tuple[Any, ...]) -> bool:
    return any("photos" in str(one) for one in given) or isinstance(given[0], int)


def send(client: TestClient, data: bytes, start: int = 0) -> Any:
    """Chunk by chunk as far as it goes; the last answer."""
    answer = None
    for offset in range(min(start, len(data) - 1), len(data), CHUNK):
        chunk = data[offset : offset + CHUNK]
        answer = put(client, digest(data), chunk, offset=offset, length=len(data))
        if answer.status_code not in {200, 201}:
            break
    return answer


def is_honest(answer: Any) -> None:
    """Done, or a failure of the server's with a code and a sentence."""
    if answer.status_code != 201:
        assert answer.status_code in {500, 503, 507}, answer.text
        assert answer.json()["error"]["code"] in {"unexpected", "busy", "no_space"}
        assert answer.json()["error"]["message"]


def goes_through_afterwards(client: TestClient, data: bytes) -> None:
    """Nothing is half there, and the same bytes are taken."""
    with read_session() as session:
        row = session.get(Photo, digest(data))
    if row is not None or photo_store().holds(digest(data)):
        assert photo_store().file(digest(data), Form.ORIGINAL).read_bytes() == data
    standing = have(client, data)[0]
    assert standing["status"] in {"missing", "partial", "have"}
    assert send(client, data, standing["offset"]).status_code == 201
    assert have(client, data)[0]["status"] == "have"
    assert photo_store().file(digest(data), Form.ORIGINAL).read_bytes() == data


@WAYS
def test_every_file_call_may_fail(
    guard: TestClient, code: int, request: pytest.FixtureRequest, *, lasting: bool
) -> None:
    what = "The n-th file call of a photo fails, for every n, once and for ever"
    send(guard, DATA)
    with record(request, what, "I1 I3 I6", "F50 F52 F54", 0, "faults") as entry:
        for at in range(1, MOST):
            data, faults = DATA + bytes([at]), faults_at(at, code, lasting=lasting)
            with faults.at_work():
                answer = send(guard, data)
            if faults.out_of_reach:
                break
            is_honest(answer)
            goes_through_afterwards(guard, data)
            entry["runs"] = at
        assert 10 < entry["runs"] < MOST - 1


def test_a_really_full_disk_is_said_and_heals(
    guard: TestClient, database: Path, request: pytest.FixtureRequest
) -> None:
    store = photo_store().folder  # type: ignore[attr-defined]
    store.mkdir(parents=True, exist_ok=True)
    with (
        record(
            request, "A file system that is really full", "I1 I3 I6", "F50", 1, "disks"
        ) as entry,
        small_disk(store, len(DATA) * 8),
    ):
        entry["note"] = "a tmpfs of a few hundred kilobytes"
        (store / "filler").write_bytes(bytes(len(DATA) * 5))
        answers = [send(guard, DATA + bytes([at])) for at in range(4)]
        assert [answer.status_code for answer in answers][-1] == 507
        assert answers[-1].json()["error"]["code"] == "no_space"
        for at, answer in enumerate(answers):
            assert answer.status_code in {201, 507}
            sent = answer.status_code == 201
            assert (have(guard, DATA + bytes([at]))[0]["status"] == "have") is sent
        full = DATA + bytes([3])
        (store / "filler").unlink()
        goes_through_afterwards(guard, full)
