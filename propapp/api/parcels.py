"""A parcel comes to the office: kept on the disk while it comes, looked through, then taken in."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from propapp.api import parcel_shelf, unpacking
from propapp.api.sync import said
from propapp.api.who import SignedIn
from propapp.core.access import Actor, Permission
from propapp.core.errors import InvalidInput, NoSpace, RequestTooLarge
from propapp.core.ids import uuid7
from propapp.core.stores.durable import no_space_is_said
from propapp.core.unit_of_work import unit_of_work
from propapp.features.parcels import service
from propapp.features.parcels.commands import BringParcel

router = APIRouter()

LARGEST = 1 << 30
# A file comes over whatever line the office has, but a line that says nothing is not waited for.
SILENCE = 60
# What is in it needs room a second time, and phones must still find some.
ROOM = 3


@router.post("/parcels")
async def post_parcel(
    request: Request, actor: SignedIn, *, partly: Annotated[bool, Query()] = False
) -> JSONResponse:
    """Keep the file, look through all of it, and take it in after the answer."""
    actor.require(Permission.PHONE_CARE)
    parcel_id = uuid7()
    draft = parcel_shelf.file_of(parcel_id).with_suffix(".part")
    try:
        size = await _receive(request, draft)
        await run_in_threadpool(_bring, actor, parcel_id, draft, size, partly=partly)
    finally:
        draft.unlink(missing_ok=True)
    answer = said(parcel_id=str(parcel_id))
    answer.status_code = 201
    answer.background = BackgroundTask(parcel_shelf.take_in_waiting)
    return answer


async def _receive(request: Request, draft: Path) -> int:
    """Write the body to the disk piece by piece; gives its length."""
    _refuse_too_large(request, draft)
    size = 0
    with no_space_is_said(), draft.open("wb") as out:
        async for piece in _in_time(request):
            size += len(piece)
            if size > LARGEST:
                raise RequestTooLarge(limit=LARGEST)
            await run_in_threadpool(out.write, piece)
    if not size:
        raise InvalidInput(field="body")
    return size


def _refuse_too_large(request: Request, draft: Path) -> None:
    declared = request.headers.get("content-length", "0")
    if not (declared.isascii() and declared.isdigit() and len(declared) <= len(str(LARGEST))):
        raise RequestTooLarge(limit=LARGEST)
    if int(declared) > LARGEST:
        raise RequestTooLarge(limit=LARGEST)
    draft.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(draft.parent).free < ROOM * int(declared):
        raise NoSpace


async def _in_time(request: Request) -> AsyncIterator[bytes]:
    pieces = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(SILENCE):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise InvalidInput(field="body") from error
        yield piece


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
