"""Passwords: an account that is not there takes as long to refuse as one that is."""

from __future__ import annotations

import pytest

from propapp.features.people import passwords
from propapp.features.people.passwords import NOBODY, hash_password, is_outdated, matches


def test_nobody_s_hash_costs_what_a_new_one_costs() -> None:
    # It is written down in the source: new parameters must be written into it as well.
    assert not is_outdated(NOBODY)
    assert NOBODY.rsplit("$", 2)[0] == hash_password("x").rsplit("$", 2)[0]


def test_nobody_has_a_password() -> None:
    assert not matches(None, "nobody has this password")
    assert matches(hash_password("x"), "x")


@pytest.mark.parametrize("stored", [None, ""])
def test_an_account_without_a_password_is_not_opened_by_nobody_s(
    stored: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "NOBODY", hash_password("x"))
    assert not matches(stored, "x")
