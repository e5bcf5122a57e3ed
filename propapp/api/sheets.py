"""Workbooks: taken out, brought to be looked through, and had back with what is wrong with them."""

from __future__ import annotations

import hashlib
from pathlib import Path as File
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response

from propapp.api.making import HEADERS, MEDIA, called
from propapp.api.problems import locale_of
from propapp.api.reading import shaped
from propapp.api.receiving import receive
from propapp.api.sync import said
from propapp.api.who import SignedIn
from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound, RequestTooLarge, SheetTooLarge
from propapp.core.ids import uuid7
from propapp.core.sheets import limits
from propapp.core.sheets.wording import in_workbook
from propapp.core.unit_of_work import looking, unit_of_work
from propapp.features.sheets import jobs, service
from propapp.features.sheets.commands import BringSheet
from propapp.features.sheets.kinds.every import kind_of
from propapp.features.sheets.leaves import Leaf
from propapp.features.sheets.repository import SheetRepository
from propapp.features.sheets.tables import Target
from propapp.features.sites.models import Site

router = APIRouter()

XLSX = MEDIA["xlsx"]
_MEGABYTE = 1024 * 1024


class Place(BaseModel):
    """Where the rows are from or go to."""

    site: UUID
    plan: UUID | None = None


class Wanted(Place):
    """What is taken out; ``empty`` asks for a form to fill in."""

    empty: bool = False


class Brought(Place):
    """What is brought; ``name`` is what the file is called where it comes from."""

    kind: Annotated[str, Field(max_length=20)]
    name: Annotated[str, Field(max_length=300)] = ""


@router.get("/sheets/kinds/{code}")
def get_workbook(
    request: Request,
    actor: SignedIn,
    code: Annotated[str, Path(max_length=20)],
    wanted: Annotated[Wanted, Query()],
) -> Response:
    """All things of a kind, or a form to fill in, as a workbook."""
    kind, locale = kind_of(code), locale_of(request)
    with looking(actor) as uow:
        uow.actor.require(kind.reads)
        uow.for_permission(kind.reads).allow_in(wanted.site)
        site = uow.session.get_one(Site, wanted.site)
        leaf = Leaf(uow, kind, Target(site, wanted.plan), locale)
        content = leaf.template() if wanted.empty else leaf.exported()
        day = uow.now.astimezone(ZoneInfo(site.zone)).date().isoformat()
    title = in_workbook(f"kind.{code}", locale)
    mark = in_workbook("template", locale) if wanted.empty else day
    headers = called(f"{code}.xlsx", f"{title} {site.code} {mark}.xlsx")
    return Response(content, media_type=XLSX, headers=headers)


@router.post("/sheets")
async def post_workbook(
    request: Request, actor: SignedIn, brought: Annotated[Brought, Query()]
) -> JSONResponse:
    """Keep the file and look through it after the answer; nothing of it is written before that."""
    actor.require(Permission.SHEET_BRING)
    sheet_id = uuid7()
    draft = jobs.file_of(sheet_id).with_suffix(".part")
    try:
        size = await _received(request, draft)
        await run_in_threadpool(_bring, actor, draft, sheet_id, brought, size)
    finally:
        draft.unlink(missing_ok=True)
    answer = said(sheet_id=str(sheet_id))
    answer.status_code = 201
    answer.background = BackgroundTask(jobs.work_waiting)
    return answer


async def _received(request: Request, draft: File) -> int:
    try:
        return await receive(request, draft, most=limits.LARGEST)
    except RequestTooLarge as error:
        raise SheetTooLarge(most=limits.LARGEST // _MEGABYTE) from error


@router.get("/sheets/{sheet_id}/problems")
def get_problems(sheet_id: Annotated[UUID, Path()], actor: SignedIn) -> FileResponse:
    """The workbook as it came, with what is wrong behind each row."""
    with looking(actor) as uow:
        sheet = SheetRepository(uow).get(sheet_id)
    path = jobs.problems_of(sheet.id)
    if not path.exists():
        raise NotFound(kind="sheet_import")
    return FileResponse(path, media_type=XLSX, filename=sheet.name or "rows.xlsx", headers=HEADERS)


def _bring(actor: Actor, draft: File, sheet_id: UUID, brought: Brought, size: int) -> None:
    with draft.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    asked = {
        "sheet_id": sheet_id,
        "site_id": brought.site,
        "kind": brought.kind,
        "plan_id": brought.plan,
        "name": _plain_name(brought.name),
        "sha256": digest,
        "size": size,
    }
    command = shaped(BringSheet, asked)
    with unit_of_work(actor) as uow:
        service.bring(uow, command)
        # Inside the transaction: a row without its file could never be looked through.
        draft.rename(jobs.file_of(sheet_id))


def _plain_name(name: str) -> str:
    """The file's own name, without a folder and without what is no writing."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-100:]
