"""The field client's pure core, run by node: the very files that ship."""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from propapp.core.evidence.lots import lot, walk_key
from propapp.offline import views
from tests.sync.node import HERE, node

CORE = Path(__file__).parents[2] / "assets" / "offline" / "core"
FORBIDDEN = re.compile(
    r"\b(?:window|document|navigator|indexedDB|localStorage|crypto|fetch|setTimeout|setInterval|performance)\b"
    r"|Date\.now|new Date\(\)|Math\.random"
)


def test_the_pure_parts_do_what_they_say() -> None:
    files = [str(file) for file in sorted((HERE / "client").glob("*.test.mjs"))]
    outcome = node("--test", "--test", *files)
    assert outcome.returncode == 0, outcome.stdout[-4000:]


def test_the_server_draws_the_lots_of_the_table() -> None:
    for one in json.loads((HERE / "lots.json").read_text(encoding="utf-8")):
        key = walk_key(one["seed"], UUID(one["occurrence"]), UUID(one["person"]))
        drawn = lot(key, UUID(one["checkpoint"]), one_in=one["one_in"], among=one["among"])
        assert (key, drawn) == (one["key"], one["lot"])


def test_the_core_touches_nothing_that_was_not_given_to_it() -> None:
    found = [
        f"{file.name}:{number}: {line.strip()}"
        for file in sorted(CORE.rglob("*.js"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN.search(line.split("//")[0]) and not line.lstrip().startswith(("*", "/**"))
    ]
    assert found == []


@pytest.fixture(scope="module")
def printed() -> dict[str, dict[str, Any]]:
    """The views as the client makes them, of nothing and of a small world."""
    outcome = node("client/shapes.mjs")
    assert outcome.returncode == 0, outcome.stderr
    return json.loads(outcome.stdout)


@pytest.mark.parametrize("world", ["nothing", "filled"])
def test_views_have_the_shape_that_pages_read(
    printed: dict[str, dict[str, Any]], world: str
) -> None:
    wrong = [
        problem
        for name, value in printed[world].items()
        for problem in misfits(value, getattr(views, f"{name}View"), name)
    ]
    assert wrong == []


def test_the_filled_world_fills_every_list(printed: dict[str, dict[str, Any]]) -> None:
    shown = printed["filled"]
    lists = [
        *(shown["Run"][name] for name in ("faults", "visits", "stops")),
        shown["Run"]["point"]["rows"],
        shown["Run"]["faults"][0]["photos"],
        *(shown["Order"][name] for name in ("timeline", "staff", "before")),
        shown["Order"]["draft"]["photos"],
        *(shown["My"][name] for name in ("open", "closed")),
        *(shown["Report"][name] for name in ("units", "places", "photos")),
        shown["Messages"]["lines"],
        shown["Outbox"]["waiting"],
        *(shown["Notices"][name] for name in ("told", "people")),
    ]
    assert all(lists)


def misfits(value: Any, shape: Any, where: str) -> list[str]:
    """Where a JSON value differs from a Python type."""
    if dataclasses.is_dataclass(shape):
        return _object_misfits(value, typing.get_type_hints(shape), where)
    origin = typing.get_origin(shape)
    if origin is list:
        (inner,) = typing.get_args(shape)
        return [p for i, one in enumerate(value) for p in misfits(one, inner, f"{where}[{i}]")]
    if origin is dict:
        return [f"{where}.{k}" for k, v in value.items() if not isinstance(v, str)]
    return [] if _is_a(value, shape) else [f"{where}: {value!r} is no {shape.__name__}"]


def _object_misfits(value: dict[str, Any], fields: dict[str, Any], where: str) -> list[str]:
    more, less = sorted(value.keys() - fields.keys()), sorted(fields.keys() - value.keys())
    told = [f"{where}.{name} is too many" for name in more] + [
        f"{where}.{name} is missing" for name in less
    ]
    known = [name for name in fields if name in value]
    return told + [
        p for name in known for p in misfits(value[name], fields[name], f"{where}.{name}")
    ]


def _is_a(value: Any, shape: Any) -> bool:
    assert not isinstance(shape, types.UnionType)
    return isinstance(value, shape) and not (shape is int and isinstance(value, bool))
