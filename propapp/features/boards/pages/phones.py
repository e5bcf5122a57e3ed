"""Phones that lost what was on them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.phones import loss_card
from propapp.features.boards.state.phones import LostPhonesState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, skeleton, stack
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
        site=phones.site,
        back="/board",
    )


def _card(loss: Any) -> rx.Component:
    return loss_card(
        loss,
        at_fault=phones.at_fault,
        problem=phones.problem,
        on_settle=LostPhonesState.settle,
    )
