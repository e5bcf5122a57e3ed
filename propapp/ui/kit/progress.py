"""How far something has come."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit.basics import cx


def progress_bar(done: Any, total: Any, *, label: Any, class_name: str = "") -> rx.Component:
    """A bar with its meaning in words for those who cannot see it."""
    done, total = rx.Var.create(done), rx.Var.create(total)
    share = rx.cond(total > 0, done / total * 100, 0)
    return rx.el.div(
        rx.el.div(
            style={"width": share.to(str) + "%"},
            class_name="h-full rounded-full bg-primary transition-[width] duration-200",
        ),
        role="progressbar",
        aria_label=label,
        aria_valuemin="0",
        aria_valuemax=total.to(str),
        aria_valuenow=done.to(str),
        class_name=cx(
            "h-2.5 w-full rounded-full bg-sunken overflow-hidden border border-line", class_name
        ),
    )
