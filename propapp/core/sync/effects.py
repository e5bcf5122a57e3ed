"""From an operation's body to its use case, and to the photos that it names."""

from __future__ import annotations

import re
from typing import Any

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
    try:
        command = case.command_type.model_validate(
            upcast(operation.kind, operation.version, body, to=case.version)
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
    if isinstance(value, list):
        for part in value:
            _gather(part, found)
    if not isinstance(value, dict):
        return
    for key, part in value.items():
        if key == "photos" and isinstance(part, list):
            found.update(dict.fromkeys(filter(None, map(_digest, part))))
        _gather(part, found)


def _digest(shot: Any) -> str | None:
    said = shot.get("sha256") if isinstance(shot, dict) else None
    return said if isinstance(said, str) and DIGEST.fullmatch(said) else None
