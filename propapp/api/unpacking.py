"""Taking in a parcel: whatever is in it goes through the very doors that the wire has.

So a thing that came before, comes again, or comes on the wire in the same moment is there once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID

from propapp.api.arrivals import receive
from propapp.api.left import tell_of
from propapp.core.access import Actor
from propapp.core.clock import Clock, SystemClock
from propapp.core.errors import (
    Busy,
    ParcelCut,
    ParcelDamaged,
    ParcelRevoked,
    PhotoDigest,
    PhotoTooLarge,
    PropappError,
    QuotaReached,
    SignInNeeded,
    WrongOffset,
)
from propapp.core.parcels.frames import frames
from propapp.core.parcels.key import house_key
from propapp.core.parcels.records import Head, PhotoHead, Record, records
from propapp.core.stores import photo_store
from propapp.core.sync.apply import apply_batch
from propapp.core.sync.batch import Batch
from propapp.core.sync.settle import Answer
from propapp.features.parcels.models import PHOTO, ItemStatus, ParcelItem
from propapp.features.people.push import Sender, sender_for
from propapp.features.photos import limits
from propapp.features.photos.deliveries import Chunk, Intake, progress
from propapp.features.photos.register import intake_of

log = logging.getLogger(__name__)

# What could not be taken just now is tried again so often; whatever is known passes quickly.
PASSES = 6
PAUSE = 0.5
_OUTCOMES = {
    "applied": ItemStatus.TAKEN,
    "rejected": ItemStatus.REJECTED,
    "quarantined": ItemStatus.QUARANTINED,
    "conflict": ItemStatus.CONFLICT,
    "retry": ItemStatus.LATER,
}
# The next pass may bring these; any other refusal of a photo is for good.
_PASSING = (Busy, PhotoDigest, QuotaReached, WrongOffset)

# Hears of each thing as it is settled, and how many bytes of the file have been gone through.
Tell = Callable[[ParcelItem, int], None]


@dataclass(frozen=True)
class Brought:
    """A parcel whose every frame holds: whose it is, and how much is in it."""

    author: Actor
    operations: int
    photos: int
    damaged: bool = False


def look_into(source: BinaryIO, *, partly: bool = False) -> Brought:
    """Go through all of it before anything is taken.

    ``ParcelUnknown``, ``ParcelForeign``, ``ParcelDamaged`` or ``ParcelRevoked`` when it cannot be
    taken; ``partly`` forgives damage after the head.
    """
    found = _records(source)
    head = _head(found)
    author = _sender(head).actor
    damaged = False
    try:
        for _record in found:
            pass
    except ParcelDamaged:
        if not partly:
            raise
        damaged = True
    return Brought(author, head.operations, head.photos, damaged)


def take_in(
    parcel_id: UUID,
    source: BinaryIO,
    tell: Tell,
    *,
    partly: bool = False,
    clock: Clock | None = None,
) -> None:
    """Hand in everything that is in the parcel, as its author.

    Damage ends it with ``ParcelDamaged``: whatever came before it has been taken, whole, when
    only that is wanted (``partly``); else nothing, for all of it is gone through first.
    """
    look_into(source, partly=partly)
    damage: ParcelDamaged | None = None
    for number in range(PASSES):
        time.sleep(PAUSE * number)
        taking = _Taking(parcel_id, source, tell, clock or SystemClock())
        damage = taking.go_through()
        if not taking.later:
            break
    if damage:
        raise damage


def _records(source: BinaryIO) -> Iterator[Record]:
    source.seek(0)
    return records(frames(source, house_key()))


def _head(found: Iterator[Record]) -> Head:
    head = next(found, None)
    if not isinstance(head, Head):
        raise ParcelDamaged
    return head


def _sender(head: Head) -> Sender:
    try:
        return sender_for(head.token)
    except SignInNeeded as error:
        raise ParcelRevoked from error


@dataclass
class _Taking:
    """One way through a parcel; of a photo never more than a piece is held."""

    parcel_id: UUID
    source: BinaryIO
    tell: Tell
    clock: Clock
    later: int = 0
    _photo: PhotoHead | None = None
    _settled: bool = False
    _at: int = 0
    _actor: Actor = field(init=False)

    def go_through(self) -> ParcelDamaged | None:
        """Take what is whole; the damage that ended it, if there is one."""
        found = _records(self.source)
        self._actor = _sender(_head(found)).actor
        try:
            for record in found:
                self._take(record)
        except ParcelDamaged as damage:
            if self._photo is not None and not self._settled:
                self._end(ItemStatus.LATER, ParcelCut())
                self.later -= 1
            return damage
        return None

    def _take(self, record: Record) -> None:
        if isinstance(record, Batch):
            self._operations(record)
        elif isinstance(record, PhotoHead):
            self._begin(record)
        elif isinstance(record, bytes):
            self._piece(record)

    def _operations(self, batch: Batch) -> None:
        answers = apply_batch(self._actor, batch.device_id, batch.operations, self.clock)
        if self._actor.left:
            tell_of(self._actor, answers)
        for envelope, answer in zip(batch.operations, answers, strict=True):
            self._say(
                ParcelItem(
                    parcel_id=self.parcel_id,
                    ref=str(envelope.id),
                    kind=envelope.kind,
                    at=envelope.client_time,
                    status=_status(answer),
                    code=answer.code,
                    facts=answer.facts,
                )
            )

    def _begin(self, photo: PhotoHead) -> None:
        """Where the person's own delivery of this photo stands, by whichever way it came."""
        self._photo, self._at, self._settled = photo, 0, False
        if photo.size > limits.PHOTO_BYTES:
            self._end(ItemStatus.REJECTED, PhotoTooLarge())
            return
        (stands,) = progress(self._intake, self._actor.person_id, [photo.sha256])
        if stands.refused:
            self._end(ItemStatus.REJECTED, stands.refused)
        elif stands.complete:
            self._end(ItemStatus.KNOWN)

    def _piece(self, piece: bytes) -> None:
        start, self._at = self._at, self._at + len(piece)
        if self._photo is None or self._settled:
            return
        try:
            self._hand_in(self._photo, start, piece)
        except _PASSING as error:
            self._end(ItemStatus.LATER, error)
        except PropappError as error:
            self._end(ItemStatus.REJECTED, error)

    def _hand_in(self, photo: PhotoHead, start: int, piece: bytes) -> None:
        """The bytes that are not here yet: the phone itself may bring the same photo meanwhile."""
        for _attempt in range(PASSES):
            chunk = Chunk(photo.sha256, start, photo.size, piece)
            try:
                taken = receive(self._actor, chunk, photo_store(), self.clock)
            except WrongOffset as wrong:
                here = int(wrong.facts["offset"])
                if here >= start + len(piece):
                    return
                if here < start:
                    raise
                start, piece = here, piece[here - start :]
                continue
            if taken.complete:
                self._end(ItemStatus.TAKEN)
            return
        raise Busy

    @property
    def _intake(self) -> Intake:
        return intake_of(photo_store(), self.clock)

    def _end(self, status: ItemStatus, error: PropappError | None = None) -> None:
        self._settled = True
        if self._photo is None:
            return
        self._say(
            ParcelItem(
                parcel_id=self.parcel_id,
                ref=self._photo.sha256,
                kind=PHOTO,
                status=status,
                code=error.code if error else "",
                facts=error.facts if error else {},
            )
        )

    def _say(self, item: ParcelItem) -> None:
        self.later += item.status is ItemStatus.LATER
        self.tell(item, self.source.tell())


def _status(answer: Answer) -> ItemStatus:
    """What was there before is known, unless somebody still has to do something about it."""
    if answer.status == "duplicate":
        known = answer.outcome is None or answer.outcome.value == "applied"
        return ItemStatus.KNOWN if known else _OUTCOMES[answer.outcome.value]  # type: ignore[union-attr]
    return _OUTCOMES[answer.status]
