"""Phones that lost what was on them, and phones with work on them that has not arrived."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.phones import loss_card, unsent_line
from propapp.features.boards.state.phones import LostPhonesState
from propapp.offline.office import office_page
from propapp.ui.kit import card, empty, muted, section_title, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

phones: Any = LostPhonesState


@page("/board/phones", on_load=LostPhonesState.open)
def lost_phones_page() -> rx.Component:
    """What waits to be settled, and what was settled lately."""
    return office_page(
        stack(
            rx.el.h1(t("office.phone.title"), class_name="text-xl font-semibold"),
            muted(t("office.phone.hint")),
            gap=1,
        ),
        rx.cond(
            phones.ready,
            rx.cond(
                phones.losses.length() > 0,
                rx.el.div(
                    rx.foreach(phones.losses, _card),
                    class_name="grid gap-4 lg:grid-cols-2 items-start",
                ),
                empty("smartphone", t("office.phone.none"), t("office.phone.none_hint")),
            ),
            skeleton(lines=3),
        ),
        rx.cond(phones.unsent.length() > 0, _unsent(), rx.fragment()),
        site=phones.site,
        back="/board",
    )


def _unsent() -> rx.Component:
    return stack(
        section_title(t("office.phone.unsent")),
        muted(t("office.phone.unsent_hint")),
        card(
            rx.el.ul(
                rx.foreach(phones.unsent, unsent_line),
                class_name="flex flex-col divide-y divide-line",
            ),
            class_name="py-1",
            id="unsent-phones",
        ),
        gap=2,
    )


def _card(loss: Any) -> rx.Component:
    return loss_card(
        loss,
        at_fault=phones.at_fault,
        problem=phones.problem,
        on_settle=LostPhonesState.settle,
    )
