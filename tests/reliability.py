"""What the reliability tests really ran, written down by themselves and made into a document.

``python -m tests.reliability`` writes ``docs/reliability.md`` from the figures of the last run.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "reliability"
# A test that hangs must not hold up the others; a soak takes its time.
SOAK = 7200 if "PROPAPP_SOAK" in os.environ else 1500
DOCUMENT = ROOT / "docs" / "reliability.md"


@contextmanager
def record(
    request: pytest.FixtureRequest,
    what: str,
    invariants: str,
    faults: str,
    runs: int,
    unit: str = "kills",
) -> Iterator[dict[str, Any]]:
    """Write the figures down when the test has passed; what is added to the entry goes with it."""
    forget(request.node.nodeid)
    entry: dict[str, Any] = {"note": ""}
    started = time.monotonic()
    yield entry
    entry |= {
        "what": what,
        "invariants": invariants,
        "faults": faults,
        "runs": entry.get("runs", runs),
        "unit": unit,
        "seconds": entry.get("seconds", round(time.monotonic() - started, 1)),
    }
    _write(entry, request.node.nodeid)


def record_mark(item: pytest.Item, report: pytest.TestReport) -> None:
    """One run for a test that passed and says by its mark what it holds against which fault."""
    mark = item.get_closest_marker("reliability")
    if mark and report.when == "call" and report.passed:
        invariants, faults, what = mark.args
        said = {"what": what, "invariants": invariants, "faults": faults, "runs": 1}
        seconds = round(report.duration, 1)
        _write({**said, "unit": "tests", "seconds": seconds, "note": ""}, item.nodeid)


def forget(nodeid: str) -> None:
    """A test that begins has not passed yet, whatever it wrote down the last time."""
    _file(nodeid).unlink(missing_ok=True)


def _write(entry: dict[str, Any], nodeid: str) -> None:
    entry |= {"at": datetime.now(UTC).isoformat(timespec="seconds"), "test": nodeid}
    RESULTS.mkdir(parents=True, exist_ok=True)
    _file(nodeid).write_text(json.dumps(entry), encoding="utf-8")


def _file(nodeid: str) -> Path:
    return RESULTS / f"{hashlib.sha256(nodeid.encode()).hexdigest()[:16]}.json"


INTRO = """# What was tried against the promises

Made by `make reliability` from what the tests wrote down in their last run; it claims nothing that
was not run. `make test` runs the smaller figures, `make soak` the larger. A row stands here only
when its test passed: no acknowledged operation or photo lost, none twice, none changed.

| what was done | must hold | faults | runs | seconds | last run (UTC) | remark |
| --- | --- | --- | ---: | ---: | --- | --- |
"""
LEGEND = """
I1 nothing lost · I2 nothing doubled · I3 a photo's bytes hash to its name, sealed means complete ·
I4 order within a run · I5 one owner of an order, nobody else told so · I6 no false word · I7 the
queue drains by itself · I8 others' things stay theirs · I9 a loss is noticed ·
I10 one bad thing blocks only itself, and memory is bounded · I11 the evidence chain holds.
Times are from a shared machine with two cores. What stands in no row was not measured here.
"""
LEFT = """
Of the seventy faults of the protocol's list these stand in no row, for no test tries them:
{faults}.
"""
ALL_TRIED = """
Each of the seventy faults of the list has a row.
"""
FAULTS = 70


def document() -> str:
    """The table, one row for each thing done, its parts added up."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in _written():
        groups.setdefault(entry["what"], []).append(entry)
    rows = [_row(what, entries) for what, entries in sorted(groups.items())]
    tried = {
        fault
        for entries in groups.values()
        for one in entries
        for fault in faults_in(one["faults"])
    }
    left = [f"F{number:02}" for number in range(1, FAULTS + 1) if number not in tried]
    end = LEFT.format(faults=" ".join(left)) if left else ALL_TRIED
    return INTRO + "\n".join(rows) + "\n" + LEGEND + end


def _written() -> Iterator[dict[str, Any]]:
    """What tests of today wrote down; what one wrote that is gone proves nothing any more."""
    for file in RESULTS.glob("*.json"):
        entry = json.loads(file.read_text(encoding="utf-8"))
        if is_there(entry["test"]):
            yield entry
        else:
            file.unlink()


def is_there(nodeid: str) -> bool:
    """Whether the tree still has this test, or this file of tests."""
    path, _, name = nodeid.partition("::")
    file, function = ROOT / path, name.split("[")[0].split("::")[-1]
    if not file.is_file():
        return False
    return f"def {function}(" in file.read_text(encoding="utf-8") if function else True


def faults_in(said: str) -> set[int]:
    """The numbers in ``F01–F03 F07``."""
    found: set[int] = set()
    for first, last in re.findall(r"F(\d+)(?:–F(\d+))?", said):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def _row(what: str, entries: list[dict[str, Any]]) -> str:
    first = entries[0]
    cells = [
        what,
        first["invariants"],
        " ".join(sorted({part for entry in entries for part in entry["faults"].split()})),
        f"{sum(entry['runs'] for entry in entries):,} {first['unit']}",
        f"{sum(entry['seconds'] for entry in entries):.0f}",
        max(entry["at"] for entry in entries)[:16].replace("T", " "),
        "; ".join(sorted({entry["note"] for entry in entries if entry["note"]})),
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
