"""Rows that keep their places, so that only what has changed travels."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from reflex_base.utils.format import json_dumps

from propapp.features.boards.pushing import PART, parts
from propapp.features.boards.slots import Slots


@dataclass(frozen=True)
class Row:
    key: str = ""
    text: str = ""


SLOTS = Slots("row", Row, 3)


def page(*rows: Row) -> Any:
    """A page showing these rows in these places."""
    held = dict.fromkeys(SLOTS.names) | dict(zip(SLOTS.names, rows, strict=False))
    return SimpleNamespace(**held)


def after(state: Any, *rows: Row) -> dict[str, Row | None]:
    changed = SLOTS.changes(state, rows)
    vars(state).update(changed)
    return changed


def test_a_new_row_takes_a_free_place_and_moves_no_other() -> None:
    first, second = Row("b"), Row("a")
    state = page(first)
    assert after(state, second, first) == {"row_2": second}


def test_a_changed_row_stays_in_its_place() -> None:
    state = page(Row("a"), Row("b"))
    assert after(state, Row("a"), Row("b", "new")) == {"row_2": Row("b", "new")}


def test_a_row_that_is_gone_leaves_its_place_to_the_next() -> None:
    state = page(Row("a"), Row("b"), Row("c"))
    assert after(state, Row("a"), Row("c"), Row("d")) == {"row_2": Row("d")}
    assert after(state) == dict.fromkeys(SLOTS.names)


def test_nothing_new_changes_nothing() -> None:
    state = page(Row("a"), Row("b"))
    assert after(state, Row("b"), Row("a")) == {}


def test_all_rows_can_change_at_once() -> None:
    state = page(Row("a"), Row("b"), Row("c"))
    after(state, Row("x"), Row("b"), Row("y"), Row("z"))
    assert {row.key for row in vars(state).values() if row} == {"x", "b", "y"}


def test_big_changes_travel_in_small_parts() -> None:
    changes = {f"row_{number}": "字" * 200 for number in range(20)}
    made = list(parts(changes))
    assert {name: value for part in made for name, value in part.items()} == changes
    sizes = [len(json_dumps(part, separators=(",", ":")).encode()) for part in made]
    assert max(sizes) <= PART
    assert len(made) < len(changes)


def test_one_change_too_big_still_travels() -> None:
    assert list(parts({"a": "x" * 2 * PART, "b": 1})) == [{"a": "x" * 2 * PART}, {"b": 1}]
