"""Files in the making over HTTP: asked for by an ordinary form, fetched when they are there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from sqlalchemy.exc import OperationalError
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse

from propapp.api.problems import NO_STORE, code_of, see_other
from propapp.api.reading import form, read
from propapp.core.errors import NotFound, PropappError
from propapp.core.making.models import ExportStatus
from propapp.core.making.workshop import MadeT, Workshop

MAX_FORM = 2 * 1024
HEADERS = {**NO_STORE, "X-Content-Type-Options": "nosniff"}
MEDIA = {
    "zip": "application/zip",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Ask = Callable[[dict[str, str]], UUID]


async def asked(
    request: Request,
    ask: Ask,
    workshop: Workshop[Any],
    page: str,
    said: Collection[str],
) -> RedirectResponse:
    """Ask as the form says, and go where the file is to be had, or where it says why not.

    A field ``site`` is the page's own: it is told again, so that the page is at the same site.
    """
    here: dict[str, str] = {}
    try:
        fields = form(await read(request, limit=MAX_FORM))
        if site := fields.pop("site", ""):
            here["site"] = site
        made_id = await run_in_threadpool(ask, fields)
    except (PropappError, OperationalError) as error:
        return see_other(page, **here, error=code_of(error, said))
    gone = see_other(page, **here, export=str(made_id))
    gone.background = BackgroundTask(workshop.make_waiting)
    return gone


def fetched(workshop: Workshop[MadeT], row: MadeT, name: str) -> FileResponse:
    """The file of a row that whoever asks was found to see."""
    path = workshop.file_of(row)
    if row.status is not ExportStatus.READY or not path.exists():
        raise NotFound(kind="made_file")
    suffix = workshop.suffix_of(row)
    plain = name if name.isascii() else f"propapp-{row.id}"
    headers = called(f"{plain}.{suffix}", f"{name}.{suffix}")
    return FileResponse(path, media_type=MEDIA[suffix], headers=headers)


def called(plain: str, name: str) -> dict[str, str]:
    """The headers of a file to be kept: its name, and one that every machine can write."""
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return {**HEADERS, "Content-Disposition": disposition}
