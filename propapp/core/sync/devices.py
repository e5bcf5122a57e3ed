"""Devices introduce themselves; what they said last is how a loss is noticed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, NamedTuple
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from propapp.core.access import Actor
from propapp.core.clock import Clock
from propapp.core.db.engine import write_session
from propapp.core.sync.envelope import Count, Natural, WireId, parse_instant
from propapp.core.sync.losses import (
    Handset,
    Loss,
    LostDevice,
    OnLoss,
    losses,
    own_device,
)
from propapp.core.sync.meta import meta_of, present_meta
from propapp.core.sync.models import Device
from propapp.core.unit_of_work import UnitOfWork, unit_of_work

log = logging.getLogger(__name__)

# Servers of one house agree on the time to within this.
_APART = timedelta(minutes=5)
NO_HANDSET = Handset()


class Hello(BaseModel):
    """What a device says of itself before it sends anything."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    device_id: WireId
    app: Annotated[str, Field(max_length=40)] = ""
    protocol: Annotated[int, Field(strict=True, ge=1, le=1000)] = 1
    epoch: WireId | None = None
    next_seq: Count = 1
    pending_operations: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] = 0
    pending_bytes: Natural = 0
    persisted: bool = False
    wants_push: bool = False
    # Names this phone had and lost, said until the server has heard it.
    lost: Annotated[list[LostDevice], Field(max_length=8)] = []
    client_time: Annotated[str, Field(max_length=64)] = ""


class Greeting(NamedTuple):
    """What a greeting comes to."""

    device: Device
    epoch: UUID
    # Up to when all that phones were answered for lies in a verified backup.
    receipt: datetime | None
    lost: Sequence[Loss]


def log_losses(_: UnitOfWork, found: Sequence[Loss]) -> None:
    """Where nobody can be told, the log is."""
    for loss in found:
        log.warning("device %s: %s at %s", loss.device_id, loss.kind, loss.highest_seq)


def greet(
    actor: Actor,
    hello: Hello,
    clock: Clock,
    *,
    handset: Handset = NO_HANDSET,
    on_loss: OnLoss = log_losses,
) -> Greeting:
    """Keep what the device said, and give it with the server's epoch and what it shows to be lost.

    What it shows to be lost is told in the same transaction: the next greeting will not show it.
    """
    meta = present_meta()
    with unit_of_work(actor, clock=clock) as uow:
        key = own_device(actor.person_id, hello.device_id)
        is_new = uow.session.get(Device, key) is None
        device = device_of(uow.session, actor, hello.device_id, clock.now())
        found = losses(uow, device, told=hello.lost, handset=handset, is_new=is_new)
        if found:
            on_loss(uow, found)
        device.phone_id = handset.id or device.phone_id
        device.label = handset.label or device.label
        device.promised_seq = max(device.promised_seq, hello.next_seq - 1)
        device.app_version = hello.app
        device.last_hello_at = clock.now()
        device.pending_operations = hello.pending_operations
        device.pending_bytes = hello.pending_bytes
        device.persisted = hello.persisted
        device.clock_offset_ms = _offset_ms(hello.client_time, clock.now())
        return Greeting(device, meta.epoch, meta.backed_up_to, found)


def device_of(session: Session, actor: Actor, device_id: UUID, now: datetime) -> Device:
    """The actor's device, made when it is seen for the first time."""
    key = own_device(actor.person_id, device_id)
    found = session.get(Device, key)
    if found:
        return found
    made = Device(id=key, person_id=actor.person_id, first_seen_at=now, last_hello_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return session.get_one(Device, key)
    return made


def count_up(session: Session, device_id: UUID, seq: int) -> None:
    """Remember the highest number seen from the device."""
    session.exec(
        update(Device)
        .where(col(Device.id) == device_id, col(Device.last_seq) < seq)
        .values(last_seq=seq)
    )


def offset_of(device: Device) -> timedelta:
    """What to add to the device's time to have the server's."""
    return timedelta(milliseconds=device.clock_offset_ms)


def epoch() -> UUID:
    """This database's epoch, changed when a backup is restored; not to be asked while writing."""
    return present_meta().epoch


def begin_epoch(session: Session) -> UUID:
    """Give a restored database a new epoch: phones then send again what it does not know."""
    meta = meta_of(session)
    # What was promised before belongs to the house that is gone.
    meta.epoch, meta.backed_up_to = uuid4(), None
    return meta.epoch


def give_receipt(at: datetime) -> None:
    """A backup of this instant was verified; what servers' clocks may differ by is left out."""
    with write_session() as session, session.begin():
        meta = meta_of(session)
        meta.backed_up_to = max(meta.backed_up_to or at - _APART, at - _APART)


def _offset_ms(client_time: str, now: datetime) -> int:
    said = parse_instant(client_time)
    return round((now - said).total_seconds() * 1000) if said else 0
