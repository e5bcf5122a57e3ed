"""A soak that was stopped goes on with what is missing, and counts only what was run."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.reliability import ROOT
from tests.sync.simulator.run import simulate
from tests.sync.simulator.soak import Soak, deciding, fingerprint

FOR_EVER = float("inf")
RULES = [Path(__file__)]


def test_what_was_run_is_not_run_again(tmp_path: Path) -> None:
    Soak(tmp_path, RULES, count=4, piece=2).go_on(until=FOR_EVER)
    more = Soak(tmp_path, RULES, count=7, piece=2)
    before = more.noted()
    assert more.missing() == [(5, 2), (7, 1)]
    assert more.go_on(until=FOR_EVER) is None
    assert not more.missing()
    assert more.noted()[:2] == before
    assert [piece["count"] for piece in more.noted()] == [2, 2, 2, 1]


def test_when_the_time_is_over_nothing_more_begins(tmp_path: Path) -> None:
    short = Soak(tmp_path, RULES, count=2, piece=1)
    assert short.go_on(until=time.monotonic()) is None
    assert short.noted() == []


def test_a_broken_promise_ends_it_and_does_not_count(tmp_path: Path) -> None:
    broken = partial(simulate, client_bug="the newest goes first")
    found = Soak(tmp_path, RULES, count=100, piece=50, run_piece=broken).go_on(until=FOR_EVER)
    assert found
    assert found["seed"] == 1
    assert Soak(tmp_path, RULES, count=100, piece=50).noted() == []


def test_another_rule_is_another_soak(tmp_path: Path) -> None:
    rules = [Path(__file__), tmp_path / "rule.py"]
    rules[1].write_text("one")
    before = fingerprint(rules)
    assert fingerprint(reversed(rules)) == before
    rules[1].write_text("another")
    assert fingerprint(rules) != before


def test_rules_that_change_meanwhile_are_not_believed(tmp_path: Path) -> None:
    rule = tmp_path / "rule.py"
    rule.write_text("0")
    changed = Soak(tmp_path, [rule], count=1, run_piece=partial(change, rule))
    with pytest.raises(RuntimeError):
        changed.go_on(until=FOR_EVER)
    assert changed.noted() == []


def change(rule: Path, *, first: int, count: int) -> dict[str, Any]:
    """A piece that ends well while somebody writes another rule."""
    rule.write_text(str(first))
    return {"problem": None, "schedules": count}


def test_every_rule_counts() -> None:
    named = {file.relative_to(ROOT).as_posix() for file in deciding()}
    assert named > {
        "assets/offline/core/flight.js",
        "propapp/core/sync/settle.py",
        "propapp/features/photos/deliveries.py",
        "tests/sync/simulator/house.py",
        "tests/sync/simulator/schedule.mjs",
    }
