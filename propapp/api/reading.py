"""Reading requests within bounds: never more bytes than allowed, never for ever."""

from __future__ import annotations

import asyncio
from typing import TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import BaseModel, ValidationError

from propapp.core import strict_json
from propapp.core.errors import InvalidInput, RequestTooLarge
from propapp.core.sync.effects import field_of

SECONDS = 60
LONGEST_NUMBER = 18

Model = TypeVar("Model", bound=BaseModel)


async def read(request: Request, *, limit: int) -> bytes:
    """The whole body, counted while it comes in."""
    declared = request.headers.get("content-length", "0")
    if not (declared.isascii() and declared.isdigit()):
        raise InvalidInput(field="content-length")
    if len(declared) > LONGEST_NUMBER or int(declared) > limit:
        raise RequestTooLarge(limit=limit)
    try:
        async with asyncio.timeout(SECONDS):
            return await _gather(request, limit)
    except TimeoutError as error:
        raise InvalidInput(field="body") from error


async def _gather(request: Request, limit: int) -> bytes:
    gathered = bytearray()
    async for piece in request.stream():
        gathered += piece
        if len(gathered) > limit:
            raise RequestTooLarge(limit=limit)
    return bytes(gathered)


def parse(model: type[Model], raw: bytes) -> Model:
    """The body as this model, or ``InvalidInput`` naming the first field at fault."""
    return shaped(model, strict_json.loads(raw))


def shaped(model: type[Model], value: object) -> Model:
    """A JSON value as this model."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise InvalidInput(field=field_of(error)) from error


def form(raw: bytes) -> dict[str, str]:
    """The fields of an ordinary HTML form."""
    try:
        text = raw.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=16, errors="strict")
    except ValueError as error:
        raise InvalidInput(field="form") from error
    fields = dict(pairs)
    if len(fields) != len(pairs) or any("\0" in value for value in fields.values()):
        raise InvalidInput(field="form")
    return fields
