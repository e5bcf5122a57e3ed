"""When a page cannot be drawn or does not exist: a sentence, what to do now, nothing lost."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary

from propapp.ui.client import tap
from propapp.ui.kit import button, empty, link_button
from propapp.ui.text import t


@rx.memo
def mishap() -> rx.Component:
    """Stands where a page broke; a memo, because its words are read by a hook of its own."""
    return rx.el.main(
        empty(
            "triangle-alert",
            t("mishap.title"),
            t("mishap.hint"),
            button(
                t("mishap.again"),
                sign="refresh-cw",
                variant="primary",
                on_click=tap("$/public/ui/again.js", "loadAgain"),
            ),
        ),
        class_name="min-h-dvh bg-surface text-text",
    )


def error_boundary(*, stateful: bool) -> rx.Component:
    """Catches what a page throws while it is drawn; where there is a server, it is told."""
    quiet: dict[str, Any] = {} if stateful else {"on_error": rx.noop()}
    fallback = ArgsFunctionOperation.create(("event_args",), rx.Var.create(mishap()))
    return ErrorBoundary.create(fallback_render=fallback, **quiet)


def lost_page() -> rx.Component:
    """There is no page at this address."""
    return rx.el.main(
        empty(
            "map-pin-off",
            t("lost.title"),
            t("lost.hint"),
            link_button(t("lost.home"), href="/", sign="house"),
        ),
        class_name="min-h-dvh bg-surface text-text",
    )
