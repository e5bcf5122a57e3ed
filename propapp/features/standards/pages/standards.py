"""The library of standards."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.standards.components.clause import clause_item
from propapp.features.standards.components.search import search_part
from propapp.features.standards.state import StandardsState
from propapp.offline.office import office_page
from propapp.ui.kit import button, empty, link_button, muted, row, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

standards: Any = StandardsState


@page("/standards", on_load=StandardsState.open)
def standards_page() -> rx.Component:
    """What the law, the papers of the trade and the company ask of the service."""
    return office_page(
        row(
            stack(
                rx.el.h1(t("office.standards.title"), class_name="text-xl font-semibold"),
                muted(t("office.standards.hint")),
                gap=1,
                class_name="flex-1 min-w-64",
            ),
            rx.cond(standards.may_write, _write(), rx.fragment()),
            class_name="flex-wrap",
        ),
        rx.cond(
            standards.ready,
            rx.fragment(search_part(standards, StandardsState), _found()),
            skeleton(lines=4),
        ),
        site=standards.site,
        place="standards",
    )


def _write() -> rx.Component:
    return link_button(
        t("office.clause.write"),
        sign="plus",
        variant="secondary",
        href="/standards/own",
        id="clause-write",
    )


def _found() -> rx.Component:
    return rx.cond(
        standards.total > 0,
        rx.fragment(
            muted(t("office.standards.count", count=standards.total), role="status"),
            rx.el.ul(rx.foreach(standards.cards, clause_item), class_name="flex flex-col gap-4"),
            rx.cond(
                standards.cards.length() < standards.total,
                button(
                    t("office.standards.more"),
                    sign="chevron-down",
                    on_click=StandardsState.more,
                    id="more",
                ),
                rx.fragment(),
            ),
        ),
        empty("book-x", t("office.standards.none"), t("office.standards.none_hint")),
    )
