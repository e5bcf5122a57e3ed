"""What a password of one's own may be."""

from __future__ import annotations

import pytest

from propapp.core.errors import (
    PasswordCommon,
    PasswordLong,
    PasswordNamed,
    PasswordSame,
    PasswordShort,
    PropappError,
)
from propapp.features.people.choosing import LEAST, refuse_weak
from propapp.features.people.passwords import MAX_LENGTH, made_up


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        ("", PasswordShort),
        ("k7#Qm2x", PasswordShort),
        ("x" * (MAX_LENGTH + 1), PasswordLong),
        ("slip-word-1", PasswordSame),
        ("wang.wei", PasswordNamed),
        ("Wang.Wei1", PasswordNamed),
        ("007wang.wei", PasswordNamed),
        ("password", PasswordCommon),
        ("PassWord123", PasswordCommon),
        ("woaini1314", PasswordCommon),
        ("5201314520", PasswordCommon),
        ("88888888", PasswordCommon),
        ("abcabcabcabc", PasswordCommon),
        ("23456789", PasswordCommon),
        ("qwertyuiop", PasswordCommon),
        ("hijklmnop", PasswordCommon),
    ],
)
def test_what_anybody_would_try_is_refused_with_why(new: str, refusal: type[PropappError]) -> None:
    with pytest.raises(refusal):
        refuse_weak(new, username="wang.wei", before="slip-word-1")


@pytest.mark.parametrize(
    "new",
    ["k7#Qm2xz", "correct horse", "一二三四五六七八九", "wang.wei lives at the lake"],
)
def test_no_kind_of_sign_is_asked_for(new: str) -> None:
    refuse_weak(new, username="wang.wei", before="slip-word-1")


def test_what_the_house_makes_up_would_do_as_one_of_their_own() -> None:
    refuse_weak(made_up(), username="wang.wei", before="slip-word-1")


def test_the_shortest_is_eight_signs() -> None:
    assert LEAST == 8
