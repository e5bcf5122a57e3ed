"""What a person typed into a form of the office: read with care, the field that is odd is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from propapp.core.errors import InvalidInput

Form = Mapping[str, Any]


def text_in(form: Form, name: str) -> str:
    """What was typed, without blanks around it."""
    return str(form.get(name) or "").strip()


def number_in(form: Form, name: str, usual: int) -> int:
    """The number in a field, the usual one where it is empty."""
    text = str(form.get(name, "")).strip()
    if not text:
        return usual
    try:
        return int(text)
    except ValueError as error:
        raise InvalidInput(field=name) from error


def day_in(form: Form, name: str) -> date | None:
    """The day in a field, none where it is empty; ``InvalidInput`` where it is no day."""
    text = str(form.get(name, "")).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(field=name) from error


def made(command: type[Any], **values: Any) -> Any:
    """The command; ``InvalidInput`` names the first field that cannot be, ``parts.0.weight``."""
    try:
        return command(**values)
    except ValidationError as error:
        raise InvalidInput(field=where(error)) from error


def where(error: ValidationError) -> str:
    """The first field that was refused."""
    return ".".join(str(part) for part in error.errors()[0]["loc"])
