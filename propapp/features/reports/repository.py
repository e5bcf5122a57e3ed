"""Reports the actor may have."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.features.reports.models import Report

SHOWN = 30


class ReportRepository(VisibleRows[Report]):
    """Reports of the sites at which the actor makes them."""

    model, kind, read = Report, "report", Permission.REPORT_MAKE

    def latest(self, site_id: UUID) -> Sequence[Report]:
        """The newest of a site, first."""
        reports = self._visible.where(Report.site_id == site_id)
        return self._session.exec(
            reports.order_by(col(Report.asked_at).desc(), col(Report.id).desc()).limit(SHOWN)
        ).all()
