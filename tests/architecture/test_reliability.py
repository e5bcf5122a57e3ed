"""The table of what was tried names faults by number, and those that it does not name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests import reliability


def test_ranges_and_single_faults_are_read() -> None:
    assert reliability.faults_in("F01–F03 F07") == {1, 2, 3, 7}


def test_what_was_not_tried_is_said(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "RESULTS", tmp_path)
    text = reliability.document()
    assert all(f"F{number:02}" in text for number in range(1, reliability.FAULTS + 1))


# What no test can try here, and why; each of the others stands in the table.
UNTRIED: dict[int, str] = {}
SAID = re.compile(r'"((?:F\d\d(?:–F\d\d)?)(?: F\d\d(?:–F\d\d)?)*)"')


def test_every_fault_of_the_list_is_tried_by_some_test() -> None:
    tried: set[int] = set()
    for file in Path(reliability.ROOT, "tests").rglob("test_*.py"):
        if file != Path(__file__):
            for said in SAID.findall(file.read_text(encoding="utf-8")):
                tried |= reliability.faults_in(said)
    missing = set(range(1, reliability.FAULTS + 1)) - tried
    assert {f"F{number:02}" for number in missing} == {f"F{number:02}" for number in UNTRIED}


def test_when_every_fault_was_tried_the_table_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reliability, "RESULTS", tmp_path)
    entry = {"what": "All", "invariants": "I1", "faults": "F01–F70", "runs": 1, "unit": "tests"}
    told = {**entry, "seconds": 1, "note": "", "at": "2026-03-10T04:00:00", "test": "all"}
    (tmp_path / "all.json").write_text(json.dumps(told), encoding="utf-8")
    assert reliability.document().endswith("Each of the seventy faults of the list has a row.\n")
