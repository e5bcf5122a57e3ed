"""Bringing a parcel, and writing down what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import NotFound
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.parcels import repository
from propapp.features.parcels.commands import BringParcel
from propapp.features.parcels.flow import PARCEL_FLOW
from propapp.features.parcels.models import ItemStatus, Parcel, ParcelItem
from propapp.features.people.actors import roles_of


@use_case("parcel.bring", Permission.PHONE_CARE)
def bring(uow: UnitOfWork, command: BringParcel) -> Parcel:
    """Hand in the unsent work of somebody who works where the actor cares for phones."""
    shared = sorted(roles_of(uow.session, command.author_id).keys() & uow.workable_sites())
    if not shared:
        raise NotFound(kind="person")
    parcel = Parcel(
        id=command.parcel_id,
        site_id=shared[0],
        person_id=uow.actor.person_id,
        author_id=command.author_id,
        partly=command.partly,
        size=command.size,
        operations=command.operations,
        photos=command.photos,
        brought_at=uow.now,
    )
    uow.session.add(parcel)
    record(
        uow,
        "parcel.brought",
        site_id=parcel.site_id,
        thing_kind="person",
        thing_id=parcel.author_id,
        parcel_id=str(parcel.id),
        operations=parcel.operations,
        photos=parcel.photos,
    )
    return parcel


@internal
def tell_progress(
    uow: UnitOfWork, parcel_id: UUID, items: Sequence[ParcelItem], *, done: int
) -> None:
    """Say how far it is and what became of these; of a thing the first word that counts stays."""
    parcel = uow.session.get_one(Parcel, parcel_id)
    parcel.done = max(parcel.done, done)
    kept = repository.kept_items(uow.session, parcel_id, [item.ref for item in items])
    for item in items:
        before = kept.get(item.ref)
        if before is None:
            uow.session.add(item)
            kept[item.ref] = item
        elif before.status is ItemStatus.LATER:
            before.sqlmodel_update(item.model_dump(exclude={"id"}))


@internal
def end(uow: UnitOfWork, parcel_id: UUID, *, code: str = "", failed: bool = False) -> None:
    """Nothing more comes of it; ended twice in the same moment it ends once."""
    parcel = uow.session.get_one(Parcel, parcel_id)
    if parcel.ended_at is not None:
        return
    parcel.status = PARCEL_FLOW.next_status("fail" if failed else "take", parcel.status)
    parcel.code, parcel.ended_at = code, uow.now
    parcel.done = parcel.size if not code else parcel.done
    uow.ring(parcel.site_id)
