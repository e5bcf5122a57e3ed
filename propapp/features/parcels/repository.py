"""Parcels of the sites whose phones the actor cares for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, func, select

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.features.parcels.models import ItemStatus, Parcel, ParcelItem, ParcelStatus

SHOWN = 20
LINES = 200


class ParcelRepository(VisibleRows[Parcel]):
    """Parcels of the sites whose phones the actor cares for."""

    model, kind, read = Parcel, "parcel", Permission.PHONE_CARE

    def latest(self) -> Sequence[Parcel]:
        """The newest, first."""
        newest = self._visible.order_by(col(Parcel.brought_at).desc()).limit(SHOWN)
        return self._session.exec(newest).all()

    def counts(self, parcels: Collection[UUID]) -> Mapping[UUID, Mapping[ItemStatus, int]]:
        """How many things of each of these parcels became what."""
        statement = (
            select(ParcelItem.parcel_id, ParcelItem.status, func.count())
            .where(col(ParcelItem.parcel_id).in_(parcels))
            .group_by(col(ParcelItem.parcel_id), col(ParcelItem.status))
        )
        found: dict[UUID, dict[ItemStatus, int]] = {}
        for parcel_id, status, count in self._session.exec(statement):
            found.setdefault(parcel_id, {})[ItemStatus(status)] = count
        return found

    def items(self, parcel_id: UUID) -> Sequence[ParcelItem]:
        """What became of each thing, those that need somebody first."""
        plain = col(ParcelItem.status).in_([ItemStatus.TAKEN, ItemStatus.KNOWN])
        statement = select(ParcelItem).where(ParcelItem.parcel_id == parcel_id)
        return self._session.exec(statement.order_by(plain, col(ParcelItem.id)).limit(LINES)).all()


def waiting(session: Session) -> Sequence[Parcel]:
    """The parcels that are still to be taken in, oldest first."""
    wanted = select(Parcel).where(Parcel.status == ParcelStatus.WAITING)
    return session.exec(wanted.order_by(col(Parcel.brought_at))).all()


def kept_items(session: Session, parcel_id: UUID, refs: Collection[str]) -> dict[str, ParcelItem]:
    """What was written down of these things before."""
    statement = select(ParcelItem).where(
        ParcelItem.parcel_id == parcel_id, col(ParcelItem.ref).in_(refs)
    )
    return {item.ref: item for item in session.exec(statement)}
