"""Leave and swaps that wait for the supervisor, each with what it would do to the roster."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rosters.asked import AskCard
from propapp.features.rosters.components.week import good_line, hurdle_line, turn_line
from propapp.ui.kit import badge, button, card, muted, notice, row, section_title, text_field
from propapp.ui.text import local, t


def asked_part(roster: Any, acts: Any) -> rx.Component:
    """What waits, above the week: people plan their days by the answer."""
    return rx.cond(
        roster.asked.length() > 0,
        rx.el.section(
            section_title(t("office.roster.asked"), " (", roster.asked.length(), ")"),
            _refusing(roster, acts),
            rx.el.ul(
                rx.foreach(roster.asked, lambda one: _asked(one, roster, acts)),
                class_name="grid gap-3 lg:grid-cols-2 items-start",
            ),
            id="roster-asked",
            class_name="flex flex-col gap-2",
        ),
        rx.fragment(),
    )


def _asked(one: rx.Var[AskCard], roster: Any, acts: Any) -> rx.Component:
    is_swap = one.kind == "swap"
    return rx.el.li(
        row(
            badge(rx.cond(is_swap, t("office.roster.swap"), t("office.roster.leave")), tone="info"),
            rx.el.span(
                local(one.who, one.who_en),
                rx.cond(is_swap, " ⇄ ", ""),
                local(one.other, one.other_en),
                class_name="text-lg font-semibold",
            ),
            rx.el.span(one.when, class_name="tabular"),
            class_name="flex-wrap",
        ),
        rx.el.ul(rx.foreach(one.turns, turn_line), class_name="flex flex-wrap gap-x-4 text-sm"),
        rx.cond(one.reason != "", muted(t("office.ask.because", text=one.reason)), rx.fragment()),
        rx.match(
            one.effect,
            ("none", good_line(t("office.ask.none"))),
            (
                "fits",
                good_line(
                    rx.cond(
                        is_swap,
                        t("office.ask.swap_fits"),
                        t(
                            "office.ask.leave_fits",
                            count=one.turns.length(),
                            names=local(one.stand_ins, one.stand_ins_en),
                        ),
                    )
                ),
            ),
            ("lacks", _bad(one, t("office.ask.lacks", count=one.lacking))),
            ("breaks", _bad(one, t("office.ask.breaks"))),
            _bad(one, t("office.ask.gone")),
        ),
        rx.cond(
            roster.may_write,
            rx.cond(roster.refusing == "", _verbs(one, acts), rx.fragment()),
            rx.fragment(),
        ),
        key=one.id,
        custom_attrs={"data-asked": one.kind, "data-effect": one.effect},
        class_name="flex flex-col gap-2 rounded-card border border-line bg-raised p-4",
    )


def _bad(one: rx.Var[AskCard], text: Any) -> rx.Component:
    return notice(
        rx.el.p(text, class_name="font-medium"),
        rx.el.ul(rx.foreach(one.hurdles, hurdle_line), class_name="text-sm"),
        tone="warn",
        sign="triangle-alert",
    )


def _verbs(one: rx.Var[AskCard], acts: Any) -> rx.Component:
    cannot = (one.effect == "breaks") | (one.effect == "gone")
    waits = (one.kind == "swap") & ~one.accepted
    return row(
        rx.cond(
            waits,
            muted(t("office.roster.waits"), class_name="mr-auto"),
            rx.cond(
                cannot,
                muted(t("office.ask.cannot"), class_name="mr-auto"),
                button(
                    t("office.roster.approve"),
                    sign="check",
                    variant="primary",
                    on_click=acts.approve(one.kind, one.id),
                    custom_attrs={"data-verb": "approve"},
                ),
            ),
        ),
        button(
            t("office.roster.refuse"),
            sign="x",
            on_click=acts.ask_why(one.kind, one.id),
            custom_attrs={"data-verb": "refuse"},
        ),
        class_name="flex-wrap",
    )


def _refusing(roster: Any, acts: Any) -> rx.Component:
    """Nobody is refused without a word; a form within a list would not know its row."""
    return rx.cond(
        roster.refusing != "",
        card(
            rx.el.form(
                rx.el.p(
                    t("office.roster.refuse"),
                    " · ",
                    local(roster.refused, roster.refused_en),
                    class_name="text-lg font-semibold",
                ),
                text_field(
                    t("office.ask.why"),
                    hint=t("office.ask.why_hint"),
                    name="answer",
                    max_length=400,
                    required=True,
                    auto_focus=True,
                ),
                row(
                    button(t("office.roster.refuse"), sign="x", variant="danger", type="submit"),
                    button(t("nav.close"), on_click=acts.ask_why("", "")),
                ),
                on_submit=acts.refuse,
                key=roster.refusing,
                class_name="flex flex-col gap-3",
            ),
            id="roster-refusing",
        ),
        rx.fragment(),
    )
