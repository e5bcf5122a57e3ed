"""The demo world's words and numbers lie in sheets beside the code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def sheet(name: str) -> dict[str, Any]:
    """One sheet, read once; nobody may change it."""
    text = (files("propapp.demo") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
