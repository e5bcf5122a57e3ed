"""Appending to a site's chain, in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col, select, update

from propapp.core.db.insert import insert_missing
from propapp.core.evidence.links import GENESIS, Thing, chained
from propapp.core.evidence.models import EvidenceEntry, EvidenceHead
from propapp.core.unit_of_work import UnitOfWork


def append(uow: UnitOfWork, site_id: UUID, things: Sequence[Thing]) -> None:
    """Chain what is not in the site's chain yet; until the commit nobody else appends there."""
    if not things:
        return
    n, end = _hold(uow, site_id)
    known = _known(uow, site_id, things)
    fresh = [(thing, uow.now) for thing in things if thing.ref_id not in known]
    made = list(chained(site_id, fresh, n=n, end=end))
    if not made:
        return
    # No row may give way here: two links with one number would be a lost thing.
    uow.session.connection().execute(insert(EvidenceEntry), [link.model_dump() for link in made])
    last = made[-1]
    uow.session.connection().execute(
        update(EvidenceHead)
        .where(col(EvidenceHead.site_id) == site_id)
        .values(n=last.n, hash=last.hash)
    )


def _hold(uow: UnitOfWork, site_id: UUID) -> tuple[int, str]:
    """Take the end of the chain; columns, not an object, for a savepoint may go back behind it."""
    insert_missing(uow.session, [EvidenceHead(site_id=site_id, n=0, hash=GENESIS)])
    head = select(EvidenceHead.n, EvidenceHead.hash).where(EvidenceHead.site_id == site_id)
    return uow.session.exec(head.with_for_update()).one()


def _known(uow: UnitOfWork, site_id: UUID, things: Sequence[Thing]) -> frozenset[str]:
    statement = select(EvidenceEntry.ref_id).where(
        EvidenceEntry.site_id == site_id,
        EvidenceEntry.kind == things[0].kind.value,
        col(EvidenceEntry.ref_id).in_([thing.ref_id for thing in things]),
    )
    return frozenset(uow.session.exec(statement))
