"""The table of what was tried names faults by number, and those that it does not name."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import reliability


def test_ranges_and_single_faults_are_read() -> None:
    assert reliability.faults_in("F01–F03 F07") == {1, 2, 3, 7}


def test_what_was_not_tried_is_said(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "RESULTS", tmp_path)
    text = reliability.document()
    assert all(f"F{number:02}" in text for number in range(1, reliability.FAULTS + 1))


HERE = "tests/architecture/test_reliability.py"
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
    told = {**entry, "seconds": 1, "note": "", "at": "2026-03-10T04:00:00", "test": HERE}
    (tmp_path / "all.json").write_text(json.dumps(told), encoding="utf-8")
    assert reliability.document().endswith("Each of the seventy faults of the list has a row.\n")


@pytest.mark.parametrize(
    ("nodeid", "stays"),
    [
        (HERE, True),
        (f"{HERE}::test_ranges_and_single_faults_are_read", True),
        (f"{HERE}::test_what_a_test_that_is_gone_wrote_down_does_not_count[a::b-True]", True),
        (f"{HERE}::test_ranges", False),
        ("tests/architecture/test_of_last_year.py::test_ranges_and_single_faults_are_read", False),
    ],
)
def test_what_a_test_that_is_gone_wrote_down_does_not_count(
    nodeid: str, stays: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reliability, "RESULTS", tmp_path)
    entry = {"what": "A feat", "invariants": "I1", "faults": "F01", "runs": 1, "unit": "tests"}
    told = {**entry, "seconds": 1, "note": "", "at": "2026-03-10T04:00:00", "test": nodeid}
    file = tmp_path / "one.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert ("A feat" in reliability.document()) == file.exists() == stays


PASSED_ONCE = """
import pytest
from tests.reliability import record

@pytest.mark.reliability("I1", "F01", "By its mark")
def test_marked():
    assert {marked}

def test_recorded(request):
    assert {first}
    with record(request, "By itself", "I2", "F02", 5):
        assert {within}
"""


@pytest.mark.parametrize("broken", ["marked", "first", "within"])
def test_a_test_that_fails_takes_its_old_success_away(broken: str, tmp_path: Path) -> None:
    wanted = {name: name != broken for name in ("marked", "first", "within")}
    good = {"marked": True, "first": True, "within": True}
    assert told_by(tmp_path, PASSED_ONCE.format(**good)) == {"By its mark", "By itself"}
    left = {"By itself"} if broken == "marked" else {"By its mark"}
    assert told_by(tmp_path, PASSED_ONCE.format(**wanted)) == left


def told_by(folder: Path, source: str) -> set[str]:
    """What is written down after a run of these tests, under the hooks of all tests."""
    (folder / "conftest.py").write_text(HOOKS.format(str(folder / "results")), encoding="utf-8")
    file = folder / "test_feat.py"
    file.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", "pyproject.toml", f"--rootdir={folder}"]
    said = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(file)], cwd=reliability.ROOT, capture_output=True
    )
    assert said.returncode in {0, 1}, said.stdout.decode()
    return {json.loads(one.read_text())["what"] for one in (folder / "results").glob("*.json")}


HOOKS = """
from pathlib import Path
from tests import reliability
from tests.conftest import pytest_runtest_makereport, pytest_runtest_setup

reliability.RESULTS = Path({!r})
"""
