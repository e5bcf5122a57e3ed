"""Layout and small pieces of text."""

from __future__ import annotations

from typing import Any

import reflex as rx


def cx(*names: Any) -> Any:
    """Class names put together; a Var among them makes the whole a Var."""
    kept = [name for name in names if isinstance(name, rx.Var) or name]
    if not any(isinstance(name, rx.Var) for name in kept):
        return " ".join(kept)
    whole = rx.Var.create(kept[0]).to(str)
    for name in kept[1:]:
        whole = whole + " " + rx.Var.create(name).to(str)
    return whole


def icon(name: str, *, size: int = 24, class_name: str = "") -> rx.Component:
    """A drawn sign beside words; it says nothing alone, so readers pass over it."""
    return rx.icon(name, size=size, aria_hidden="true", class_name=cx("shrink-0", class_name))


def stack(*children: Any, gap: int = 3, class_name: str = "", **props: Any) -> rx.Component:
    """Things below one another; ``gap`` in steps of 4 px."""
    return rx.el.div(*children, class_name=cx(f"flex flex-col gap-{gap}", class_name), **props)


def row(*children: Any, gap: int = 2, class_name: str = "", **props: Any) -> rx.Component:
    """Things beside one another, centred; ``gap`` in steps of 4 px."""
    return rx.el.div(
        *children, class_name=cx(f"flex flex-row items-center gap-{gap}", class_name), **props
    )


def muted(*children: Any, class_name: str = "", **props: Any) -> rx.Component:
    """A line of less weight."""
    return rx.el.p(*children, class_name=cx("text-sm text-muted", class_name), **props)


def section_title(*children: Any, class_name: str = "", **props: Any) -> rx.Component:
    """The title of a part of a page."""
    return rx.el.h2(*children, class_name=cx("text-lg font-semibold", class_name), **props)


def spoken(*children: Any) -> rx.Component:
    """Words for a screen reader only."""
    return rx.el.span(*children, class_name="sr-only")
