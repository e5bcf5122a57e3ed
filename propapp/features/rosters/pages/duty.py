"""My shifts on the phone: what I am on duty for, and asking for leave or a swap, step by step."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rosters.components.asking import ask_line, choice, line_words
from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page
from propapp.offline.views import DutyView
from propapp.ui.kit import (
    big_button,
    button,
    card,
    empty,
    icon,
    link_button,
    muted,
    notice,
    row,
    section_title,
    skeleton,
    stack,
    text_area,
)
from propapp.ui.kit.fields import INPUT
from propapp.ui.page import page
from propapp.ui.text import date, local, t

duty: Any = view("duty", DutyView)

# What is said most often, for a tap instead of typing.
_OFTEN = ("ill", "family", "errand", "school")
_QUESTIONS = ("first", "last", "why", "turn", "who", "give", "sure")


@page("/duty")
def duty_page() -> rx.Component:
    """One question at a time; the address says which, so that the way back is the browser's."""
    return phone_page(
        rx.cond(
            duty.ready,
            rx.match(
                duty.step,
                ("first", _first()),
                ("last", _last()),
                ("why", _why()),
                ("turn", _turn()),
                ("who", _who()),
                ("give", _give()),
                ("sure", _sure()),
                _home(),
            ),
            skeleton(lines=4),
        ),
        title=rx.match(
            duty.step,
            *[(step, t(f"duty.step.{step}")) for step in _QUESTIONS],
            t("duty.title"),
        ),
        back=rx.cond(duty.back == "", "/week", duty.back),
    )


def _home() -> rx.Component:
    return stack(
        rx.cond(
            duty.of_me.length() > 0,
            stack(
                section_title(t("duty.of_me")),
                rx.el.ul(rx.foreach(duty.of_me, ask_line), class_name="flex flex-col gap-3"),
                gap=2,
            ),
            rx.fragment(),
        ),
        link_button(
            t("duty.ask_leave"),
            href="/duty?ask=leave",
            sign="calendar-off",
            big=True,
            id="ask-leave",
        ),
        rx.cond(
            duty.turns.length() > 0,
            link_button(
                t("duty.ask_swap"),
                href="/duty?ask=swap",
                sign="arrow-left-right",
                big=True,
                variant="secondary",
                id="ask-swap",
            ),
            rx.fragment(),
        ),
        rx.cond(
            duty.mine.length() > 0,
            stack(
                section_title(t("duty.asks")),
                rx.el.ul(rx.foreach(duty.mine, ask_line), class_name="flex flex-col gap-3"),
                gap=2,
            ),
            rx.fragment(),
        ),
        section_title(t("duty.turns")),
        rx.cond(
            duty.turns.length() > 0,
            rx.el.ol(
                rx.foreach(
                    duty.turns,
                    lambda one: rx.el.li(
                        line_words(one),
                        key=one.id,
                        custom_attrs={"data-turn": one.id},
                        class_name="rounded-card border border-line bg-raised px-4 py-3",
                    ),
                ),
                class_name="flex flex-col gap-2",
            ),
            empty("calendar-check", t("duty.none"), t("duty.none_hint")),
        ),
        gap=4,
    )


def _choices() -> rx.Component:
    return rx.el.ol(rx.foreach(duty.choices, choice), class_name="flex flex-col gap-2")


def _first() -> rx.Component:
    return stack(_choices(), _other_day("first", t("duty.later")), gap=4)


def _last() -> rx.Component:
    return stack(
        rx.el.p(t("duty.from", day=date(duty.first)), class_name="text-lg font-semibold"),
        _choices(),
        _other_day("last", t("duty.longer")),
        gap=4,
    )


def _other_day(name: str, label: Any) -> rx.Component:
    """The phone's own calendar for what is not among the days that are offered."""
    return rx.el.label(
        rx.el.span(label, class_name="font-medium"),
        rx.el.input(
            type="date",
            min=duty.soonest,
            on_change=do("goToDay", name),
            class_name=INPUT,
            id=f"other-{name}",
        ),
        class_name="flex flex-col gap-1",
    )


def _why() -> rx.Component:
    return stack(
        card(
            rx.el.p(t("duty.leave_days", count=duty.days), class_name="text-xl font-semibold"),
            rx.el.p(
                rx.cond(
                    duty.days > 1,
                    t("duty.from_to", first=date(duty.first), last=date(duty.last)),
                    date(duty.first),
                ),
                class_name="text-lg",
            ),
            rx.cond(
                duty.turns_then > 0,
                muted(t("duty.turns_then", count=duty.turns_then)),
                rx.fragment(),
            ),
            id="ask-summary",
        ),
        _reason(),
        _send(t("duty.send_leave")),
        gap=4,
    )


def _reason() -> rx.Component:
    return stack(
        section_title(t("duty.why")),
        rx.el.div(
            *[
                button(
                    t(f"duty.often.{code}"), on_click=do("setAskReason", t(f"duty.often.{code}"))
                )
                for code in _OFTEN
            ],
            class_name="grid grid-cols-2 gap-2",
        ),
        text_area(
            t("duty.reason"),
            value=duty.reason,
            on_change=do("setAskReason"),
            max_length=200,
            rows=2,
            id="ask-reason",
        ),
        gap=2,
    )


def _send(text: Any) -> rx.Component:
    return stack(
        rx.cond(
            duty.problem != "",
            notice(t("duty.not_saved"), tone="danger", sign="circle-alert", role="alert"),
            rx.fragment(),
        ),
        big_button(text, sign="send", on_click=do("sendAsk"), id="ask-send"),
        muted(t("duty.send_hint"), class_name="text-center"),
        gap=2,
    )


def _turn() -> rx.Component:
    return rx.cond(
        duty.choices.length() > 0,
        _choices(),
        empty("calendar-check", t("duty.no_turn"), t("duty.no_turn_hint")),
    )


def _who() -> rx.Component:
    return stack(
        _swapped(t("duty.your_turn"), duty.given),
        rx.cond(
            duty.choices.length() > 0,
            _choices(),
            empty("users", t("duty.nobody"), t("duty.nobody_hint")),
        ),
        gap=4,
    )


def _give() -> rx.Component:
    name = local(duty.other, duty.other_en)
    return stack(
        _swapped(t("duty.takes", name=name), duty.given),
        link_button(
            t("duty.nothing_back"), href=duty.last, sign="heart-handshake", big=True, id="give-none"
        ),
        rx.cond(
            duty.choices.length() > 0,
            stack(section_title(t("duty.or_take", name=name)), _choices(), gap=2),
            muted(t("duty.no_return", name=name)),
        ),
        gap=4,
    )


def _sure() -> rx.Component:
    name = local(duty.other, duty.other_en)
    return stack(
        _swapped(t("duty.takes", name=name), duty.given),
        rx.cond(
            duty.taken.id == "",
            row(icon("heart-handshake", size=22), rx.el.p(t("duty.nothing_back")), gap=2),
            _swapped(t("duty.you_take"), duty.taken),
        ),
        _reason(),
        _send(t("duty.send_swap", name=name)),
        gap=4,
    )


def _swapped(label: Any, line: Any) -> rx.Component:
    return card(muted(label), line_words(line))
