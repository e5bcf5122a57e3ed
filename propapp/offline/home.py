"""The root: nothing to see, it leads each person to their own first screen."""

from __future__ import annotations

import reflex as rx

from propapp.offline.bindings import do
from propapp.offline.shell import me
from propapp.ui.kit import link_button, skeleton
from propapp.ui.page import page
from propapp.ui.text import t


@page("/")
def home_page() -> rx.Component:
    """Opens for a moment from the home screen, then goes where the person works."""
    return rx.el.main(
        rx.el.div(
            skeleton(lines=3),
            link_button(t("nav.sign_in"), href="/sign-in", variant="secondary"),
            class_name="mx-auto flex max-w-2xl flex-col gap-4 p-4",
            custom_attrs={"data-home": me.home},
        ),
        on_mount=do("goHome"),
        class_name="min-h-dvh bg-surface text-text",
    )
