"""Old bodies in today's shape: every version that a phone was ever given stays readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from propapp.core.errors import UnknownOperation
from propapp.core.use_case import USE_CASES, UseCase

Body = dict[str, Any]

# (kind, version) -> the same body one version later. Nothing is ever removed from here.
UPCASTERS: dict[tuple[str, int], Callable[[Body], Body]] = {}


def known(kind: str, version: int) -> UseCase:
    """The use case that can take this version, or ``UnknownOperation``."""
    case = USE_CASES.get(kind)
    if case is None or not 1 <= version <= case.version:
        raise UnknownOperation(kind=kind, version=version)
    if any((kind, step) not in UPCASTERS for step in range(version, case.version)):
        raise UnknownOperation(kind=kind, version=version)
    return case


def upcast(kind: str, version: int, body: Body, *, to: int) -> Body:
    """The body after every step from its version to the present one."""
    for step in range(version, to):
        body = UPCASTERS[kind, step](body)
    return body
