"""Leave that the office was told of on paper or by telephone, in a form of four fields."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit import button, card, muted, row, select_field, text_field
from propapp.ui.text import name_of, t


def leave_form(roster: Any, acts: Any) -> rx.Component:
    """Who is away, from when until when and why; nothing typed is lost by a refusal."""
    return rx.cond(
        roster.entering,
        card(
            rx.el.form(
                rx.el.h2(t("office.ask.enter"), class_name="text-lg font-semibold"),
                muted(t("office.ask.enter_hint")),
                rx.el.div(
                    select_field(
                        t("office.roster.person"),
                        rx.fragment(
                            # Nobody is away because they happen to stand first.
                            rx.el.option(t("office.ask.choose"), value=""),
                            rx.foreach(
                                roster.staff,
                                lambda one: rx.el.option(name_of(one), value=one.id, key=one.id),
                            ),
                        ),
                        name="person",
                        required=True,
                    ),
                    text_field(t("office.ask.first"), name="first", type="date", required=True),
                    text_field(
                        t("office.ask.last"),
                        hint=t("office.ask.last_hint"),
                        name="last",
                        type="date",
                    ),
                    text_field(t("office.ask.reason"), name="reason", max_length=400),
                    class_name="grid gap-4 lg:grid-cols-2 items-start",
                ),
                row(
                    button(
                        t("office.ask.enter"),
                        sign="check",
                        variant="primary",
                        type="submit",
                        id="leave-keep",
                    ),
                    button(t("nav.close"), sign="x", on_click=acts.drop),
                ),
                on_submit=acts.keep_leave,
                class_name="flex flex-col gap-4",
            ),
            id="roster-entering",
        ),
        rx.fragment(),
    )
