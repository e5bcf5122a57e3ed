"""The last troubles that were photographed; a tap shows the photo large."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.photo import photo_tile
from propapp.features.boards.views import DefectCard
from propapp.offline.office import office_link
from propapp.ui.kit import icon, muted, row, section_title
from propapp.ui.text import ago, local, t, word


def defects_part(board: Any, defects: Any, look_at: Any) -> rx.Component:
    """What was found lately, newest first."""
    return rx.el.section(
        row(section_title(t("board.defects.title")), class_name="min-h-12"),
        rx.cond(
            defects.length() > 0,
            rx.el.ul(
                rx.foreach(defects, lambda card: _card(card, board.sees_orders, look_at)),
                class_name="grid grid-cols-2 md:grid-cols-3 gap-3",
            ),
            muted(t("board.defects.empty")),
        ),
        id="board-defects",
        class_name="flex flex-col gap-2 min-w-0",
    )


def _card(card: rx.Var[DefectCard], sees_orders: Any, look_at: Any) -> rx.Component:
    return rx.el.li(
        rx.cond(
            card.photo != "",
            photo_tile(
                card.photo,
                alt=local(card.title, card.title_en),
                look_at=lambda sha256: look_at(sha256, card.order),
            ),
            rx.el.div(
                icon("image-off", size=28),
                rx.cond(sees_orders, t("photo.waiting"), ""),
                class_name="flex flex-col items-center justify-center gap-1 aspect-4/3 bg-sunken "
                "text-muted text-sm text-center",
            ),
        ),
        rx.cond(
            sees_orders,
            office_link(
                *_words(card),
                href="/orders?order=" + card.order,
                class_name="block p-2 min-h-12 active:bg-sunken",
            ),
            rx.el.div(*_words(card), class_name="p-2"),
        ),
        key=card.key,
        class_name="rounded-card border border-line bg-raised overflow-hidden",
    )


def _words(card: rx.Var[DefectCard]) -> tuple[rx.Component, ...]:
    return (
        rx.el.p(local(card.title, card.title_en), class_name="text-sm font-medium line-clamp-2"),
        rx.el.p(
            rx.el.span(ago(card.at)),
            rx.el.span(word("status", card.status)),
            class_name="flex flex-wrap gap-x-2 text-sm text-muted",
        ),
    )
