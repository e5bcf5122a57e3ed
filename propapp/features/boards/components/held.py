"""Work that is held back: whose, what, why and since when, and the two ways to end it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.held_work import HeldCard
from propapp.ui.kit import Tone, button, card, muted, notice, row, status_badge, text_area
from propapp.ui.text import date_time, local, t, word

STATES: dict[str, tuple[Tone, str, Any]] = {
    "open": ("warn", "shield-alert", t("office.held.open")),
    "done": ("ok", "circle-check", t("office.held.done")),
    "settled": ("neutral", "check-check", t("office.held.settled")),
}


def held_card(
    one: rx.Var[HeldCard], *, at_fault: Any, problem: Any, on_settle: Any, on_perform: Any
) -> rx.Component:
    """What it is and why it waits; ended, who ended it and with which words."""
    return card(
        row(
            rx.el.h2(local(one.who, one.who_en), class_name="font-semibold flex-1 min-w-0"),
            status_badge(one.status, STATES),
        ),
        rx.el.p(
            rx.cond(
                one.kind != "", word("kind", one.kind), t("office.held.unknown", name=one.name)
            ),
            class_name="font-medium break-words",
        ),
        rx.el.p(word("office.held.why", one.reason)),
        _times(one),
        rx.cond(
            one.refused != "",
            notice(
                t("office.held.refused", why=local(one.refused, one.refused_en)),
                tone="danger",
                sign="circle-x",
            ),
            rx.fragment(),
        ),
        rx.cond(
            (at_fault == one.id) & (problem != ""),
            notice(word("office.held.problem", problem), tone="danger", sign="circle-alert"),
            rx.fragment(),
        ),
        rx.cond(one.status == "open", _ways(one, on_settle, on_perform), _ended(one)),
        key=one.id,
        class_name="flex flex-col gap-2",
        custom_attrs={"data-held": one.id, "data-status": one.status},
    )


def _times(one: Any) -> rx.Component:
    return rx.el.div(
        muted(t("office.held.at", at=date_time(one.at))),
        muted(t("office.held.since", at=date_time(one.since))),
        class_name="flex flex-col gap-1",
    )


def _ways(one: Any, on_settle: Any, on_perform: Any) -> rx.Component:
    return rx.el.form(
        rx.cond(
            one.may_perform,
            button(
                t("office.held.perform"),
                sign="circle-check",
                variant="primary",
                type="button",
                on_click=on_perform,
                class_name="w-full",
            ),
            rx.fragment(),
        ),
        rx.el.input(type="hidden", name="held_id", value=one.id),
        text_area(t("office.held.note"), name="note", max_length=800, rows=2),
        button(
            t("office.held.settle"),
            sign="check",
            variant="secondary",
            type="submit",
            class_name="w-full",
        ),
        on_submit=on_settle,
        class_name="flex flex-col gap-3 border-t border-line pt-3",
    )


def _ended(one: Any) -> rx.Component:
    return rx.el.div(
        rx.cond(
            one.note != "",
            rx.el.p(one.note, class_name="whitespace-pre-line break-words"),
            rx.fragment(),
        ),
        muted(
            rx.cond(
                one.settler != "",
                t(
                    "office.held.by",
                    who=local(one.settler, one.settler_en),
                    at=date_time(one.settled_at),
                ),
                t("office.held.by_itself", at=date_time(one.settled_at)),
            )
        ),
        class_name="flex flex-col gap-1 border-t border-line pt-2",
    )
