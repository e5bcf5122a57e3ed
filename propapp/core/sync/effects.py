"""From an operation's body to its use case, and to the photos that it names."""

from __future__ import annotations

import re
from typing import Any, cast

from pydantic import ValidationError

from propapp.core import strict_json
from propapp.core.errors import InvalidInput, PropappError
from propapp.core.sync.models import Operation
from propapp.core.sync.upcast import known, upcast
from propapp.core.unit_of_work import UnitOfWork

DIGEST = re.compile(r"[0-9a-f]{64}")


def perform(uow: UnitOfWork, operation: Operation) -> None:
    """Read the body as a command of its kind and do what it asks."""
    case = known(operation.kind, operation.version)
    body = strict_json.loads(operation.body)
    if not isinstance(body, dict):
        raise InvalidInput(field="body")
    fields = cast("dict[str, Any]", body)
    try:
        command = case.command_type.model_validate(
            upcast(operation.kind, operation.version, fields, to=case.version)
        )
    except ValidationError as error:
        raise InvalidInput(field=field_of(error)) from error
    case.run(uow, command)
    uow.session.flush()


def field_of(error: ValidationError) -> str:
    """The first field at fault, dotted."""
    return ".".join(str(part) for part in error.errors()[0]["loc"]) or "body"


def named_photos(body: str) -> tuple[str, ...]:
    """Digests in any ``photos`` list of the body, each once, in order."""
    try:
        value = strict_json.loads(body)
    except PropappError:
        return ()
    found: dict[str, None] = {}
    _gather(value, found)
    return tuple(found)


def _gather(value: Any, found: dict[str, None]) -> None:
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value).get("photos")
        shots = strict_json.parts_of(named) if isinstance(named, list) else []
        found.update(dict.fromkeys(filter(None, map(_digest, shots))))
    for part in strict_json.parts_of(value):
        _gather(part, found)


def _digest(shot: Any) -> str | None:
    said = cast("dict[str, Any]", shot).get("sha256") if isinstance(shot, dict) else None
    return said if isinstance(said, str) and DIGEST.fullmatch(said) else None
