"""Lists that travel row by row.

A State sends a list whole when one row of it has changed. Here every row is a var of its own, keeps
its place for as long as it is shown, and the browser puts the rows into the order of their keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

import reflex as rx
from reflex_base.vars.base import VarData


@runtime_checkable
class Keyed(Protocol):
    """A row that sorts by its key."""

    @property
    def key(self) -> str:
        """Where it stands in its list."""
        ...


RowT = TypeVar("RowT", bound=Keyed)


@dataclass(frozen=True)
class Slots(Generic[RowT]):
    """Places for at most so many rows of one kind; a free place holds nothing.

    Every page loads the beginnings of every State, so a place begins with a word, not with a row.
    """

    prefix: str
    kind: type[RowT]
    count: int

    @property
    def names(self) -> list[str]:
        """The vars of the rows."""
        return [f"{self.prefix}_{number}" for number in range(1, self.count + 1)]

    def changes(self, state: rx.State, rows: Sequence[RowT]) -> dict[str, RowT | None]:
        """The vars that must change so that exactly these rows are shown."""
        held = {name: getattr(state, name) for name in self.names}
        wanted = {row.key: row for row in rows[: self.count]}
        placed = {row.key: name for name, row in held.items() if row and row.key in wanted}
        free = iter([name for name in held if name not in placed.values()])
        target: dict[str, RowT | None] = dict.fromkeys(self.names)
        for key, row in wanted.items():
            target[placed.get(key) or next(free)] = row
        return {name: row for name, row in target.items() if held[name] != row}

    def var(self, state: type[rx.State]) -> Any:
        """The rows that are shown, in order, as one Var."""
        parts = [getattr(state, name) for name in self.names]
        data = VarData.merge(*(part._get_all_var_data() for part in parts))  # noqa: SLF001
        rows = ", ".join(str(part) for part in parts)
        # Keys are made of digits, capitals and hyphens: the browser compares them as Python does.
        sorted_rows = f"[{rows}].filter(Boolean).sort((a, b) => (a.key < b.key ? -1 : 1))"
        return rx.Var(
            sorted_rows,
            _var_type=list[self.kind],
            _var_data=data,  # type: ignore[misc]
        ).guess_type()


def with_slots(*lists: Slots[Any]) -> Any:
    """A mixin that declares the vars of these lists."""
    kinds = {name: one.kind for one in lists for name in one.names}
    body = {
        "__annotations__": {name: kind | None for name, kind in kinds.items()},
        "__module__": __name__,
        "__qualname__": "Slotted",
        "__doc__": "Rows that travel one by one.",
        **dict.fromkeys(kinds),
    }
    return type(rx.State)("Slotted", (rx.State,), body, mixin=True)  # type: ignore[call-overload]
