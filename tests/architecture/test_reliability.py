"""The table of what was tried names faults by number, and those that it does not name."""

from __future__ import annotations

import pytest

from tests import reliability


def test_ranges_and_single_faults_are_read() -> None:
    assert reliability.faults_in("F01–F03 F07") == {1, 2, 3, 7}


def test_what_was_not_tried_is_said(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "RESULTS", tmp_path)
    text = reliability.document()
    assert all(f"F{number:02}" in text for number in range(1, reliability.FAULTS + 1))
