"""The documents that are made from the code are those that it makes now."""

from __future__ import annotations

import pytest

from propapp import docs


@pytest.mark.parametrize("name", ["roles.md", "flows.md"])
def test_the_document_is_fresh(name: str) -> None:
    written = (docs.FOLDER / name).read_text(encoding="utf-8")
    assert written == docs.made()[name], "stale: run `python -m propapp.docs` and read the diff"
