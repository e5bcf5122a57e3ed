"""What reports may be asked for."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from propapp.core.use_case import Command
from propapp.features.reports.models import ReportForm, ReportKind

Locale = Literal["zh-CN", "en"]


class ReportMonth(Command):
    """A report of a site's month, written ``2026-03``."""

    report_id: UUID
    site_id: UUID
    kind: ReportKind
    month: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    form: ReportForm
    locale: Locale = "zh-CN"


class ReportPlan(Command):
    """Plan against actual of one plan, from its first day to its last."""

    report_id: UUID
    plan_id: UUID
    form: ReportForm
    locale: Locale = "zh-CN"
