"""The house in memory: books, register and photo store whose every call can go wrong.

What decides is the product's own code (``settle``, ``apply_to``, ``deliveries``); only what
keeps things is replaced, and it keeps them as a database and a disk do: a transaction is all or
nothing, bytes that were appended are there when the process dies after it.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from sqlalchemy.exc import OperationalError

from propapp.core import strict_json
from propapp.core.access import Actor
from propapp.core.clock import FixedClock
from propapp.core.errors import NoSpace, PhotoDigest, PhotoUnreadable, WrongOffset, WrongStep
from propapp.core.stores import Picture
from propapp.core.sync.books import entered
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.losses import own_device
from propapp.core.sync.models import Device, Operation
from propapp.core.sync.settle import Collided
from propapp.core.sync.upcast import known
from propapp.features.photos.models import PhotoPart
from tests.sync.simulator.orders import Order, Told, stepped, tell_step

START = datetime(2026, 3, 2, 20, tzinfo=UTC)
Part = tuple[UUID, str]


class Died(BaseException):
    """The process is gone between two steps: nothing after it happens, nobody catches it."""


@dataclass
class Kept:
    """All that outlives a process, and what a backup is a copy of."""

    ops: dict[UUID, Operation] = field(default_factory=dict[UUID, Operation])
    seqs: dict[tuple[UUID, int], UUID] = field(default_factory=dict[tuple[UUID, int], UUID])
    threads: dict[tuple[UUID, UUID], dict[int, UUID]] = field(
        default_factory=dict[tuple[UUID, UUID], dict[int, UUID]]
    )
    devices: dict[UUID, Device] = field(default_factory=dict[UUID, Device])
    seconds: set[tuple[UUID, str]] = field(default_factory=set[tuple[UUID, str]])
    rows: dict[Part, PhotoPart] = field(default_factory=dict[Part, PhotoPart])
    parts: dict[Part, bytes] = field(default_factory=dict[Part, bytes])
    originals: dict[str, bytes] = field(default_factory=dict[str, bytes])
    orders: dict[UUID, Order] = field(default_factory=dict[UUID, Order])
    steps: list[Told] = field(default_factory=list[Told])

    def copy(self) -> Kept:
        """As it is now; rows are replaced and never changed once they are in here."""
        threads = {key: dict(numbers) for key, numbers in self.threads.items()}
        return Kept(
            dict(self.ops), dict(self.seqs), threads, dict(self.devices), set(self.seconds),
            dict(self.rows), dict(self.parts), dict(self.originals),
            dict(self.orders), list(self.steps),
        )  # fmt: skip


@dataclass
class House:
    """One server, its troubles, and what the simulator is told of each change."""

    seed: int
    chunk: int
    clock: FixedClock = field(default_factory=lambda: FixedClock(START))
    kept: Kept = field(default_factory=Kept)
    weather: dict[str, float] = field(default_factory=dict[str, float])
    unreadable: set[str] = field(default_factory=set[str])
    news: list[list[Any]] = field(default_factory=list[list[Any]])
    backup: Kept | None = None
    epoch: int = 1
    collisions: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def pass_by(self, place: str = "") -> None:
        """Whatever may happen at any step; ``place`` names what only happens there."""
        if self._strikes("dies"):
            raise Died
        if place == "database" and self._strikes("locked"):
            raise OperationalError("a statement", None, Exception("database is locked"))
        if place == "database" and self._strikes("bug"):
            raise RuntimeError("a bug")
        # Seen afresh the same row is there: nobody collides again and again with the same.
        if place == "database" and self.collisions < 2 and self._strikes("collides"):
            self.collisions += 1
            raise Collided
        if place == "disk" and self._strikes("full"):
            raise NoSpace

    def _strikes(self, trouble: str) -> bool:
        rate = self.weather.get(trouble, 0)
        return rate > 0 and self.chance.random() < rate


@dataclass
class MemoryBooks:
    """One transaction: what it wrote is added to what is kept when it ends well."""

    house: House
    actor: Actor
    device: Device
    operation: Operation | None = None
    second: tuple[UUID, str] | None = None
    order: Order | None = None

    @property
    def author_left(self) -> bool:
        """Nobody leaves in the simulator."""
        return self.actor.left

    def enter(self, envelope: Envelope) -> Operation | None:
        """Refused by the same three keys as the table's."""
        self.house.pass_by("database")
        kept, device_id = self.house.kept, self.device.id
        numbers = kept.threads.get((device_id, envelope.thread_id), {})
        taken = envelope.n in numbers or (device_id, envelope.seq) in kept.seqs
        if taken or envelope.id in kept.ops:
            return None
        columns = entered(envelope, self.actor, self.house.clock.now(), self.device)
        # The rules ask no more of a row than its names, and a table's own costs more than they do.
        self.operation = cast("Operation", SimpleNamespace(**columns))
        return self.operation

    def stored(self, operation_id: UUID) -> Operation | None:
        """What is here under this id."""
        self.house.pass_by("database")
        return self.house.kept.ops.get(operation_id)

    def is_own(self, operation: Operation) -> bool:
        """Whether the sender did it."""
        return operation.person_id == self.actor.person_id

    def last_before(self, operation: Operation) -> int:
        """The highest number below this one's in its thread."""
        self.house.pass_by("database")
        numbers = self.house.kept.threads.get((operation.device_id, operation.thread_id), {})
        return max((n for n in numbers if n < operation.n), default=0)

    def perform(self, operation: Operation) -> None:
        """The deed of the simulator: it is refused where it says so itself."""
        self.house.pass_by("database")
        known(operation.kind, operation.version)
        if operation.kind.startswith("order."):
            orders, verb = self.house.kept.orders, operation.kind.removeprefix("order.")
            self.order = stepped(orders.get(operation.thread_id), verb, self.actor.person_id)
        if strict_json.loads(operation.body)["refuse"]:
            raise WrongStep(verb="visit", status="sealed")

    def keep_second(self, envelope: Envelope, *, reason: str) -> None:
        """Each content once."""
        self.house.pass_by("database")
        self.second = (envelope.id, envelope.body_sha256)
        self.house.news.append(["conflict", str(envelope.id), reason])


