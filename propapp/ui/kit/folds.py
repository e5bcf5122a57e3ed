"""Parts that are folded away until somebody wants them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit.basics import cx, icon


def fold_line(*words: Any, class_name: str = "font-medium text-primary") -> rx.Component:
    """What opens a folded part; an arrow says that there is more, and turns once it is open."""
    return rx.el.summary(
        *words,
        icon("chevron-down", size=20, class_name="shrink-0 [details[open]>summary>&]:rotate-180"),
        class_name=cx("flex items-center gap-2 min-h-12 cursor-pointer list-none", class_name),
    )
