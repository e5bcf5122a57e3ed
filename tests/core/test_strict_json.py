"""JSON from outside is walked only where it may be too deep, and then as deep as it goes."""

from __future__ import annotations

import pytest

from propapp.core import strict_json
from propapp.core.errors import InvalidInput

OPENED = strict_json.MAX_DEPTH + 1


def test_the_deepest_that_is_taken_is_taken() -> None:
    assert strict_json.loads("[" * OPENED + "]" * OPENED)


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_one_deeper_is_refused(opened: str, closed: str) -> None:
    with pytest.raises(InvalidInput):
        strict_json.loads(opened * OPENED + "[1]" + closed * OPENED)


def test_what_stands_side_by_side_is_not_deep() -> None:
    assert len(strict_json.loads(f"[{','.join(['[1]'] * 100)}]")) == 100
