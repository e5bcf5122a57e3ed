"""A file that comes in as the whole body of a request: kept on the disk while it comes."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from propapp.core.errors import InvalidInput, NoSpace, RequestTooLarge
from propapp.core.stores.durable import no_space_is_said

# A file comes over whatever line the office has, but a line that says nothing is not waited for.
SILENCE = 60
# What is in it needs room a second time, and phones must still find some.
ROOM = 3


async def receive(request: Request, draft: Path, *, most: int) -> int:
    """Write the body to the disk piece by piece; gives its length, which is at most ``most``."""
    _refuse_too_large(request, draft, most)
    size = 0
    with no_space_is_said(), draft.open("wb") as out:
        async for piece in _in_time(request):
            size += len(piece)
            if size > most:
                raise RequestTooLarge(limit=most)
            await run_in_threadpool(out.write, piece)
    if not size:
        raise InvalidInput(field="body")
    return size


def _refuse_too_large(request: Request, draft: Path, most: int) -> None:
    declared = request.headers.get("content-length", "0")
    if not (declared.isascii() and declared.isdigit() and len(declared) <= len(str(most))):
        raise RequestTooLarge(limit=most)
    if int(declared) > most:
        raise RequestTooLarge(limit=most)
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
