"""One door to each change: what the house promises about its services, held by reading them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "propapp"
SERVICES = sorted(
    path.parent.name
    for path in PACKAGE.glob("features/*/service*")
    if path.suffix == ".py" or (path / "__init__.py").exists()
)
# Ideographs, kana, hangul, and the punctuation that goes with them.
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uff00-\uffef]")


def sources(*patterns: str) -> Iterator[tuple[str, ast.Module]]:
    for pattern in patterns:
        for path in sorted(PACKAGE.glob(pattern)):
            yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("slice_name", SERVICES)
def test_every_public_function_of_a_service_is_a_door_or_says_that_it_is_none(
    slice_name: str,
) -> None:
    package = f"propapp.features.{slice_name}.service"
    public = {
        name: function
        for name, function in inspect.getmembers(import_module(package), inspect.isfunction)
        if not name.startswith("_") and function.__module__.startswith(package)
    }
    assert public, f"{package} offers nothing"
    neither = [
        name
        for name, function in public.items()
        if not hasattr(function, "use_case") and not hasattr(function, "internal")
    ]
    assert not neither, f"{package}: guard {neither} with @use_case, or mark them @internal"


def test_nobody_commits_but_the_unit_of_work() -> None:
    guilty = [
        f"{name}:{node.lineno}"
        for name, tree in sources("**/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
        # Migrations run outside any unit of work, on a connection of their own.
        if name not in {"core/unit_of_work.py", "core/db/migrations/env.py"}
    ]
    assert not guilty, "only the unit of work commits: open one at the edge instead"


def test_no_sentence_in_chinese_stands_in_the_code() -> None:
    guilty = [
        f"{name}:{node.lineno}"
        for name, tree in sources("**/*.py")
        # What is put into a bundle goes out of the house, and has no catalogue beside it.
        if not name.startswith(("demo", "features/evidence/bundle/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CJK.search(node.value)
    ]
    assert not guilty, f"put the words into assets/i18n and name their key: {guilty}"


def test_status_changes_only_through_its_flow() -> None:
    guilty = [
        f"{name}:{node.lineno}"
        for name, tree in sources("features/*/service.py", "features/*/service/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "status"
        if "next_status" not in ast.unparse(node.value)
    ]
    assert not guilty, f"ask the flow for the next status: {guilty}"


def test_services_ask_through_their_repository() -> None:
    guilty = [
        f"{name}:{node.lineno}"
        for name, tree in sources("features/*/service.py", "features/*/service/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"sqlmodel", "sqlalchemy"}
        if {"select", "update", "delete", "insert"} & {alias.name for alias in node.names}
    ]
    assert not guilty, f"move the query into the repository and name it: {guilty}"
