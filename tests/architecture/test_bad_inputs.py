"""Every case of hostile input that was thought of, B01 to B82, is tried by some test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
CASES = {f"B{number:02}" for number in range(1, 83)}
CASE = re.compile(r"\bB[0-9]{2}\b")


def tried() -> Iterator[str]:
    """The cases that tests say they try, from the marks on their functions."""
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for mark in map(ast.unparse, node.decorator_list):
                    if mark.startswith("pytest.mark.bad_input("):
                        yield from CASE.findall(mark)


def test_every_case_is_tried_and_no_other_is_claimed() -> None:
    found = set(tried())
    assert not CASES - found, "no test tries these"
    assert not found - CASES, "there are no such cases"
