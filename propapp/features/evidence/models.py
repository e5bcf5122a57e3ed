"""Bundles of evidence that somebody asked for, and what of."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from propapp.core.making.models import Made


class ExportSubject(StrEnum):
    """What a bundle is about; an order with its round is what a dispute is about."""

    RUN = "run"
    DAY = "day"
    ORDER = "order"


class EvidenceExport(Made, table=True):
    """One bundle. ``ref`` is the run's or the order's id, or the day as ``2026-03-10``."""

    __table_args__ = (Index("ix_evidence_export_site", "site_id", "asked_at"),)

    subject: ExportSubject
    ref: str = Field(max_length=36)
