"""Reports that somebody asked for: of what, of when, and in which form and language."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from propapp.core.making.models import Made


class ReportKind(StrEnum):
    """What a report says."""

    PERFORMANCE = "performance"
    PLAN = "plan"


class ReportForm(StrEnum):
    """To print, or to go on counting with."""

    PDF = "pdf"
    XLSX = "xlsx"


class Report(Made, table=True):
    """One report, of the days from ``starts`` to ``ends`` at its site.

    ``plan_id`` is the root of the one plan that it is about; none where it is about all of them.
    """

    __table_args__ = (Index("ix_report_site", "site_id", "asked_at"),)

    kind: ReportKind
    form: ReportForm
    locale: str = Field(max_length=8)
    plan_id: UUID | None = Field(default=None, foreign_key="plan.id")
    starts: date
    ends: date
