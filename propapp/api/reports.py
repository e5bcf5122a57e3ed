"""Reports: asked for by an ordinary form, fetched by whoever may have them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from starlette.responses import FileResponse, RedirectResponse

from propapp.api.making import asked, fetched
from propapp.api.reading import shaped
from propapp.api.who import SignedIn
from propapp.core.access import Actor
from propapp.core.errors import InvalidInput
from propapp.core.ids import uuid7
from propapp.core.text import DEFAULT
from propapp.core.unit_of_work import looking, unit_of_work
from propapp.core.use_case import load_use_cases
from propapp.features.reports.jobs import REPORTS
from propapp.features.reports.repository import ReportRepository

router = APIRouter()

PAGE = "/reports"
# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset({"not_found", "not_allowed", "invalid_input"})
SUBJECTS = frozenset({"month", "plan"})


@router.post("/reports")
async def post_report(request: Request, actor: SignedIn) -> RedirectResponse:
    """Ask for a report and go where it is to be had, or where it says why not."""
    return await asked(request, partial(_ask, actor), REPORTS, PAGE, SAID)


@router.get("/reports/{report_id}")
def get_report(report_id: Annotated[UUID, Path()], actor: SignedIn) -> FileResponse:
    """The report, to whoever may have those of its site; called as it is in its own language."""
    with looking(actor) as uow:
        report = ReportRepository(uow).get(report_id)
    name = report.title if report.locale == DEFAULT else report.title_en
    return fetched(REPORTS, report, "".join(sign for sign in name if sign not in '/\\"'))


def _ask(actor: Actor, fields: Mapping[str, str]) -> UUID:
    subject = fields.get("subject", "")
    if subject not in SUBJECTS:
        raise InvalidInput(field="subject")
    case = load_use_cases()[f"report.{subject}"]
    said = {name: value for name, value in fields.items() if name != "subject"}
    command: BaseModel = shaped(case.command_type, {**said, "report_id": str(uuid7())})
    with unit_of_work(actor) as uow:
        return case.run(uow, command).id
