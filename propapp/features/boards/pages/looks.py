"""Visits that wait for a second look."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.looks import look_card
from propapp.features.boards.components.photo import photo_dialog
from propapp.features.boards.state.looks import LooksState
from propapp.features.boards.state.photo import PhotoState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

looks: Any = LooksState


@page("/board/looks", on_load=LooksState.open)
def looks_page() -> rx.Component:
    """What is doubtful, and a few thin ones drawn by chance."""
    return office_page(
        stack(
            rx.el.h1(t("office.look.title"), class_name="text-xl font-semibold"),
            muted(t("office.look.hint")),
            gap=1,
        ),
        rx.cond(
            looks.ready,
            rx.cond(
                looks.looks.length() > 0,
                rx.el.div(
                    rx.foreach(looks.looks, _card),
                    class_name="grid gap-4 lg:grid-cols-2 items-start",
                ),
                empty("shield-check", t("office.look.none"), t("office.look.none_hint")),
            ),
            skeleton(lines=3),
        ),
        photo_dialog(PhotoState.facts),
        site=looks.site,
        back="/board",
    )


def _card(look: Any) -> rx.Component:
    return look_card(
        look,
        at_fault=looks.at_fault,
        problem=looks.problem,
        on_judge=LooksState.judge,
        look_at=lambda sha256: PhotoState.look_at(sha256, look.run),
    )
