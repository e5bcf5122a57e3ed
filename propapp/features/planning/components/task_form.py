"""The form for one task of a draft, and beside it the search for the clause it serves."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.people.views import Named
from propapp.features.planning.forms import WORK
from propapp.features.schedules.components.form import problem
from propapp.features.schedules.components.signs import SIGNS, WEEK
from propapp.ui.kit import (
    button,
    card,
    muted,
    number_field,
    row,
    section_title,
    select_field,
    text_field,
    tick_field,
)
from propapp.ui.text import name_of, t, word

_POSTS = ("guard", "cleaner", "technician", "service_desk", "supervisor", "manager")
_REPEATS = ("once", "daily", "workdays", "rest_days", "weekly", "monthly", "rule")
_SCALE = (5, 4, 3, 2, 1)


def clause_part(page: Any, acts: Any) -> rx.Component:
    """The clause that asks for the task; a form of its own, for forms hold no other."""
    chosen = page.clause.id != ""
    return card(
        section_title(t("plan.task.clause")),
        row(
            rx.el.p(
                rx.cond(chosen, name_of(page.clause), t("plan.task.clause_none")),
                id="task-clause",
                class_name=rx.cond(chosen, "flex-1 min-w-0 font-medium", "flex-1 text-muted"),
            ),
            rx.cond(
                chosen,
                button(t("plan.task.clause_off"), sign="x", on_click=acts.choose_clause("")),
                rx.fragment(),
            ),
        ),
        rx.el.form(
            rx.el.div(
                text_field(t("plan.task.search"), name="words", type="search", max_length=60),
                class_name="flex-1 min-w-0",
            ),
            button(t("plan.task.look"), sign="search", type="submit", id="clause-look"),
            on_submit=acts.look_for,
            role="search",
            class_name="flex items-end gap-2",
        ),
        rx.cond(
            page.found.length() > 0,
            rx.el.ul(
                rx.foreach(page.found, lambda one: _found(one, acts)),
                id="clause-found",
                class_name="flex flex-col gap-1",
            ),
            rx.cond(page.looked, muted(t("plan.task.none_found")), rx.fragment()),
        ),
        class_name="flex flex-col gap-3",
    )


def _found(one: rx.Var[Named], acts: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(name_of(one), class_name="flex-1 min-w-0"),
        button(t("plan.task.clause_on"), sign="check", on_click=acts.choose_clause(one.id)),
        key=one.id,
        class_name="flex items-center gap-2",
    )


def task_form(page: Any, acts: Any) -> rx.Component:
    """Nothing typed is lost by a refusal."""
    task = page.opened.task
    return card(
        rx.el.form(
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
                    rx.fragment(*[rx.el.option(word("role", one), value=one) for one in _POSTS]),
                    name="role",
                    default_value=task.role,
                ),
                select_field(
                    t("plan.task.route"),
                    rx.fragment(
                        rx.el.option(t("plan.task.no_route"), value=""),
                        rx.el.option(t("plan.task.work"), value=WORK),
                        _options(page.opened.routes),
                    ),
                    value=page.route,
                    on_change=acts.choose_route,
                    name="route",
                    id="task-route",
                ),
                rx.cond(page.route == WORK, _checklist(page), rx.fragment()),
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
                    tick_field(t("plan.proof.document"), name="document", checked=task.document),
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
                button(t("nav.close"), sign="x", on_click=acts.leave),
            ),
            on_submit=acts.keep,
            key=page.visits.to(str),
            id="task-form",
            class_name="flex flex-col gap-4",
        ),
    )


def _options(offered: Any) -> rx.Component:
    return rx.foreach(offered, lambda one: rx.el.option(name_of(one), value=one.id, key=one.id))


def _checklist(page: Any) -> rx.Component:
    """What a single job asks; a route has its own at each stop."""
    return select_field(
        t("plan.task.checklist"),
        rx.fragment(
            rx.el.option(t("plan.task.checklist_usual"), value=""),
            _options(page.opened.checklists),
        ),
        name="template",
        default_value=page.opened.task.template,
    )


def _times(page: Any, acts: Any) -> list[rx.Component]:
    """When, in the words in which a schedule says it, or once."""
    task, once, walked = page.opened.task, page.repeat == "once", page.route != ""
    weather = page.repeat.startswith("weather:")
    return [
        select_field(
            t("office.rhythm.repeat"),
            rx.fragment(
                *[rx.el.option(t(f"plan.repeat.{one}"), value=one) for one in _REPEATS],
                rx.el.option(t("office.schedule.repeat.random"), value="random"),
                *[
                    rx.el.option(t(f"office.weather.when.{one}"), value=f"weather:{one}")
                    for one in SIGNS
                ],
            ),
            value=page.repeat,
            on_change=acts.choose_repeat,
            name="repeat",
            id="task-repeat",
        ),
        _of_repeat(page),
        rx.cond(
            once & ~walked,
            rx.fragment(),
            rx.fragment(
                text_field(
                    t("office.rhythm.windows"),
                    name="windows",
                    hint=rx.cond(
                        weather,
                        t("plan.task.weather_hint"),
                        rx.cond(
                            page.repeat == "random",
                            t("plan.task.random_hint"),
                            t("plan.task.windows_hint"),
                        ),
                    ),
                    default_value=task.windows,
                ),
                number_field(
                    t("office.schedule.grace_field"),
                    name="grace",
                    default_value=task.grace.to(str),
                ),
            ),
        ),
        text_field(
            rx.cond(once & walked, t("plan.task.day"), t("plan.starts")),
            name="starts",
            type="date",
            default_value=task.starts,
        ),
        rx.cond(
            once & walked,
            rx.fragment(),
            text_field(t("plan.ends"), name="ends", type="date", default_value=task.ends),
        ),
        rx.cond(
            once,
            rx.fragment(),
            rx.fragment(
                text_field(
                    t("office.schedule.season_first"),
                    name="season_first",
                    placeholder="11-15",
                    default_value=task.season_first,
                ),
                text_field(
                    t("office.schedule.season_last"),
                    name="season_last",
                    placeholder="03-15",
                    default_value=task.season_last,
                ),
            ),
        ),
    ]


def _of_repeat(page: Any) -> rx.Component:
    """The fields that only this kind of repetition has."""
    task = page.opened.task
    return rx.match(
        page.repeat,
        ("weekly", _weekdays(task)),
        (
            "monthly",
            number_field(
                t("office.rhythm.month_day"), name="month_day", default_value=task.month_days
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
        (
            "random",
            rx.fragment(
                number_field(
                    t("office.schedule.reach"),
                    name="reach",
                    default_value=rx.cond(task.reach > 0, task.reach.to(str), "120"),
                ),
                number_field(
                    t("office.schedule.walk"), name="walk", default_value=task.walk.to(str)
                ),
            ),
        ),
        rx.fragment(),
    )


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
        page.opened.before.length() > 0,
        rx.el.fieldset(
            rx.el.legend(t("plan.task.after"), class_name="font-medium"),
            rx.el.div(
                rx.foreach(
                    page.opened.before,
                    lambda one, number: rx.fragment(
                        tick_field(
                            name_of(one),
                            name="after" + number.to(str),
                            checked=page.opened.task.after.contains(one.id),
                        ),
                        key=one.id,
                    ),
                ),
                class_name="flex flex-wrap gap-x-4",
            ),
        ),
        rx.fragment(),
    )
