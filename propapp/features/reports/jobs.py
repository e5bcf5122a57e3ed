"""Making the reports that were asked for, in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from propapp.core.access import Actor
from propapp.core.clock import Clock
from propapp.core.db.engine import read_session
from propapp.core.making.workshop import Workshop
from propapp.core.progress import Tell
from propapp.core.unit_of_work import looking
from propapp.features.people.actors import actor_of_person
from propapp.features.reports import papers, sheets
from propapp.features.reports.against import against
from propapp.features.reports.contents import performance
from propapp.features.reports.documents import Document, Words
from propapp.features.reports.models import Report, ReportForm, ReportKind
from propapp.features.reports.rounds import Stretch
from propapp.features.reports.wording.against import against_document
from propapp.features.reports.wording.performance import performance_document
from propapp.features.sites.models import Site


def _make(report: Report, draft: Path, tell: Tell, clock: Clock) -> None:
    document = document_of(report, tell, clock)
    if report.form is ReportForm.PDF:
        draft.write_bytes(papers.printed(document))
        return
    sheets.write(document, draft)


def document_of(report: Report, tell: Tell, clock: Clock) -> Document:
    """What the report says, from one view of the database, as whoever asked for it may see it."""
    with looking(_asker(report), clock=clock) as uow:
        site = uow.session.get_one(Site, report.site_id)
        words = Words(report.locale, site.zone)
        stretch = Stretch(site, report.starts, report.ends, report.plan_id)
        if report.kind is ReportKind.PERFORMANCE:
            return performance_document(performance(uow, stretch, report.person_id, tell), words)
        return against_document(against(uow, stretch, report.person_id, tell), words)


def _asker(report: Report) -> Actor:
    """The person with the roles they have now: who has lost them meanwhile gets nothing made."""
    with read_session() as session:
        return replace(actor_of_person(session, report.person_id), locale=report.locale)


REPORTS = Workshop(Report, "reports", lambda report: report.form.value, _make)
