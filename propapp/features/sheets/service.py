"""Bringing a workbook, taking it in, letting it go; and what the house does between."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import ExportOnly, InvalidInput, PropappError, SheetChanged
from propapp.core.guards import needs_new
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.plans.flow import PLAN_FLOW
from propapp.features.plans.repository import PlanRepository
from propapp.features.sheets import repository
from propapp.features.sheets.checking import Outcome
from propapp.features.sheets.commands import BringSheet, DropSheet, TakeInSheet
from propapp.features.sheets.flow import SHEET_FLOW
from propapp.features.sheets.kinds.every import kind_of
from propapp.features.sheets.models import SheetImport, SheetStatus
from propapp.features.sheets.repository import SheetRepository

# A row of the page for each; all of them stand in the workbook with its problems.
MOST_SHOWN = 200
KEPT = timedelta(days=7)


@use_case("sheet.bring", Permission.SHEET_BRING)
def bring(uow: UnitOfWork, command: BringSheet) -> SheetImport:
    """Keep the file to be looked through; who may not write such things brings none."""
    uow.allow_in(command.site_id)
    kind = kind_of(command.kind)
    if kind.writes is None:
        raise ExportOnly
    work = uow.for_permission(kind.writes)
    work.actor.require(kind.writes)
    work.allow_in(command.site_id)
    if kind.of_plan:
        _refuse_closed(work, command)
    needs_new(uow.session, SheetImport, command.sheet_id, "sheet_import")
    made = SheetImport(
        id=command.sheet_id,
        person_id=uow.actor.person_id,
        brought_at=uow.now,
        **command.model_dump(exclude={"sheet_id"}),
    )
    return _kept(uow, made)


def _refuse_closed(uow: UnitOfWork, command: BringSheet) -> None:
    if command.plan_id is None:
        raise InvalidInput(field="plan_id")
    plan = PlanRepository(uow).get(command.plan_id)
    if plan.site_id != command.site_id:
        raise InvalidInput(field="plan_id")
    PLAN_FLOW.next_status("keep", plan.status)


@use_case("sheet.take_in", Permission.SHEET_BRING)
def take_in(uow: UnitOfWork, command: TakeInSheet) -> SheetImport:
    """Have it taken in as it was looked at; asked twice it is taken in once."""
    sheet = SheetRepository(uow).get(command.sheet_id)
    if sheet.sha256 != command.sha256:
        raise SheetChanged
    if sheet.status in {SheetStatus.TAKING, SheetStatus.TAKEN}:
        return sheet
    sheet.status = SHEET_FLOW.next_status("take_in", sheet.status)
    # Rows are written in the name of whoever says so, not of whoever brought the file.
    sheet.person_id = uow.actor.person_id
    return _kept(uow, sheet)


@use_case("sheet.drop", Permission.SHEET_BRING)
def drop(uow: UnitOfWork, command: DropSheet) -> SheetImport:
    """Let it go; nothing of it was ever kept."""
    sheet = SheetRepository(uow).get(command.sheet_id)
    sheet.status = SHEET_FLOW.next_status("drop", sheet.status)
    sheet.ended_at = uow.now
    return _kept(uow, sheet)


@internal
def tell_checked(uow: UnitOfWork, sheet_id: UUID, outcome: Outcome) -> None:
    """It was looked through, or what was possible a moment ago is not any more."""
    sheet = uow.session.get_one(SheetImport, sheet_id)
    verb = "stop" if sheet.status is SheetStatus.TAKING else "check"
    sheet.status = SHEET_FLOW.next_status(verb, sheet.status)
    _counted(sheet, outcome)
    _kept(uow, sheet)


@internal
def tell_refused(uow: UnitOfWork, sheet_id: UUID, error: PropappError) -> None:
    """All of it was refused, with the one sentence for why."""
    sheet = uow.session.get_one(SheetImport, sheet_id)
    sheet.status = SHEET_FLOW.next_status("refuse", sheet.status)
    sheet.code, sheet.facts, sheet.ended_at = error.code, error.facts, uow.now
    _kept(uow, sheet)


@internal
def tell_failed(uow: UnitOfWork, sheet_id: UUID) -> None:
    """It could not be done, and nothing of it was."""
    sheet = uow.session.get_one(SheetImport, sheet_id)
    sheet.status = SHEET_FLOW.next_status("fail", sheet.status)
    sheet.ended_at = uow.now
    _kept(uow, sheet)


@internal
def finish(uow: UnitOfWork, sheet_id: UUID, outcome: Outcome) -> None:
    """Every row is in; told in the same transaction as the rows themselves."""
    sheet = uow.session.get_one(SheetImport, sheet_id)
    sheet.status = SHEET_FLOW.next_status("finish", sheet.status)
    sheet.ended_at = uow.now
    _counted(sheet, outcome)
    _kept(uow, sheet)
    record(
        uow,
        "sheet.taken_in",
        site_id=sheet.site_id,
        thing_kind="site",
        thing_id=sheet.site_id,
        kind=sheet.kind,
        file=sheet.name,
        sha256=sheet.sha256,
        new=sheet.new,
        changed=sheet.changed,
    )


@internal
def forget_old(uow: UnitOfWork) -> list[UUID]:
    """Forget workbooks of long ago; gives those whose files may go."""
    gone = list(repository.old(uow.session, before=uow.now - KEPT))
    for sheet in gone:
        uow.session.delete(sheet)
    return [sheet.id for sheet in gone]


def _counted(sheet: SheetImport, outcome: Outcome) -> None:
    for name in ("new", "changed", "unchanged", "wrong"):
        setattr(sheet, name, getattr(outcome, name))
    sheet.problems = [asdict(one) for one in outcome.problems[:MOST_SHOWN]]
    sheet.notices = [asdict(one) for one in outcome.notices]


def _kept(uow: UnitOfWork, sheet: SheetImport) -> SheetImport:
    uow.session.add(sheet)
    uow.session.flush()
    uow.ring(sheet.site_id)
    return sheet
