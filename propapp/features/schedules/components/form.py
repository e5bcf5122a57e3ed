"""The form for one schedule, in the words in which people speak of times."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.components.signs import SIGNS, WEEK
from propapp.features.schedules.views import (
    RouteChoice,
)
from propapp.ui.kit import (
    button,
    card,
    notice,
    number_field,
    row,
    select_field,
    stack,
    text_field,
    tick_field,
)
from propapp.ui.text import local, t

REPEATS = ("daily", "workdays", "rest_days", "weekly", "monthly", "rule", "random")


def schedule_form(page: Any, acts: Any) -> rx.Component:
    """The form for one schedule; nothing typed is lost by a refusal."""
    card_ = page.card
    return rx.cond(
        page.editing != "",
        card(
            rx.el.form(
                rx.el.h2(
                    rx.cond(
                        page.editing == "new",
                        t("office.schedule.new"),
                        local(card_.route, card_.route_en),
                    ),
                    class_name="text-lg font-semibold",
                ),
                rx.cond(
                    page.editing == "new",
                    select_field(
                        t("office.schedule.route"),
                        rx.foreach(page.routes, _route_option),
                        name="route",
                    ),
                    rx.fragment(),
                ),
                rx.el.div(
                    select_field(
                        t("office.rhythm.repeat"),
                        rx.fragment(
                            *[_repeat_option(code) for code in REPEATS],
                            *[_weather_option(kind) for kind in SIGNS],
                        ),
                        value=page.repeat,
                        on_change=acts.choose_repeat,
                        id="schedule-repeat",
                    ),
                    _of_repeat(page),
                    text_field(
                        t("office.rhythm.windows"),
                        name="windows",
                        hint=t("office.schedule.windows_hint"),
                        default_value=card_.windows,
                    ),
                    number_field(
                        t("office.schedule.grace_field"),
                        name="grace",
                        default_value=card_.grace.to(str),
                    ),
                    text_field(
                        t("office.schedule.starts"),
                        name="starts",
                        type="date",
                        default_value=card_.starts,
                        required=True,
                    ),
                    text_field(
                        t("office.schedule.ends"),
                        name="ends",
                        type="date",
                        default_value=card_.ends,
                    ),
                    text_field(
                        t("office.schedule.season_first"),
                        name="season_first",
                        placeholder="11-15",
                        default_value=card_.season_first,
                    ),
                    text_field(
                        t("office.schedule.season_last"),
                        name="season_last",
                        placeholder="03-15",
                        default_value=card_.season_last,
                    ),
                    class_name="grid gap-4 lg:grid-cols-2 items-start",
                ),
                problem(page),
                row(
                    button(
                        t("office.schedule.keep"), sign="check", variant="primary", type="submit"
                    ),
                    button(t("nav.close"), sign="x", on_click=acts.close),
                ),
                on_submit=acts.keep,
                key=page.editing,
                id="schedule-form",
                class_name="flex flex-col gap-4",
            ),
        ),
        problem(page),
    )


def problem(page: Any) -> rx.Component:
    """Why it was refused."""
    return rx.cond(
        page.problem != "",
        notice(
            local(page.problem, page.problem_en), tone="danger", sign="circle-alert", role="alert"
        ),
        rx.fragment(),
    )


def _route_option(route: rx.Var[RouteChoice]) -> rx.Component:
    return rx.el.option(local(route.name, route.name_en), value=route.id, key=route.id)


def _repeat_option(code: str) -> rx.Component:
    return rx.el.option(t(f"office.schedule.repeat.{code}"), value=code)


def _weather_option(kind: str) -> rx.Component:
    return rx.el.option(t(f"office.weather.when.{kind}"), value=f"weather:{kind}")


def _of_repeat(page: Any) -> rx.Component:
    """The fields that only this kind of repetition has."""
    weekdays = rx.el.fieldset(
        rx.el.legend(t("office.rhythm.on"), class_name="font-medium"),
        rx.el.div(
            *[
                tick_field(
                    t(f"office.weekday.{day}"),
                    name=f"weekday{day}",
                    checked=page.card.weekdays.contains(day),
                )
                for day in WEEK
            ],
            class_name="flex flex-wrap gap-x-4",
        ),
    )
    return rx.match(
        page.repeat,
        ("weekly", weekdays),
        (
            "monthly",
            number_field(
                t("office.rhythm.month_day"), name="month_day", default_value=page.card.month_days
            ),
        ),
        (
            "rule",
            rx.el.div(
                text_field(
                    t("office.rhythm.rrule"),
                    name="rrule",
                    hint=t("office.rhythm.rrule_hint"),
                    default_value=page.card.rrule,
                ),
                # Which days the rule keeps is not changed by changing the rule.
                rx.el.input(type="hidden", name="day_rule", default_value=page.card.day_rule),
            ),
        ),
        (
            "random",
            stack(
                number_field(
                    t("office.schedule.reach"), name="reach", default_value=page.card.reach.to(str)
                ),
                number_field(
                    t("office.schedule.walk"), name="walk", default_value=page.card.minutes.to(str)
                ),
            ),
        ),
        rx.fragment(),
    )
