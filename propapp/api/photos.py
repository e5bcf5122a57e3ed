"""The bytes of photos: up in chunks that survive every cut, down to those who may see them."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response

from propapp.api import problems
from propapp.api.arrivals import receive
from propapp.api.problems import NO_STORE, locale_of
from propapp.api.reading import parse, read
from propapp.api.sync import said
from propapp.api.who import Sending, SignedIn
from propapp.core.clock import SystemClock
from propapp.core.db.engine import read_session
from propapp.core.errors import InvalidInput, PhotoDigest, PhotoTooLarge, WrongOffset
from propapp.core.stores import Form, photo_store
from propapp.core.sync.envelope import Digest
from propapp.core.text import refusal
from propapp.features.photos import limits
from propapp.features.photos.deliveries import Chunk, Progress, progress
from propapp.features.photos.register import intake_of
from propapp.features.photos.repository import visible_photo

router = APIRouter()

MAX_QUESTION = 16 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")
OFFSET = re.compile(r"[0-9]{1,12}")
MEDIA = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
KEPT_FOR_EVER = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


class Asked(BaseModel):
    """A photo that the phone holds."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sha256: Digest
    size: Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)]


class Have(BaseModel):
    """The question which of these are here, and how far."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    photos: Annotated[list[Asked], Field(max_length=limits.ASKED_AT_ONCE)]


@router.post("/photos/have")
async def post_have(request: Request, sender: Sending) -> JSONResponse:
    """Tell how far each of the person's own deliveries has come."""
    have = parse(Have, await read(request, limit=MAX_QUESTION))
    digests = [photo.sha256 for photo in have.photos]
    intake = intake_of(photo_store(), SystemClock())
    found = await run_in_threadpool(progress, intake, sender.actor.person_id, digests)
    return said(photos=[standing(one, locale_of(request)) for one in found])


@router.put("/photos/{sha256}")
async def put_photo(request: Request, sha256: str, sender: Sending) -> JSONResponse:
    """Keep one chunk durably before answering."""
    offset, length = _number(request, "upload-offset"), _number(request, "upload-length")
    if length > limits.PHOTO_BYTES:
        raise PhotoTooLarge
    data = await read(request, limit=limits.CHUNK)
    chunk = Chunk(_digest(sha256), offset, length, data)
    refuse_misfit(chunk, request.headers.get("repr-digest", ""))
    try:
        taken = await run_in_threadpool(receive, sender.actor, chunk, photo_store(), SystemClock())
    except WrongOffset as wrong:
        return problems.answer(request, wrong, offset=int(wrong.facts["offset"]))
    if taken.complete:
        return JSONResponse({"offset": taken.offset, "complete": True}, 201, headers=NO_STORE)
    return JSONResponse({"offset": taken.offset}, headers=NO_STORE)


@router.get("/photos/{sha256}")
def get_photo(
    sha256: str, actor: SignedIn, form: Annotated[Form, Query()] = Form.DISPLAY
) -> Response:
    """The photo, to whoever may see a thing that it belongs to."""
    with read_session() as session:
        photo = visible_photo(session, actor, _digest(sha256))
    path = photo_store().file(sha256, form)
    if form is not Form.ORIGINAL:
        return FileResponse(path, media_type="image/webp", headers=KEPT_FOR_EVER)
    return FileResponse(
        path,
        media_type=MEDIA[photo.format],
        filename=f"{sha256}.{SUFFIX[photo.format]}",
        headers=KEPT_FOR_EVER,
    )


def standing(one: Progress, locale: str) -> dict[str, Any]:
    """How far a delivery has come, as the protocol writes it."""
    if one.refused:
        code = one.refused.code
        return {
            "sha256": one.sha256,
            "status": "refused",
            "offset": 0,
            "code": code,
            "message": refusal(code, locale),
        }
    status = "have" if one.complete else "partial" if one.offset else "missing"
    return {"sha256": one.sha256, "status": status, "offset": one.offset}


def refuse_misfit(chunk: Chunk, digest: str) -> None:
    """Refuse bytes that changed on their way or do not fit into the photo."""
    if not chunk.data or chunk.offset + len(chunk.data) > chunk.length:
        raise InvalidInput(field="upload-length")
    if digest != hashlib.sha256(chunk.data).hexdigest():
        raise PhotoDigest


def _number(request: Request, header: str) -> int:
    said_number = request.headers.get(header, "")
    if not OFFSET.fullmatch(said_number):
        raise InvalidInput(field=header)
    return int(said_number)


def _digest(sha256: str) -> str:
    if not DIGEST.fullmatch(sha256):
        raise InvalidInput(field="sha256")
    return sha256
