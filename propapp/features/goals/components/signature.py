"""A name drawn with the finger: the pad, and the drawing as it was signed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do
from propapp.ui.kit import muted, row, text_button
from propapp.ui.text import t

_BOX = "0 0 300 120"


def pad(part_id: Any, ink: Any) -> rx.Component:
    """The finger is followed by the field client, which finds the pad by its mark."""
    return rx.el.div(
        row(
            muted(t("letter.draw"), class_name="flex-1"),
            text_button(t("letter.clear"), sign="eraser", on_click=do("clearInk")),
        ),
        rx.el.div(
            _drawing(ink),
            custom_attrs={"data-ink": part_id},
            # The finger draws here, and does not push the page.
            style={"touchAction": "none", "aspectRatio": "5 / 2"},
            class_name="rounded-control border-2 border-dashed border-line bg-surface w-full",
        ),
        class_name="flex flex-col gap-1",
    )


def drawn(signature: Any) -> rx.Component:
    """Nothing where nothing was drawn."""
    return rx.cond(
        signature != "",
        rx.el.div(
            _drawing(signature),
            role="img",
            aria_label=t("letter.drawn"),
            style={"maxWidth": "240px", "aspectRatio": "5 / 2"},
        ),
        rx.fragment(),
    )


def _drawing(path: Any) -> rx.Component:
    return rx.el.svg(
        rx.el.path(
            d=path,
            fill="none",
            stroke="currentColor",
            stroke_width="3",
            stroke_linecap="round",
            stroke_linejoin="round",
        ),
        view_box=_BOX,
        style={"pointerEvents": "none"},
        class_name="h-full w-full",
        aria_hidden="true",
    )
