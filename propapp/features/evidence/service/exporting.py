"""Asking for a bundle of evidence."""

from __future__ import annotations

from uuid import UUID

from propapp.core.access import Permission
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.evidence.commands import ExportDay, ExportOrder, ExportRun
from propapp.features.evidence.models import EvidenceExport, ExportSubject
from propapp.features.orders.repository import WorkOrderRepository
from propapp.features.rounds.repository import RunRepository
from propapp.features.schedules.repository import RouteRepository
from propapp.features.sites.models import Site


@use_case("evidence.export_run", Permission.EVIDENCE_EXPORT)
def export_run(uow: UnitOfWork, command: ExportRun) -> EvidenceExport:
    """Ask for a bundle of one run."""
    run = RunRepository(uow).get(command.run_id)
    route = RouteRepository(uow).get(run.route_id)
    day = run.started_at.date().isoformat()
    export = _asked(uow, command.export_id, run.site_id, ExportSubject.RUN, str(run.id))
    export.title = f"{route.name} {day}"
    export.title_en = f"{route.name_en} {day}"
    return _written(uow, export, thing_kind="run", thing_id=run.id)


@use_case("evidence.export_day", Permission.EVIDENCE_EXPORT)
def export_day(uow: UnitOfWork, command: ExportDay) -> EvidenceExport:
    """Ask for a bundle of all that was done at a site on a day."""
    uow.allow_in(command.site_id)
    site = uow.session.get_one(Site, command.site_id)
    day = command.day.isoformat()
    export = _asked(uow, command.export_id, site.id, ExportSubject.DAY, day)
    export.title, export.title_en = f"{site.name} {day}", f"{site.name_en} {day}"
    return _written(uow, export, thing_kind="site", thing_id=site.id)


@use_case("evidence.export_order", Permission.EVIDENCE_EXPORT)
def export_order(uow: UnitOfWork, command: ExportOrder) -> EvidenceExport:
    """Ask for a bundle of an order, with the round that found it."""
    order = WorkOrderRepository(uow).get_by_number(command.number)
    export = _asked(uow, command.export_id, order.site_id, ExportSubject.ORDER, str(order.id))
    export.title = f"{order.number} {order.title}"[:120]
    export.title_en = f"{order.number} {order.title_en or order.title}"[:160]
    return _written(uow, export, thing_kind="order", thing_id=order.id)


def _asked(
    uow: UnitOfWork, export_id: UUID, site_id: UUID, subject: ExportSubject, ref: str
) -> EvidenceExport:
    return EvidenceExport(
        id=export_id,
        site_id=site_id,
        person_id=uow.actor.person_id,
        subject=subject,
        ref=ref,
        title="",
        asked_at=uow.now,
    )


def _written(
    uow: UnitOfWork, export: EvidenceExport, *, thing_kind: str, thing_id: UUID
) -> EvidenceExport:
    uow.session.add(export)
    # Who took evidence away is part of the history of what it is about.
    record(
        uow,
        "evidence.exported",
        site_id=export.site_id,
        thing_kind=thing_kind,
        thing_id=thing_id,
        export_id=str(export.id),
    )
    return export
