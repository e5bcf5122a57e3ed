"""Buttons: one primary a screen, at the thumb; nothing under 48 px."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from propapp.ui.kit.basics import cx, icon
from propapp.ui.kit.links import link

Variant = Literal["primary", "secondary", "danger", "ok", "quiet"]

_BASE = (
    "inline-flex items-center justify-center gap-2 rounded-control font-semibold select-none "
    "text-center transition-colors duration-100 disabled:opacity-50 disabled:cursor-not-allowed "
)
_VARIANTS: dict[str, str] = {
    "primary": "bg-primary text-on-primary active:bg-primary-strong",
    "secondary": "bg-raised text-text border-2 border-line active:bg-sunken",
    "danger": "bg-danger text-on-danger active:opacity-90",
    "ok": "bg-ok text-raised active:opacity-90",
    "quiet": "bg-transparent text-primary active:bg-primary-soft",
}


def button(
    text: Any, *, sign: str = "", variant: Variant = "secondary", class_name: str = "", **props: Any
) -> rx.Component:
    """A button of 48 px with a word and, where it helps, a sign."""
    return rx.el.button(
        *_face(text, sign, 20),
        class_name=cx(_BASE, _VARIANTS[variant], "min-h-12 px-4 text-base", class_name),
        **{"type": "button", **props},
    )


def big_button(
    text: Any, *, sign: str = "", variant: Variant = "primary", class_name: str = "", **props: Any
) -> rx.Component:
    """The one primary action: full width, 56 px."""
    return rx.el.button(
        *_face(text, sign, 24),
        class_name=cx(_BASE, _VARIANTS[variant], "w-full min-h-14 px-4 text-lg", class_name),
        **{"type": "button", **props},
    )


def link_button(
    text: Any,
    *,
    href: Any,
    sign: str = "",
    variant: Variant = "primary",
    big: bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A link that looks like a button; a plain link works with no server."""
    size = "w-full min-h-14 px-4 text-lg" if big else "min-h-12 px-4 text-base"
    return link(
        *_face(text, sign, 22),
        href=href,
        class_name=cx(_BASE, _VARIANTS[variant], size, class_name),
        **props,
    )


def text_button(text: Any, *, sign: str = "", class_name: str = "", **props: Any) -> rx.Component:
    """A secondary action: plain words, still 48 px to the thumb."""
    return button(text, sign=sign, variant="quiet", class_name=class_name, **props)


def icon_button(sign: str, *, label: Any, class_name: str = "", **props: Any) -> rx.Component:
    """A sign alone, with its name for those who cannot see it."""
    return rx.el.button(
        icon(sign, size=24),
        type="button",
        aria_label=label,
        title=label,
        class_name=cx(_BASE, "min-h-12 min-w-12 text-text active:bg-sunken", class_name),
        **props,
    )


def _face(text: Any, sign: str, size: int) -> tuple[rx.Component, rx.Component]:
    return (icon(sign, size=size) if sign else rx.fragment(), rx.el.span(text))
