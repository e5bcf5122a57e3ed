"""Reports the actor may have."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col

from propapp.core.access import Permission
from propapp.core.repository import VisibleRows
from propapp.features.plans.models import Plan, PlanStatus
from propapp.features.plans.repository import PlanRepository
from propapp.features.reports.models import Report

SHOWN = 30
# A plan that is not so far along has nothing that could be held against it.
HELD = (PlanStatus.IN_FORCE, PlanStatus.REVISED, PlanStatus.CLOSED)


class ReportRepository(VisibleRows[Report]):
    """Reports of the sites at which the actor makes them."""

    model, kind, read = Report, "report", Permission.REPORT_MAKE

    def latest(self, site_id: UUID) -> Sequence[Report]:
        """The newest of a site, first."""
        reports = self._visible.where(Report.site_id == site_id)
        return self._session.exec(
            reports.order_by(col(Report.asked_at).desc(), col(Report.id).desc()).limit(SHOWN)
        ).all()


class HeldPlans(PlanRepository):
    """Plans that are or were in force."""

    def at(self, site_id: UUID) -> Sequence[Plan]:
        """The newest version of each that held, the latest plan first."""
        held = self._visible.where(
            Plan.site_id == site_id,
            col(Plan.status).in_(HELD),
            col(Plan.in_force_at).is_not(None),
        )
        newest = held.order_by(col(Plan.starts).desc(), col(Plan.name), col(Plan.version))
        plans = self._session.exec(newest.limit(SHOWN * 4)).all()
        return list({plan.root_id: plan for plan in plans}.values())
