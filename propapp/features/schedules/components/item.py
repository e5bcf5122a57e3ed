"""A schedule in words, and what may be done with it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.components.signs import SIGNS, WEEK
from propapp.features.schedules.views import (
    ScheduleCard,
)
from propapp.ui.kit import (
    badge,
    button,
    card,
    muted,
    row,
)
from propapp.ui.text import date_time, local, t, word


def schedule_item(one: rx.Var[ScheduleCard], page: Any, acts: Any) -> rx.Component:
    """One schedule: when, in words; what comes next; what may be done."""
    return rx.el.li(
        card(
            row(
                rx.el.h2(local(one.route, one.route_en), class_name="text-lg font-semibold"),
                badge(word("role", one.role)),
                rx.cond(one.of_plan, badge(t("office.schedule.of_plan"), tone="info"), None),
                rx.cond(one.active, None, badge(t("office.schedule.stopped"), tone="warn")),
                class_name="flex-wrap",
            ),
            rx.el.p(
                when_words(one),
                " ",
                rx.cond(
                    one.repeat == "weather",
                    t("office.schedule.at_once", count=one.minutes),
                    rx.el.span(one.windows, class_name="tabular font-semibold"),
                ),
                t("office.schedule.grace", count=one.grace),
                custom_attrs={"data-words": one.repeat},
            ),
            muted(
                t("office.schedule.span", first=one.starts, last=one.ends),
                rx.cond(one.season != "", t("office.schedule.season", season=one.season), ""),
            ),
            rx.cond(
                one.following.length() > 0,
                row(
                    muted(t("office.schedule.following")),
                    rx.foreach(
                        one.following,
                        lambda at: rx.el.span(date_time(at), class_name="tabular text-sm"),
                    ),
                    class_name="flex-wrap",
                ),
                rx.fragment(),
            ),
            rx.cond(
                one.provisional,
                rx.el.p(
                    t("office.schedule.provisional"), class_name="text-sm text-warn font-medium"
                ),
                rx.fragment(),
            ),
            rx.cond(page.may_write & ~one.of_plan, _acts(one, acts), rx.fragment()),
            class_name="flex flex-col gap-2",
        ),
        key=one.id,
        custom_attrs={"data-schedule": one.id},
    )


def _acts(one: rx.Var[ScheduleCard], acts: Any) -> rx.Component:
    return row(
        button(t("office.schedule.edit"), sign="pencil", on_click=acts.edit(one.id)),
        rx.cond(
            one.active,
            button(t("office.schedule.stop"), sign="pause", on_click=acts.stop(one.id)),
            button(t("office.schedule.resume"), sign="play", on_click=acts.resume(one.id)),
        ),
        class_name="flex-wrap",
    )


def when_words(one: Any) -> rx.Component:
    """The days in words; whatever has the parts of a ``ScheduleCard`` may be said."""
    weekdays = rx.foreach(
        one.weekdays,
        lambda day: rx.el.span(
            rx.match(day, *[(n, t(f"office.weekday.{n}")) for n in WEEK], ""),
            class_name="mr-1",
        ),
    )
    every = rx.cond(
        one.every > 1, t("office.schedule.every_days", count=one.every), t("office.schedule.daily")
    )
    hourly = rx.cond(
        one.every > 1,
        t("office.schedule.every_hours", count=one.every),
        t("office.schedule.hourly"),
    )
    return rx.match(
        one.repeat,
        ("daily", rx.el.span(every)),
        ("workdays", rx.el.span(t("office.schedule.workdays"))),
        ("rest_days", rx.el.span(t("office.schedule.rest_days"))),
        (
            "weekly",
            rx.el.span(
                rx.cond(one.every > 1, t("office.schedule.every_weeks", count=one.every), ""),
                weekdays,
            ),
        ),
        ("monthly", rx.el.span(t("office.schedule.monthly", days=one.month_days))),
        ("hourly", rx.el.span(hourly)),
        ("random", rx.el.span(t("office.schedule.random", count=one.reach))),
        (
            "weather",
            rx.el.span(
                rx.match(
                    one.weather, *[(kind, t(f"office.weather.when.{kind}")) for kind in SIGNS], ""
                )
            ),
        ),
        rx.el.span(one.rrule, class_name="tabular break-all"),
    )
