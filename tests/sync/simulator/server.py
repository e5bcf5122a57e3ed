"""The server of the simulator: the product's rules behind a pipe, one line in, one line out.

A line holds what many schedules ask, each of a server of its own. They wait for their answers, so
nothing here needs a clock or a thread, and a seed tells the same story again.
"""

from __future__ import annotations

import gc
import json
import logging
import os
from base64 import b64decode
from collections import defaultdict
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

from propapp.api.photos import Have, refuse_misfit, standing
from propapp.api.problems import shape
from propapp.api.reading import parse
from propapp.api.sync import SERVER, batch_of, result
from propapp.core.access import Actor
from propapp.core.errors import (
    Busy,
    PropappError,
    RequestTooLarge,
    SignInNeeded,
    WrongOffset,
    WrongPerson,
)
from propapp.core.stores import PhotoStore
from propapp.core.sync.apply import apply_to
from propapp.core.sync.devices import Hello
from propapp.core.sync.envelope import MAX_BYTES, MAX_OPERATIONS
from propapp.core.sync.losses import own_device
from propapp.features.photos.deliveries import Chunk, Intake, delivered, progress, repair, take
from tests.sync.simulator.house import (
    Died,
    House,
    MemoryRegister,
    MemoryStore,
    books_of,
    photo_news,
    told_of,
)
from tests.sync.simulator.orders import direct

LOCALE = "en"
Said = dict[str, Any]


def serve(reading: int, writing: int) -> None:
    """Answer each line until the other end is closed."""
    lanes: defaultdict[int, Server] = defaultdict(Server)
    logging.disable(logging.CRITICAL)
    # Houses are thrown away whole; looking for their rings a hundred times a second is dear.
    patience = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        with os.fdopen(reading, "rb") as lines, os.fdopen(writing, "wb") as out:
            for line in lines:
                answers = [lanes[lane].do(order) for lane, order in json.loads(line)]
                out.write(json.dumps(answers).encode() + b"\n")
                out.flush()
    finally:
        gc.set_threshold(*patience)
        logging.disable(logging.NOTSET)


