"""A phone that starts anew: which of its earlier names are gone, and what may have gone with them.

A phone whose storage was cleared has forgotten its own name and numbers. Three things give it away:
its own note outside the database (``Hello.lost``), the cookie by which a browser is known again
(``Handset``), and a person's earlier phone that was known to hold more than has arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from propapp.core.access import Actor
from propapp.core.ids import derived_id
from propapp.core.sync.envelope import Natural, WireId
from propapp.core.sync.models import Device, Operation
from propapp.core.unit_of_work import UnitOfWork


class LossKind(StrEnum):
    """How it is known, and so how sure it is."""

    # Its whole storage is gone.
    CLEARED = "cleared"
    # It remembers less than it has sent, or its numbers stand for other things: copied, restored.
    WENT_BACK = "went_back"
    # Only that its person came with a phone never seen before while this one still held something.
    SUSPECTED = "suspected"


class LostDevice(BaseModel):
    """What a phone says of a name it can no longer use."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    device_id: WireId
    kind: LossKind
    # The last number that was given under that name.
    seq: Natural = 0


@dataclass(frozen=True)
class Handset:
    """The browser behind a request; ``known`` when it has been here before, ``id`` empty for none.

    The id is kept by the browser in a cookie that outlives a cleared database.
    """

    id: UUID | None = None
    known: bool = False
    label: str = ""


@dataclass(frozen=True)
class Loss:
    """A name that a phone has lost, with what the server knows of it.

    ``missing`` counts operations that were made and have not arrived; what was made after
    ``last_heard_at`` is known to nobody.
    """

    device_id: UUID
    person_id: UUID
    kind: LossKind
    label: str
    last_heard_at: datetime | None
    highest_seq: int
    missing: int


OnLoss = Callable[[UnitOfWork, Sequence[Loss]], None]


# A phone says its name with all that it sends.
@lru_cache(maxsize=4096)
def own_device(person_id: UUID, device_id: UUID) -> UUID:
    """The device as the server knows it: nobody can use up the numbers of another's phone."""
    return derived_id("device", person_id, device_id)


def losses(
    uow: UnitOfWork,
    device: Device,
    *,
    told: Sequence[LostDevice],
    handset: Handset,
    is_new: bool,
) -> list[Loss]:
    """What this greeting gives away; the same loss may be found again at the next one."""
    actor = uow.actor
    said = {own_device(actor.person_id, lost.device_id): lost for lost in told}
    wanted: list[ColumnElement[bool]] = [col(Device.id).in_(said)] if said else []
    if is_new:
        wanted.append(_earlier(actor, handset))
    if not wanted:
        return []
    rows = {row.id: (row, count) for row, count in _with_arrived(uow.session, or_(*wanted))}
    rows.pop(device.id, None)
    found = [_loss(*row, said.get(key), handset, actor) for key, row in rows.items()]
    never_heard = said.keys() - rows.keys() - {device.id}
    found += [_unheard(key, actor.person_id, said[key], handset) for key in never_heard]
    return _worth_a_word(found, actor)


def _earlier(actor: Actor, handset: Handset) -> ColumnElement[bool]:
    """All that ever spoke from this browser; of an unknown one, the person's other phones."""
    if handset.known:
        return col(Device.phone_id) == handset.id
    return col(Device.person_id) == actor.person_id


def _with_arrived(session: Session, wanted: ColumnElement[bool]) -> Sequence[tuple[Device, int]]:
    arrived = (
        select(func.count(col(Operation.id)))
        .where(col(Operation.device_id) == Device.id)
        .scalar_subquery()
    )
    return session.exec(select(Device, arrived).where(wanted)).all()


def _loss(
    device: Device, arrived: int, said: LostDevice | None, handset: Handset, actor: Actor
) -> Loss:
    kind = said.kind if said else LossKind.SUSPECTED
    if not said and handset.known and device.person_id == actor.person_id:
        kind = LossKind.CLEARED
    highest = max(device.last_seq, device.promised_seq, said.seq if said else 0)
    # What waited when a phone took another name goes on under that one: it is not missing.
    missing = 0 if kind is LossKind.WENT_BACK else max(0, highest - arrived)
    return Loss(
        device_id=device.id,
        person_id=device.person_id,
        kind=kind,
        label=device.label or handset.label,
        last_heard_at=device.last_hello_at,
        highest_seq=highest,
        missing=missing,
    )


def _unheard(key: UUID, person_id: UUID, said: LostDevice, handset: Handset) -> Loss:
    """A name that never reached the server: only the phone's own note tells of it."""
    return Loss(key, person_id, said.kind, handset.label, None, said.seq, said.seq)


def _worth_a_word(found: list[Loss], actor: Actor) -> list[Loss]:
    """A name that never counted anything lost nothing; a mere suspicion needs something missing.

    Others who work with this phone lost theirs together with this person's, or not at all.
    """
    cleared = any(loss.kind is LossKind.CLEARED for loss in found)
    return [
        loss
        for loss in found
        if loss.highest_seq > 0
        and (loss.kind is not LossKind.SUSPECTED or loss.missing > 0)
        and (cleared or loss.person_id == actor.person_id)
    ]
