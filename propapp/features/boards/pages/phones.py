"""Phones that lost what was on them, work still on phones, and work of phones that is held back."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.held import held_card
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
        rx.cond(_waits(), _held_work(), rx.fragment()),
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
        rx.cond(phones.ready & ~_waits(), _held_work(), rx.fragment()),
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


def _waits() -> Any:
    """Whether work waits for somebody: it comes first in its list, and its list first here."""
    return (phones.work.length() > 0) & (phones.work[0].status == "open")


def _held_work() -> rx.Component:
    """What came from phones and is held back, and what became of the last of it."""
    return stack(
        stack(
            rx.el.h2(t("office.held.title"), class_name="text-xl font-semibold"),
            muted(t("office.held.hint")),
            gap=1,
        ),
        rx.cond(
            phones.work.length() > 0,
            rx.el.div(
                rx.foreach(phones.work, _held_card),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            empty("shield-check", t("office.held.none"), t("office.held.none_hint")),
        ),
        gap=4,
    )


def _held_card(one: Any) -> rx.Component:
    return held_card(
        one,
        at_fault=phones.at_fault,
        problem=phones.problem,
        on_settle=LostPhonesState.settle_held,
        on_perform=LostPhonesState.perform_held(one.id),
    )


def _card(loss: Any) -> rx.Component:
    return loss_card(
        loss,
        at_fault=phones.at_fault,
        problem=phones.problem,
        on_settle=LostPhonesState.settle,
    )
