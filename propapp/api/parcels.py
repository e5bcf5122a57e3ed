"""A parcel comes to the office: kept on the disk while it comes, looked through, then taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from propapp.api import parcel_shelf, unpacking
from propapp.api.receiving import receive
from propapp.api.sync import said
from propapp.api.who import SignedIn
from propapp.core.access import Actor, Permission
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import unit_of_work
from propapp.features.parcels import service
from propapp.features.parcels.commands import BringParcel

router = APIRouter()

LARGEST = 1 << 30


@router.post("/parcels")
async def post_parcel(
    request: Request, actor: SignedIn, *, partly: Annotated[bool, Query()] = False
) -> JSONResponse:
    """Keep the file, look through all of it, and take it in after the answer."""
    actor.require(Permission.PHONE_CARE)
    parcel_id = uuid7()
    draft = parcel_shelf.file_of(parcel_id).with_suffix(".part")
    try:
        size = await receive(request, draft, most=LARGEST)
        await run_in_threadpool(_bring, actor, parcel_id, draft, size, partly=partly)
    finally:
        draft.unlink(missing_ok=True)
    answer = said(parcel_id=str(parcel_id))
    answer.status_code = 201
    answer.background = BackgroundTask(parcel_shelf.take_in_waiting)
    return answer


def _bring(actor: Actor, parcel_id: UUID, draft: Path, size: int, *, partly: bool) -> None:
    """What is not whole is refused before there is a trace of it."""
    with draft.open("rb") as source:
        found = unpacking.look_into(source, partly=partly)
    command = BringParcel(
        parcel_id=parcel_id,
        author_id=found.author.person_id,
        size=size,
        operations=found.operations,
        photos=found.photos,
        partly=partly,
    )
    with unit_of_work(actor) as uow:
        service.bring(uow, command)
        # Inside the transaction: a row without its file could never be taken in.
        draft.rename(parcel_shelf.file_of(parcel_id))
