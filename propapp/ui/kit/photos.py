"""Photos: taken straight from the camera, shown as a strip, opened large."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit.basics import cx, icon
from propapp.ui.text import t


def photo_button(
    text: Any, *, on_change: Any, live: bool = True, class_name: str = "", **props: Any
) -> rx.Component:
    """A label that opens the phone's camera; ``live`` keeps the gallery out.

    While a photo is made smaller and kept, the client says so by ``aria-busy``.
    """
    capture = {"capture": "environment"} if live else {}
    return rx.el.label(
        icon("camera", size=24),
        rx.el.span(text, class_name="group-aria-busy:hidden"),
        rx.el.span(t("photo.taking"), class_name="hidden group-aria-busy:inline"),
        rx.el.input(
            type="file",
            accept="image/*",
            on_change=on_change,
            class_name="sr-only",
            custom_attrs=capture,
            **props,
        ),
        class_name=cx(
            "group inline-flex items-center justify-center gap-2 min-h-12 px-4 rounded-control "
            "border-2 "
            "border-dashed border-primary text-primary font-semibold bg-raised "
            "active:bg-primary-soft "
            "focus-within:outline-3 focus-within:outline-focus",
            class_name,
        ),
    )


def photo_thumb(url: Any, *, alt: Any, class_name: str = "", **props: Any) -> rx.Component:
    """A small picture of fixed size, so that nothing jumps when it arrives."""
    return rx.el.img(
        src=url,
        alt=alt,
        loading="lazy",
        class_name=cx(
            "h-20 w-20 shrink-0 rounded-control object-cover bg-sunken border border-line",
            class_name,
        ),
        **props,
    )


def photo_strip(photos: Any, render: Any, *, label: Any = None) -> rx.Component:
    """Photos side by side, pushed by the thumb when there are many."""
    return rx.el.div(
        rx.foreach(photos, render),
        role="group",
        aria_label=label if label is not None else t("photo.strip"),
        class_name="flex gap-2 overflow-x-auto py-1",
    )
