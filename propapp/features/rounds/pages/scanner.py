"""The camera that reads a point's code, over the whole screen."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do
from propapp.ui.kit import button, icon, icon_button
from propapp.ui.text import t

_SENTENCES = {
    "starting": "scanner.starting",
    "looking": "run.scan_hint",
    "wrong": "scanner.wrong",
    "ended": "scanner.ended",
    "denied": "scanner.denied",
    "unavailable": "scanner.unavailable",
}


def scanner_dialog(run: Any) -> rx.Component:
    """Shown while the scanner is not closed."""
    return rx.cond(run.scanner.state != "closed", _scanner(run), rx.fragment())


def _scanner(run: Any) -> rx.Component:
    state = run.scanner.state
    return rx.el.div(
        rx.el.video(
            id="scanner-video",
            muted=True,
            plays_inline=True,
            auto_play=True,
            class_name="absolute inset-0 h-full w-full object-cover bg-black",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.div(
            class_name="absolute left-1/2 top-[38%] h-64 w-64 -translate-x-1/2 -translate-y-1/2 "
            "rounded-card border-4 border-white shadow-[0_0_0_100vmax_rgb(0_0_0/0.45)]",
            aria_hidden="true",
        ),
        rx.el.div(
            icon_button(
                "x", label=t("nav.close"), on_click=do("stopScan"), class_name="text-white"
            ),
            rx.el.p(t("scanner.title"), class_name="text-lg font-semibold flex-1"),
            rx.cond(
                run.scanner.can_torch,
                icon_button(
                    "flashlight",
                    label=t("scanner.torch"),
                    on_click=do("toggleTorch"),
                    class_name="text-white",
                ),
                rx.fragment(),
            ),
            class_name="relative flex items-center gap-2 px-2 h-16 text-white",
        ),
        rx.el.div(
            rx.el.p(
                rx.cond(
                    (state == "wrong") | (state == "ended"),
                    icon("triangle-alert", size=22),
                    icon("scan-line", size=22),
                ),
                rx.match(state, *[(code, t(key)) for code, key in _SENTENCES.items()], ""),
                role="status",
                id="scanner-says",
                class_name="flex items-center gap-2 rounded-card bg-black/70 px-4 py-3 text-white",
            ),
            button(
                t("run.by_hand"),
                on_click=do("openHand"),
                class_name="w-full",
            ),
            class_name="absolute inset-x-0 bottom-0 flex flex-col gap-3 p-4 "
            "pb-[calc(1rem+env(safe-area-inset-bottom))]",
        ),
        role="dialog",
        aria_modal="true",
        aria_label=t("scanner.title"),
        class_name="fixed inset-0 z-50 bg-black",
    )