@contextmanager
def books_of(house: House, actor: Actor, device_id: UUID) -> Generator[MemoryBooks]:
    """Books that are committed at the end, unless something goes wrong before it."""
    key = own_device(actor.person_id, device_id)
    device = house.kept.devices.get(key) or _device(key, actor, house)
    books = MemoryBooks(house, actor, device)
    yield books
    house.pass_by("database")
    _commit(books)
    house.pass_by()


def _device(key: UUID, actor: Actor, house: House) -> Device:
    now = house.clock.now()
    return Device(id=key, person_id=actor.person_id, first_seen_at=now, last_hello_at=now)


def _commit(books: MemoryBooks) -> None:
    house, operation = books.house, books.operation
    kept, house.collisions = house.kept, 0
    kept.devices[books.device.id] = books.device
    if books.second:
        kept.seconds.add(books.second)
    if operation is None:
        return
    # The keys are the authority, whatever the rules above them believed.
    numbers = kept.threads.setdefault((operation.device_id, operation.thread_id), {})
    doubled = operation.id in kept.ops or operation.n in numbers
    if doubled or (operation.device_id, operation.seq) in kept.seqs:
        raise Collided
    kept.ops[operation.id] = operation
    kept.seqs[operation.device_id, operation.seq] = operation.id
    numbers[operation.n] = operation.id
    house.news.append(["op", *told_of(operation)])
    if operation.kind.startswith("order."):
        _commit_step(kept, operation, books.order, house.news)


def _commit_step(
    kept: Kept, operation: Operation, order: Order | None, news: list[list[Any]]
) -> None:
    if order is not None:
        kept.orders[operation.thread_id] = order
    verb, person_id = operation.kind.removeprefix("order."), operation.person_id
    tell_step(kept, operation.thread_id, verb, person_id, taken=order is not None, news=news)


