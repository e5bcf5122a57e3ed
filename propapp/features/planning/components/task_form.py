"""The form for one task of a draft."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.forms import WORK
from propapp.features.schedules.components.form import problem
from propapp.features.schedules.components.signs import WEEK
from propapp.ui.kit import button, card, number_field, row, select_field, text_field, tick_field
from propapp.ui.text import name_of, t, word

_POSTS = ("guard", "cleaner", "technician", "service_desk", "supervisor", "manager")
_REPEATS = ("once", "daily", "workdays", "rest_days", "weekly", "monthly", "rule")
_SCALE = (5, 4, 3, 2, 1)


def task_form(page: Any, acts: Any) -> rx.Component:
    """Nothing typed is lost by a refusal."""
    task = page.task
    return rx.cond(
        page.editing != "",
        card(
            rx.el.form(
                rx.el.h2(
                    rx.cond(page.editing == "new", t("plan.task.new"), name_of(task)),
                    class_name="text-lg font-semibold",
                ),
                rx.el.div(
                    text_field(
                        t("plan.name"),
                        name="title",
                        default_value=task.name,
                        max_length=80,
                        required=True,
                    ),
                    text_field(
                        t("plan.name_en"),
                        name="title_en",
                        default_value=task.name_en,
                        max_length=120,
                    ),
                    select_field(
                        t("plan.task.post"),
                        rx.fragment(
                            *[rx.el.option(word("role", one), value=one) for one in _POSTS]
                        ),
                        name="role",
                        default_value=task.role,
                    ),
                    select_field(
                        t("plan.task.route"),
                        rx.fragment(
                            rx.el.option(t("plan.task.no_route"), value=""),
                            rx.el.option(t("plan.task.work"), value=WORK),
                            rx.foreach(
                                page.routes,
                                lambda one: rx.el.option(name_of(one), value=one.id, key=one.id),
                            ),
                        ),
                        name="route",
                        default_value=rx.cond(task.work, WORK, task.route.id),
                    ),
                    *_times(page, acts),
                    number_field(
                        t("plan.task.minutes"), name="minutes", default_value=task.minutes.to(str)
                    ),
                    number_field(
                        t("plan.task.people"), name="people", default_value=task.people.to(str)
                    ),
                    _scale("urgency", task.urgency),
                    _scale("importance", task.importance),
                    number_field(
                        t("plan.task.photos"), name="photos", default_value=task.photos.to(str)
                    ),
                    rx.el.div(
                        tick_field(t("plan.proof.scan"), name="scan", checked=task.scan),
                        tick_field(
                            t("plan.proof.document"), name="document", checked=task.document
                        ),
                        tick_field(t("plan.milestone"), name="milestone", checked=task.milestone),
                        class_name="flex flex-wrap gap-x-4",
                    ),
                    class_name="grid gap-4 lg:grid-cols-2 items-start",
                ),
                _after(page),
                problem(page),
                row(
                    button(
                        t("plan.keep"),
                        sign="check",
                        variant="primary",
                        type="submit",
                        id="task-keep",
                    ),
                    button(t("nav.close"), sign="x", on_click=acts.ask("")),
                ),
                on_submit=acts.keep_task,
                key=page.editing,
                id="task-form",
                class_name="flex flex-col gap-4",
            ),
            class_name="border-2 border-primary",
        ),
        rx.fragment(),
    )


def _times(page: Any, acts: Any) -> list[rx.Component]:
    """When; what chance or the weather begins is left as it is."""
    task = page.task
    fixed = (page.repeat == "random") | (page.repeat == "weather")
    return [
        rx.cond(
            fixed,
            rx.el.p(t("plan.task.as_it_was"), class_name="self-center text-muted"),
            select_field(
                t("office.rhythm.repeat"),
                rx.fragment(
                    *[rx.el.option(t(f"plan.repeat.{one}"), value=one) for one in _REPEATS]
                ),
                value=page.repeat,
                on_change=acts.choose_repeat,
                id="task-repeat",
            ),
        ),
        rx.match(
            page.repeat,
            ("weekly", _weekdays(task)),
            (
                "monthly",
                number_field(
                    t("office.rhythm.month_day"),
                    name="month_day",
                    default_value=task.month_days,
                ),
            ),
            (
                "rule",
                rx.el.div(
                    text_field(
                        t("office.rhythm.rrule"),
                        name="rrule",
                        hint=t("office.rhythm.rrule_hint"),
                        default_value=task.rrule,
                    ),
                    rx.el.input(type="hidden", name="day_rule", default_value=task.day_rule),
                ),
            ),
            rx.fragment(),
        ),
        rx.cond(
            fixed | (page.repeat == "once"),
            rx.fragment(),
            text_field(
                t("office.rhythm.windows"),
                name="windows",
                hint=t("plan.task.windows_hint"),
                default_value=task.windows,
            ),
        ),
        text_field(t("plan.starts"), name="starts", type="date", default_value=task.starts),
        text_field(t("plan.ends"), name="ends", type="date", default_value=task.ends),
    ]


def _weekdays(task: Any) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("office.rhythm.on"), class_name="font-medium"),
        rx.el.div(
            *[
                tick_field(
                    t(f"office.weekday.{day}"),
                    name=f"weekday{day}",
                    checked=task.weekdays.contains(day),
                )
                for day in WEEK
            ],
            class_name="flex flex-wrap gap-x-4",
        ),
    )


def _scale(name: str, chosen: Any) -> rx.Component:
    return select_field(
        word("plan.task", name),
        rx.fragment(*[rx.el.option(t(f"plan.scale.{one}"), value=str(one)) for one in _SCALE]),
        name=name,
        default_value=chosen.to(str),
    )


def _after(page: Any) -> rx.Component:
    return rx.cond(
        page.before.length() > 0,
        rx.el.fieldset(
            rx.el.legend(t("plan.task.after"), class_name="font-medium"),
            rx.el.div(
                rx.foreach(
                    page.before,
                    lambda one, number: rx.fragment(
                        tick_field(
                            name_of(one),
                            name="after" + number.to(str),
                            checked=page.task.after.contains(one.id),
                        ),
                        key=one.id,
                    ),
                ),
                class_name="flex flex-wrap gap-x-4",
            ),
        ),
        rx.fragment(),
    )
