"""Schedules in words, the form that changes them, the weather, and the seeds of random rounds."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.views import (
    HookCard,
    RouteChoice,
    ScheduleCard,
    SeedCard,
    WeatherCard,
)
from propapp.ui.kit import (
    badge,
    button,
    card,
    muted,
    notice,
    number_field,
    row,
    section_title,
    select_field,
    stack,
    text_field,
)
from propapp.ui.text import date_time, local, t, word

REPEATS = ("daily", "workdays", "rest_days", "weekly", "monthly", "rule", "random")
_SIGNS = {
    "rain": "cloud-rain",
    "storm": "cloud-lightning",
    "typhoon": "tornado",
    "heat": "thermometer-sun",
    "frost": "thermometer-snowflake",
    "snow": "snowflake",
}
_DAYS = range(7)


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
                _when(one),
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


def _when(one: rx.Var[ScheduleCard]) -> rx.Component:
    weekdays = rx.foreach(
        one.weekdays,
        lambda day: rx.el.span(
            rx.match(day, *[(n, t(f"office.weekday.{n}")) for n in _DAYS], ""),
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
                    one.weather, *[(kind, t(f"office.weather.when.{kind}")) for kind in _SIGNS], ""
                )
            ),
        ),
        rx.el.span(one.rrule, class_name="tabular break-all"),
    )


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
                        t("office.schedule.repeat"),
                        rx.fragment(
                            *[_repeat_option(code) for code in REPEATS],
                            *[_weather_option(kind) for kind in _SIGNS],
                        ),
                        value=page.repeat,
                        on_change=acts.choose_repeat,
                        id="schedule-repeat",
                    ),
                    _of_repeat(page),
                    text_field(
                        t("office.schedule.windows"),
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
        rx.el.legend(t("office.schedule.on"), class_name="font-medium"),
        rx.el.div(
            *[
                rx.el.label(
                    rx.el.input(
                        type="checkbox",
                        name=f"weekday{day}",
                        default_checked=page.card.weekdays.contains(day),
                        class_name="size-6",
                    ),
                    t(f"office.weekday.{day}"),
                    class_name="inline-flex items-center gap-2 min-h-12",
                )
                for day in _DAYS
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
                t("office.schedule.month_day"), name="month_day", default_value=page.card.month_days
            ),
        ),
        (
            "rule",
            rx.el.div(
                text_field(
                    t("office.schedule.rrule"),
                    name="rrule",
                    hint=t("office.schedule.rrule_hint"),
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


def weather_part(page: Any, acts: Any) -> rx.Component:
    """Saying what the weather is, and what was said lately."""
    return rx.el.section(
        section_title(t("office.weather.title")),
        muted(t("office.weather.hint")),
        rx.cond(
            page.may_write,
            rx.el.div(
                *[
                    button(
                        t(f"office.weather.{kind}"),
                        sign=sign,
                        on_click=acts.announce(kind),
                        id=f"weather-{kind}",
                    )
                    for kind, sign in _SIGNS.items()
                ],
                class_name="flex flex-wrap gap-2",
            ),
            rx.fragment(),
        ),
        rx.el.ul(rx.foreach(page.weather, _said), class_name="flex flex-col gap-1 text-sm"),
        class_name="flex flex-col gap-2",
    )


def _said(one: rx.Var[WeatherCard]) -> rx.Component:
    return rx.el.li(
        rx.el.span(date_time(one.at), class_name="tabular text-muted"),
        " ",
        rx.match(one.weather, *[(kind, t(f"office.weather.{kind}")) for kind in _SIGNS], ""),
        " · ",
        t("office.weather.rounds", count=one.rounds),
        rx.cond(one.by_hook, t("office.weather.by_hook"), ""),
        key=one.id,
    )


def hooks_part(page: Any, acts: Any) -> rx.Component:
    """Weather services that may speak for the site."""
    return rx.cond(
        page.may_write,
        rx.el.section(
            section_title(t("office.hook.title")),
            muted(t("office.hook.hint")),
            rx.cond(
                page.token != "",
                notice(
                    rx.el.p(t("office.hook.once"), class_name="font-medium"),
                    rx.el.code(page.token, class_name="break-all select-all"),
                    tone="ok",
                    sign="key-round",
                ),
                rx.fragment(),
            ),
            rx.el.ul(
                rx.foreach(page.hooks, lambda one: _hook(one, acts)),
                class_name="flex flex-col gap-2",
            ),
            rx.el.form(
                row(
                    text_field(t("office.hook.name"), name="label", max_length=60),
                    button(t("office.hook.make"), sign="key-round", type="submit"),
                    class_name="flex-wrap items-end",
                ),
                on_submit=acts.make_hook,
                reset_on_submit=True,
            ),
            class_name="flex flex-col gap-2",
        ),
        rx.fragment(),
    )


def _hook(one: rx.Var[HookCard], acts: Any) -> rx.Component:
    used = rx.cond(
        one.used_at != "",
        t("office.hook.used", at=date_time(one.used_at)),
        t("office.hook.never_used"),
    )
    return rx.el.li(
        row(
            rx.el.span(one.name, class_name="font-semibold"),
            muted(used),
            button(t("office.hook.revoke"), sign="ban", on_click=acts.revoke_hook(one.id)),
            class_name="flex-wrap",
        ),
        key=one.id,
    )


def seeds_part(page: Any) -> rx.Component:
    """What random rounds were bound to, and the seeds of days that are over."""
    return rx.cond(
        page.seeds.length() > 0,
        rx.el.section(
            section_title(t("office.seed.title")),
            muted(t("office.seed.hint")),
            rx.el.dl(rx.foreach(page.seeds, _seed), class_name="flex flex-col gap-2 text-sm"),
            class_name="flex flex-col gap-2",
        ),
        rx.fragment(),
    )


def _seed(one: rx.Var[SeedCard]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(one.day, class_name="font-semibold tabular"),
        rx.el.dd(
            t("office.seed.commitment"), " ", rx.el.code(one.commitment, class_name="break-all")
        ),
        rx.el.dd(
            rx.cond(
                one.seed != "",
                rx.el.span(
                    t("office.seed.seed"), " ", rx.el.code(one.seed, class_name="break-all")
                ),
                t("office.seed.later"),
            )
        ),
        key=one.day,
    )
