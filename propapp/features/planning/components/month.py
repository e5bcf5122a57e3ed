"""A month of a plan: a table of days on a large screen, the busy days as a list on a phone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.months import DayTask, MonthDay
from propapp.features.schedules.components.signs import WEEK
from propapp.ui.kit import icon, icon_button, muted, row
from propapp.ui.kit.basics import cx
from propapp.ui.text import date, name_of, t

_FREE = ("rest_day", "holiday")


def month_part(page: Any, acts: Any) -> rx.Component:
    """What is special on which day, and what comes on most."""
    month = page.month
    return rx.el.section(
        row(
            icon_button("chevron-left", label=t("plan.before"), on_click=acts.go(month.before)),
            rx.el.h2(
                month.first.to(str)[0:7],
                class_name="text-lg font-semibold tabular",
                id="plan-month",
            ),
            icon_button("chevron-right", label=t("plan.after_that"), on_click=acts.go(month.after)),
        ),
        rx.cond(
            month.routine.length() > 0,
            rx.el.p(
                rx.el.span(t("plan.routine"), class_name="font-medium"),
                rx.foreach(month.routine, lambda one: rx.el.span(" · ", name_of(one), key=one.id)),
                class_name="text-sm",
            ),
            rx.fragment(),
        ),
        _table(month),
        rx.el.ul(
            rx.foreach(month.days, _line),
            class_name="flex flex-col gap-2 lg:hidden",
        ),
        rx.cond(month.busy == 0, muted(t("plan.month_quiet")), rx.fragment()),
        class_name="flex flex-col gap-3",
    )


def _table(month: Any) -> rx.Component:
    return rx.el.div(
        *[
            rx.el.p(t(f"office.weekday.{day}"), class_name="p-2 text-sm font-medium bg-sunken")
            for day in WEEK
        ],
        rx.foreach(month.days, _cell),
        class_name="hidden lg:grid grid-cols-7 rounded-card border border-line bg-line gap-px "
        "overflow-hidden",
    )


def _free(one: rx.Var[MonthDay]) -> rx.Var:
    return (one.kind == _FREE[0]) | (one.kind == _FREE[1])


def _cell(one: rx.Var[MonthDay]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span(
                one.number,
                class_name=cx(
                    "tabular",
                    rx.cond(
                        one.today,
                        "inline-flex size-7 items-center justify-center rounded-full bg-primary "
                        "text-on-primary font-semibold",
                        rx.cond(_free(one), "text-danger", ""),
                    ),
                ),
            ),
            _kind(one),
            class_name="flex items-center gap-1.5 text-sm",
        ),
        rx.foreach(one.tasks, _task),
        _more(one),
        key=one.day,
        custom_attrs={"data-day": one.day},
        class_name=cx(
            "min-h-24 p-1.5 flex flex-col gap-1",
            rx.cond(one.within, "bg-raised", "bg-sunken text-muted"),
        ),
    )


def _kind(one: rx.Var[MonthDay]) -> rx.Component:
    return rx.match(
        one.kind,
        *[
            (kind, rx.el.span(t(f"office.day.{kind}"), class_name="text-xs"))
            for kind in ("holiday", "make_up_workday")
        ],
        rx.fragment(),
    )


def _task(one: rx.Var[DayTask]) -> rx.Component:
    return rx.el.p(
        rx.cond(one.milestone, icon("milestone", size=14), rx.fragment()),
        name_of(one),
        key=one.key,
        class_name=cx(
            "text-xs leading-4 rounded px-1 py-0.5 flex items-start gap-1",
            rx.cond(
                one.milestone, "bg-warn-soft text-warn font-semibold", "bg-info-soft text-info"
            ),
        ),
    )


def _more(one: rx.Var[MonthDay]) -> rx.Component:
    return rx.cond(
        one.more > 0,
        rx.el.p(t("plan.more_tasks", count=one.more), class_name="text-xs text-muted"),
        rx.fragment(),
    )


def _line(one: rx.Var[MonthDay]) -> rx.Component:
    return rx.cond(
        one.within & ((one.tasks.length() > 0) | one.today),
        rx.el.li(
            rx.el.p(
                date(one.day),
                " ",
                rx.match(one.weekday, *[(day, t(f"office.weekday.{day}")) for day in WEEK], ""),
                " ",
                _kind(one),
                class_name=cx("font-semibold", rx.cond(one.today, "text-primary", "")),
            ),
            rx.foreach(one.tasks, _task),
            _more(one),
            key=one.day,
            class_name="flex flex-col gap-1 rounded-card border border-line bg-raised p-3",
        ),
        rx.fragment(),
    )
