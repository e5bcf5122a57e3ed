"""Workbooks of the sites to which the actor may bring some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.features.sheets.models import SheetImport, SheetStatus

SHOWN = 12
UNDER_WAY = (SheetStatus.WAITING, SheetStatus.TAKING)


class SheetRepository(VisibleRows[SheetImport]):
    """What was brought to the actor's sites."""

    model, kind, read = SheetImport, "sheet_import", Permission.SHEET_BRING

    def latest(self, site_id: UUID) -> Sequence[SheetImport]:
        """The newest of a site, first."""
        shown = self._visible.where(
            SheetImport.site_id == site_id, SheetImport.status != SheetStatus.DROPPED
        )
        newest = shown.order_by(col(SheetImport.brought_at).desc())
        return self._session.exec(newest.limit(SHOWN)).all()


def waiting(session: Session) -> SheetImport | None:
    """The oldest that has to be looked through or taken in; for the house's own sweep."""
    wanted = select(SheetImport).where(col(SheetImport.status).in_(UNDER_WAY))
    return session.exec(wanted.order_by(col(SheetImport.brought_at)).limit(1)).first()


def old(session: Session, *, before: datetime) -> Sequence[SheetImport]:
    """Those of long ago that are under way no more; for the house's own sweep."""
    wanted = select(SheetImport).where(
        SheetImport.brought_at < before, col(SheetImport.status).not_in(UNDER_WAY)
    )
    return session.exec(wanted.limit(200)).all()
