"""A page is a function with a route; the composition root only has to import it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx


def page(route: str, *, title: str = "PropApp", **options: Any) -> Callable[[Any], Any]:
    """Register a page under its route; the tab's title is the product's, for it is public."""
    return rx.page(route=route, title=title, **options)
