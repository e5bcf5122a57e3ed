"""Status is icon, word and colour together; colour never speaks alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx

from propapp.ui.kit.basics import cx, icon

Tone = Literal["neutral", "ok", "warn", "danger", "info", "primary"]

TONES: dict[str, str] = {
    "neutral": "bg-sunken text-muted",
    "ok": "bg-ok-soft text-ok",
    "warn": "bg-warn-soft text-warn",
    "danger": "bg-danger-soft text-danger",
    "info": "bg-info-soft text-info",
    "primary": "bg-primary-soft text-primary-strong",
}


def badge(
    text: Any, *, tone: Tone = "neutral", sign: str = "", class_name: str = ""
) -> rx.Component:
    """A small mark: a sign and a word."""
    return rx.el.span(
        icon(sign, size=16) if sign else rx.fragment(),
        text,
        class_name=cx(
            "inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-sm font-medium "
            "whitespace-nowrap",
            TONES[tone],
            class_name,
        ),
    )


def status_badge(
    code: Any, table: Mapping[str, tuple[Tone, str, Any]], *, class_name: str = ""
) -> rx.Component:
    """The mark for a code known at run time; ``table`` gives tone, sign and word for each."""
    marks = [
        (key, badge(text, tone=tone, sign=sign, class_name=class_name))
        for key, (tone, sign, text) in table.items()
    ]
    return rx.match(code, *marks, rx.fragment())