def told_of(operation: Operation) -> list[Any]:
    """What the checks want to know of an operation."""
    return [
        str(operation.id),
        operation.body,
        operation.status.value,
        str(operation.person_id),
        str(operation.thread_id),
        operation.n,
        str(operation.device_id),
    ]


@dataclass
class MemoryRegister:
    """The rows of deliveries; each call a transaction of its own."""

    house: House

    def parts(self, person_id: UUID, digests: Collection[str]) -> Mapping[str, PhotoPart]:
        """The person's own deliveries."""
        self.house.pass_by("database")
        rows = self.house.kept.rows
        return {sha: rows[person_id, sha] for sha in digests if (person_id, sha) in rows}

    def unfinished(self, person_id: UUID) -> tuple[int, int]:
        """How many are under way, and how large they will be."""
        rows = [row for row in self.house.kept.rows.values() if _is_open(row)]
        own = [row.size for row in rows if row.person_id == person_id]
        return len(own), sum(own)

    def open(self, person_id: UUID, sha256: str, size: int) -> None:
        """One that is open stays as it is."""
        if (person_id, sha256) not in self.house.kept.rows:
            self._write(person_id, sha256, size=size)

    def stored(self, person_id: UUID, sha256: str, picture: Picture) -> None:
        """Every byte is here."""
        assert picture.width > 0
        row = self.house.kept.rows[person_id, sha256]
        self._write(person_id, sha256, size=row.size, stored_at=self.house.clock.now())

    def refused(self, person_id: UUID, sha256: str, code: str) -> None:
        """The bytes were no picture."""
        row = self.house.kept.rows[person_id, sha256]
        self._write(person_id, sha256, size=row.size, refused=code)

    def _write(self, person_id: UUID, sha256: str, **values: Any) -> None:
        self.house.pass_by("database")
        known = {"sha256": sha256, "person_id": person_id, "stored_at": None, "refused": ""}
        row = cast("PhotoPart", SimpleNamespace(**known | values))
        self.house.kept.rows[person_id, sha256] = row
        self.house.news.append(photo_news(self.house, row))
        self.house.pass_by()


def _is_open(row: PhotoPart) -> bool:
    return row.stored_at is None and not row.refused


def photo_news(house: House, row: PhotoPart) -> list[Any]:
    """What the checks want to know: whether it is here, and what its bytes really hash to."""
    stored = house.kept.originals.get(row.sha256) if row.stored_at else None
    digest = hashlib.sha256(stored).hexdigest() if stored is not None else ""
    return ["photo", str(row.person_id), row.sha256, stored is not None, digest]


@dataclass
class MemoryStore:
    """A photo store as the disk's: chunks stay once they were appended, a rename is one step."""

    house: House

    def received(self, owner: UUID, sha256: str) -> int:
        """How many bytes of the part are here."""
        return len(self.house.kept.parts.get((owner, sha256), b""))

    def append(self, owner: UUID, sha256: str, *, offset: int, chunk: bytes) -> int:
        """Only at its end."""
        self.house.pass_by("disk")
        part = self.house.kept.parts.get((owner, sha256), b"")
        if offset != len(part):
            raise WrongOffset(offset=len(part))
        self.house.kept.parts[owner, sha256] = part + chunk
        self.house.pass_by()
        return len(part) + len(chunk)

    def finish(self, owner: UUID, sha256: str) -> Picture:
        """Check the part and give it its name; one that was finished before is finished again."""
        self.house.pass_by("disk")
        kept = self.house.kept
        part = kept.parts.get((owner, sha256), b"")
        if not part and sha256 in kept.originals:
            return Picture("JPEG", 1, 1)
        if hashlib.sha256(part).hexdigest() != sha256:
            kept.parts.pop((owner, sha256), None)
            raise PhotoDigest
        if sha256 in self.house.unreadable:
            del kept.parts[owner, sha256]
            raise PhotoUnreadable
        kept.originals[sha256] = part
        self.house.pass_by()
        del kept.parts[owner, sha256]
        return Picture("JPEG", 1, 1)

    def holds(self, sha256: str) -> bool:
        """Whether the whole photo is here."""
        return sha256 in self.house.kept.originals
