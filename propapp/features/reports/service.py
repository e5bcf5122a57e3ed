"""Asking for a report."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from propapp.core import text
from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NotFound
from propapp.core.text import LOCALES
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.boards.kept import last_of
from propapp.features.plans.repository import PlanRepository
from propapp.features.reports.commands import ReportMonth, ReportPlan
from propapp.features.reports.models import Report, ReportKind
from propapp.features.reports.repository import HELD
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site

_TITLE, _TITLE_EN = 120, 160


@use_case("report.month", Permission.REPORT_MAKE)
def month(uow: UnitOfWork, command: ReportMonth) -> Report:
    """Ask for a report of a month; of one that has begun, for nothing is known of the others."""
    uow.allow_in(command.site_id)
    site = uow.session.get_one(Site, command.site_id)
    first = date.fromisoformat(f"{command.month}-01")
    if first > local_day(uow.now, site.zone):
        raise InvalidInput(field="month")
    title, title_en = _titles(command.kind, (site.name, site.name_en or site.name), command.month)
    report = Report(
        id=command.report_id,
        site_id=site.id,
        person_id=uow.actor.person_id,
        kind=command.kind,
        form=command.form,
        locale=command.locale,
        starts=first,
        ends=last_of(first),
        asked_at=uow.now,
        title=title,
        title_en=title_en,
    )
    return _written(uow, report, thing_kind="site", thing_id=site.id)


@use_case("report.plan", Permission.REPORT_MAKE)
def plan(uow: UnitOfWork, command: ReportPlan) -> Report:
    """Ask for plan against actual of a plan that is or was in force, by any of its versions."""
    found = PlanRepository(uow).get(command.plan_id)
    if found.status not in HELD or found.in_force_at is None:
        raise NotFound(kind="plan_in_force")
    span = f"{found.starts:%Y-%m-%d} – {found.ends:%Y-%m-%d}"
    title, title_en = _titles(ReportKind.PLAN, (found.name, found.name_en or found.name), span)
    report = Report(
        id=command.report_id,
        site_id=found.site_id,
        person_id=uow.actor.person_id,
        kind=ReportKind.PLAN,
        form=command.form,
        locale=command.locale,
        plan_id=found.root_id,
        starts=found.starts,
        ends=found.ends,
        asked_at=uow.now,
        title=title,
        title_en=title_en,
    )
    return _written(uow, report, thing_kind="plan", thing_id=found.id)


def _titles(kind: ReportKind, names: tuple[str, str], span: str) -> tuple[str, str]:
    """What it is called in both languages."""
    chinese, english = (
        f"{name} {text.sentence(f'paper.report.kind.{kind.value}', locale)} {span}"
        for name, locale in zip(names, LOCALES, strict=True)
    )
    return chinese[:_TITLE], english[:_TITLE_EN]


def _written(uow: UnitOfWork, report: Report, *, thing_kind: str, thing_id: UUID) -> Report:
    uow.session.add(report)
    # Who took figures out of the house is part of the history of what they are about.
    record(
        uow,
        "report.asked",
        site_id=report.site_id,
        thing_kind=thing_kind,
        thing_id=thing_id,
        report_id=str(report.id),
    )
    return report
