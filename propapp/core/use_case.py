"""One door to each change: the door checks the permission and hands it to the unit of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork


class Command(BaseModel):
    """What someone asks for, in plain values; the same object online and offline."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True
    )


@dataclass(frozen=True)
class UseCase:
    """A service function under its public name, with the one permission that opens it."""

    name: str
    permission: Permission
    command_type: type[Command]
    run: Callable[[UnitOfWork, Any], Any]
    version: int = 1


USE_CASES: dict[str, UseCase] = {}

CommandT = TypeVar("CommandT", bound=Command)
ResultT = TypeVar("ResultT")
FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


def use_case(
    name: str, permission: Permission, *, version: int = 1
) -> Callable[
    [Callable[[UnitOfWork, CommandT], ResultT]], Callable[[UnitOfWork, CommandT], ResultT]
]:
    """Register a service function under a name and guard it with one permission."""

    def register(
        function: Callable[[UnitOfWork, CommandT], ResultT],
    ) -> Callable[[UnitOfWork, CommandT], ResultT]:
        @wraps(function)
        def guarded(uow: UnitOfWork, command: CommandT) -> ResultT:
            uow.actor.require(permission)
            return function(uow.for_permission(permission), command)

        if name in USE_CASES:
            raise ValueError(f"use case {name} is registered twice")
        command_type = get_type_hints(function)["command"]
        case = UseCase(name, permission, command_type, guarded, version)
        USE_CASES[name] = case
        guarded.use_case = case  # type: ignore[attr-defined]
        return guarded

    return register


def internal(function: FunctionT) -> FunctionT:
    """Mark a service function that others call inside their own transaction; it is no door.

    It checks no permission: whoever calls it has passed a door of their own, or is a sweep.
    """
    function.internal = True  # type: ignore[attr-defined]
    return function


def load_use_cases() -> Mapping[str, UseCase]:
    """Import every slice's service, found without naming a slice, and give all doors by name."""
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.glob("features/*/service*")):
        if path.suffix == ".py" or (path / "__init__.py").exists():
            import_module(f"propapp.features.{path.parent.name}.service")
    return USE_CASES
