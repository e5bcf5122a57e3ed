"""My week: the next seven days, from what the phone has."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import view
from propapp.offline.shell import phone_page
from propapp.offline.views import WeekDay, WeekRounds, WeekTask, WeekTurn, WeekView
from propapp.ui.kit import empty, icon, link_button, muted, row, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import clock, date, day, local, t

week: Any = view("week", WeekView)


@page("/week")
def week_page() -> rx.Component:
    """When I am on duty, what is walked, and what plans want of my post."""
    return phone_page(
        rx.cond(
            week.ready,
            rx.cond(
                week.days.length() > 0,
                stack(
                    link_button(
                        t("week.ask"),
                        href="/duty",
                        sign="arrow-left-right",
                        variant="secondary",
                        big=True,
                        id="my-duty",
                    ),
                    rx.el.ol(rx.foreach(week.days, _day), class_name="flex flex-col gap-3"),
                ),
                empty("calendar-days", t("week.none"), t("week.none_hint")),
            ),
            skeleton(lines=4),
        ),
        title=t("week.title"),
        tab="today",
        back="/today",
    )


def _day(one: rx.Var[WeekDay]) -> rx.Component:
    return rx.el.li(
        rx.el.h2(
            day(one.at),
            " ",
            rx.el.span(local(one.weekday, one.weekday_en), class_name="text-muted font-medium"),
            class_name="text-lg font-semibold",
        ),
        rx.foreach(one.turns, _turn),
        rx.foreach(one.tasks, _task),
        rx.foreach(one.rounds, _rounds),
        rx.cond(one.free, muted(t("week.free")), rx.fragment()),
        key=one.at,
        custom_attrs={"data-day": one.at},
        class_name="flex flex-col gap-2 rounded-card border border-line bg-raised p-4",
    )


def _turn(turn: rx.Var[WeekTurn]) -> rx.Component:
    return row(
        icon("user-round", size=20, class_name="text-primary"),
        rx.el.span(local(turn.name, turn.name_en), class_name="font-semibold"),
        rx.el.span(turn.hours, class_name="tabular"),
        key=turn.hours,
    )


def _task(task: rx.Var[WeekTask]) -> rx.Component:
    return row(
        rx.cond(
            task.milestone,
            icon("flag", size=20, class_name="text-warn"),
            icon("clipboard-list", size=20, class_name="text-primary"),
        ),
        rx.el.span(local(task.name, task.name_en), class_name="font-medium flex-1 min-w-0"),
        muted(t("week.until", day=date(task.ends)), class_name="tabular"),
        key=task.name,
        class_name="flex-wrap",
    )


def _rounds(rounds: rx.Var[WeekRounds]) -> rx.Component:
    return row(
        icon("route", size=20, class_name="text-muted"),
        rx.el.span(local(rounds.route, rounds.route_en), class_name="flex-1 min-w-0"),
        muted(
            t("week.times", count=rounds.count, first=clock(rounds.first)),
            class_name="tabular",
        ),
        key=rounds.id,
        class_name="flex-wrap",
    )
