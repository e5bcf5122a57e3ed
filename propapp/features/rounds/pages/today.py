"""Today: which rounds there are, which one is open now, and the way into it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rounds.components import phase_badge, window
from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page, site_name, unkept_notice
from propapp.offline.views import RoundCard, TodayView
from propapp.ui.kit import (
    big_button,
    card,
    empty,
    icon,
    link_button,
    muted,
    notice,
    progress_bar,
    row,
    section_title,
    skeleton,
    stack,
)
from propapp.ui.page import page
from propapp.ui.text import clock, date_time, local, t, word

today: Any = view("today", TodayView)


@page("/today")
def today_page() -> rx.Component:
    """The guard's and the cleaner's first screen."""
    return phone_page(
        rx.cond(today.ready, _ready(), _waiting()),
        title=site_name(),
        tab="today",
    )


def _ready() -> rx.Component:
    return stack(
        rx.cond(today.stale, _stale(), rx.fragment()),
        unkept_notice(),
        rx.el.p(t("today.hello", name=local(today.name, today.name_en)), class_name="text-muted"),
        rx.cond(today.rounds.length() > 0, _rounds(), _nothing()),
        link_button(
            t("week.title"), href="/week", sign="calendar-days", variant="secondary", id="my-week"
        ),
        gap=4,
    )


def _rounds() -> rx.Component:
    return stack(
        rx.foreach(today.current, _current),
        rx.cond(today.current.length() == 0, _between(), rx.fragment()),
        _section(t("today.later"), today.later),
        _section(t("today.past"), today.past),
        gap=4,
    )


# In large letters the mark beside it goes below, and the time keeps its width.
_WINDOW = "text-lg font-semibold tabular grow basis-36"


def _current(card_: rx.Var[RoundCard]) -> rx.Component:
    """A round that is open or running: large, with its one button."""
    return card(
        row(
            rx.el.p(window(card_), class_name=_WINDOW),
            phase_badge(card_.phase),
            class_name="flex-wrap justify-between",
        ),
        rx.el.h2(local(card_.route, card_.route_en), class_name="text-xl font-semibold"),
        rx.cond(
            card_.done > 0,
            stack(
                muted(t("today.progress", done=card_.done, total=card_.total)),
                progress_bar(card_.done, card_.total, label=t("run.steps")),
                gap=1,
            ),
            rx.cond(card_.job, rx.fragment(), muted(t("today.points", count=card_.total))),
        ),
        rx.cond(
            card_.phase == "elsewhere",
            notice(
                t("today.walker", name=local(card_.walker, card_.walker_en)),
                sign="user-round",
            ),
            rx.fragment(),
        ),
        rx.cond(
            card_.mine,
            link_button(
                t("today.continue"), href="/run?run=" + card_.run_id, sign="footprints", big=True
            ),
            big_button(
                rx.cond(card_.job, t("today.start_job"), t("today.start")),
                sign="footprints",
                variant="primary",
                on_click=do("startRun", card_.id),
            ),
        ),
        class_name="flex flex-col gap-3 border-2 border-primary",
        key=card_.id,
    )


def _section(title: Any, cards: Any) -> rx.Component:
    return rx.cond(
        cards.length() > 0,
        stack(section_title(title), rx.foreach(cards, _line), gap=2),
        rx.fragment(),
    )


def _line(card_: rx.Var[RoundCard]) -> rx.Component:
    """A round that is not now: one line that matters, one muted, one mark."""
    return card(
        rx.el.div(
            rx.el.p(window(card_), class_name=_WINDOW),
            rx.el.p(local(card_.route, card_.route_en)),
            rx.cond(
                card_.walker != "",
                muted(
                    rx.cond(
                        card_.phase == "done",
                        t("today.done_by", name=local(card_.walker, card_.walker_en)),
                        t("today.walker", name=local(card_.walker, card_.walker_en)),
                    )
                ),
                rx.fragment(),
            ),
            class_name="min-w-0 grow basis-36",
        ),
        stack(
            phase_badge(card_.phase),
            rx.cond(
                card_.send_state != "none",
                muted(word("state", card_.send_state), class_name="text-right"),
                rx.fragment(),
            ),
            gap=1,
            class_name="items-end",
        ),
        class_name="flex flex-wrap items-center gap-3",
        key=card_.id,
    )


def _between() -> rx.Component:
    return rx.cond(
        today.all_done,
        empty("circle-check-big", t("today.all_done"), _next()),
        card(
            row(
                icon("clock", size=28, class_name="text-primary"),
                rx.el.p(_next(), class_name="text-lg font-semibold"),
                gap=3,
            )
        ),
    )


def _next() -> rx.Var:
    return rx.cond(
        today.next_round != "", t("today.next", at=clock(today.next_round)), t("today.empty_hint")
    )


def _nothing() -> rx.Component:
    return empty("calendar-check", t("today.empty"), t("today.empty_hint"))


def _stale() -> rx.Component:
    return notice(
        t("today.stale", at=date_time(today.fetched_at)), tone="neutral", sign="cloud-off"
    )


def _waiting() -> rx.Component:
    return stack(muted(t("today.first")), skeleton(lines=3))
