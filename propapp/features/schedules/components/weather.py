"""Weather at a tap, and the services that may announce it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.components.signs import SIGNS
from propapp.features.schedules.views import (
    HookCard,
    WeatherCard,
)
from propapp.ui.kit import (
    button,
    muted,
    notice,
    row,
    section_title,
    text_field,
)
from propapp.ui.text import date_time, t


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
                    for kind, sign in SIGNS.items()
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
        rx.match(one.weather, *[(kind, t(f"office.weather.{kind}")) for kind in SIGNS], ""),
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
