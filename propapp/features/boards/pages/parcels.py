"""Unsent work that comes as a file from a phone without a network."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.parcels import bring_part, parcel_card
from propapp.features.boards.state.parcels import ParcelsState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

state: Any = ParcelsState


@page("/board/parcels", on_load=ParcelsState.open)
def parcels_page() -> rx.Component:
    """Where a file is brought, and what became of those before it."""
    return office_page(
        stack(
            rx.el.h1(t("office.parcels.title"), class_name="text-xl font-semibold"),
            muted(t("office.parcels.hint")),
            gap=1,
        ),
        rx.cond(
            state.ready,
            rx.el.div(
                bring_part(),
                rx.cond(
                    state.parcels.length() > 0,
                    rx.el.div(
                        rx.foreach(
                            state.parcels,
                            lambda one: parcel_card(one, state.shown, state.lines),
                        ),
                        class_name="flex flex-col gap-3",
                    ),
                    empty(
                        "package-open", t("office.parcels.empty"), t("office.parcels.empty_hint")
                    ),
                ),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            skeleton(lines=3),
        ),
        site=state.site,
        back="/board",
    )