class Server:
    """Answers what the phones of one schedule ask, and does what the schedule orders."""

    def __init__(self) -> None:
        self.house = House(0, 1000)

    def do(self, order: Said) -> Said:
        """One order, and what it changed for good as news."""
        said: Said = getattr(self, f"_{order.pop('do')}")(**order)
        news, self.house.news = self.house.news, []
        return {**said, "news": news}

    def _begin(self, seed: int, chunk: int) -> Said:
        self.house = House(seed, chunk)
        return {}

    def _weather(self, **rates: float) -> Said:
        self.house.weather = rates
        return {}

    def _unreadable(self, sha256: str) -> Said:
        self.house.unreadable.add(sha256)
        return {}

    def _back_up(self) -> Said:
        self.house.backup = self.house.kept.copy()
        return {}

    def _restore(self) -> Said:
        """What an operator does after a disaster: the old state, under a new epoch."""
        house = self.house
        assert house.backup is not None
        house.kept, house.epoch = house.backup.copy(), house.epoch + 1
        house.news.append(["restored"])
        house.news += [["op", *told_of(op)] for op in house.kept.ops.values()]
        house.news += [photo_news(house, row) for row in house.kept.rows.values()]
        house.news += [["step", *step] for step in house.kept.steps]
        return {}

    def _office(self, verb: str, order_id: str, person: str) -> Said:
        """The office does something with an order; what the order does not allow is not done."""
        direct(self.house.kept, verb, UUID(order_id), UUID(person), self.house.news)
        return {}

    def _request(self, now: float, person: str, path: str, **asked: Any) -> Said:
        """One request; a process that died answers nothing, and the next one puts in order."""
        self.house.clock.set(datetime.fromtimestamp(now / 1000, UTC))
        try:
            return self._answer(person, path, **asked)
        except Died:
            self._start_again()
            return {"status": 0}

    def _answer(self, person: str, path: str, headers: dict[str, str], **asked: Any) -> Said:
        try:
            actor = _signed_in(person, headers)
            if "bytes" in asked:
                return self._put(actor, path, headers, b64decode(asked["bytes"]))
            questions = {"hello": self._hello, "operations": self._operations}
            return questions.get(path, self._have)(actor, asked["text"])
        except WrongOffset as wrong:
            return _refused(wrong, offset=int(wrong.facts["offset"]))
        except PropappError as refusal:
            return _refused(refusal)
        except Exception:  # noqa: BLE001 - as the real one: a 5xx, and it comes again
            return _refused(Busy())

    def _hello(self, actor: Actor, text: str) -> Said:
        hello = parse(Hello, text.encode())
        key = own_device(actor.person_id, hello.device_id)
        seqs = [seq for device, seq in self.house.kept.seqs if device == key]
        self.house.news.append(["greeted", str(hello.device_id)])
        self.house.news += [["lost", str(lost.device_id)] for lost in hello.lost]
        return _said(
            epoch=str(UUID(int=self.house.epoch)),
            server_time=self.house.clock.now().isoformat(),
            last_seq=max(seqs, default=0),
            person_id=str(actor.person_id),
            limits={"operations": MAX_OPERATIONS, "bytes": MAX_BYTES, "chunk": self.house.chunk},
        )

    def _operations(self, actor: Actor, text: str) -> Said:
        if len(text.encode()) > MAX_BYTES:
            raise RequestTooLarge(limit=MAX_BYTES)
        batch = batch_of(text.encode())
        books = partial(books_of, self.house, actor, batch.device_id)
        answers = [apply_to(books, one, pause=lambda _: None) for one in batch.operations]
        named = {sha256 for answer in answers for sha256 in answer.photos}
        here = delivered(self._intake(), actor.person_id, named)
        return _said(results=[result(answer, here, LOCALE) for answer in answers])

    def _have(self, actor: Actor, text: str) -> Said:
        digests = [photo.sha256 for photo in parse(Have, text.encode()).photos]
        found = progress(self._intake(), actor.person_id, digests)
        return _said(photos=[standing(one, LOCALE) for one in found])

    def _put(self, actor: Actor, path: str, headers: dict[str, str], data: bytes) -> Said:
        if len(data) > self.house.chunk:
            raise RequestTooLarge(limit=self.house.chunk)
        offset, length = int(headers["Upload-Offset"]), int(headers["Upload-Length"])
        chunk = Chunk(path.removeprefix("photos/"), offset, length, data)
        refuse_misfit(chunk, headers.get("Repr-Digest", ""))
        taken = take(self._intake(), actor.person_id, chunk)
        if taken.complete:
            return {"status": 201, "json": {"offset": taken.offset, "complete": True}}
        return {"status": 200, "json": {"offset": taken.offset}}

    def _intake(self) -> Intake:
        return Intake(MemoryRegister(self.house), cast("PhotoStore", MemoryStore(self.house)))

    def _start_again(self) -> None:
        """What a new process does about deliveries that lack only their end."""
        troubles, self.house.weather = self.house.weather, {}
        for row in list(self.house.kept.rows.values()):
            if row.stored_at is None and not row.refused:
                repair(self._intake(), row.person_id, row.sha256, row.size)
        self.house.weather = troubles


def _signed_in(person: str, headers: dict[str, str]) -> Actor:
    if not person:
        raise SignInNeeded
    if headers.get("X-Propapp-Person", person) != person:
        raise WrongPerson
    return Actor(UUID(person), "")


def _said(**content: Any) -> Said:
    return {"status": 200, "json": {"server": SERVER, **content}}


def _refused(error: PropappError, **more: Any) -> Said:
    return {"status": error.status, "json": {"error": shape(error, LOCALE), **more}}
