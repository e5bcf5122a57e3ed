"""What an operation looks like while it is held back, and after it was performed all the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from propapp.core.errors import AuthorLeft, UnknownOperation
from propapp.core.sync.models import Operation, OperationStatus

# The fact of an applied operation that says why it was held back before.
HELD = "held"


def was_held(facts: Mapping[str, Any]) -> bool:
    """Whether these are the facts of an operation that had waited."""
    return HELD in facts


def facts_while_held(code: str, kind: str, version: int) -> dict[str, Any]:
    """The facts that an operation of this kind had when it was held back for this reason."""
    if code == UnknownOperation.code:
        return UnknownOperation(kind=kind, version=version).facts
    return {}


def release(operation: Operation) -> None:
    """From now on it counts as applied; why it had waited can be read off it for ever."""
    held = operation.code
    operation.status, operation.code, operation.facts = OperationStatus.APPLIED, "", {HELD: held}


def hold_again(operation: Operation) -> None:
    """As it stood before ``release``."""
    code = str(operation.facts.get(HELD, AuthorLeft.code))
    operation.facts = facts_while_held(code, operation.kind, operation.version)
    operation.status, operation.code = OperationStatus.QUARANTINED, code
