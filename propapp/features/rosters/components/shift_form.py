"""Forms of a shift, of a site's rules and of its alarms."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.core.dates.workdays import DayRule
from propapp.features.rosters.components.posts import verdict
from propapp.features.rosters.shifts import ROLES, StepLine
from propapp.features.schedules.components.form import problem
from propapp.ui.kit import (
    button,
    card,
    icon,
    muted,
    number_field,
    row,
    section_title,
    select_field,
    stack,
    text_field,
)
from propapp.ui.text import local, t, word

_GRID = "grid gap-4 sm:grid-cols-2 lg:grid-cols-4"


def shift_form(page: Any, acts: Any) -> rx.Component:
    """Typed, tried, and only then kept."""
    line = page.line
    form = rx.el.form(
        section_title(rx.cond(line.id == "", t("office.shift.new"), t("office.shift.change"))),
        rx.el.div(
            select_field(
                t("office.shift.post"),
                rx.fragment(
                    *[rx.el.option(word("role", role.value), value=role.value) for role in ROLES]
                ),
                name="role",
                default_value=line.role,
            ),
            text_field(
                t("office.shift.name"),
                name="label",
                default_value=line.name,
                max_length=40,
                required=True,
            ),
            text_field(
                t("office.shift.name_en"),
                name="label_en",
                default_value=line.name_en,
                max_length=40,
            ),
            number_field(
                t("office.shift.how_many"), name="people", default_value=line.people.to(str)
            ),
            text_field(
                t("office.shift.begins"), name="begins", type="time", default_value=line.begins
            ),
            text_field(
                t("office.shift.ends"),
                name="ends",
                type="time",
                default_value=line.ends,
                hint=t("office.shift.ends_hint"),
            ),
            select_field(
                t("office.shift.which_days"),
                rx.fragment(
                    *[
                        rx.el.option(t(f"office.shift.days.{rule.value}"), value=rule.value)
                        for rule in DayRule
                    ]
                ),
                name="day_rule",
                default_value=line.day_rule,
            ),
            rx.cond(
                line.id == "",
                rx.fragment(),
                rx.el.label(
                    rx.el.input(type="checkbox", name="stopped", class_name="size-6"),
                    t("office.shift.stop"),
                    class_name="flex items-center gap-3 min-h-12 self-end",
                ),
            ),
            class_name=_GRID,
        ),
        problem(page),
        row(
            button(
                t("office.shift.try"),
                sign="calculator",
                variant="primary",
                type="submit",
                id="shift-try",
            ),
            button(t("nav.close"), sign="x", on_click=acts.begin("")),
            class_name="flex-wrap",
        ),
        on_submit=acts.try_out,
        key=page.opened.to(str),
        id="shift-form",
        class_name="flex flex-col gap-4",
    )
    return rx.cond(
        page.doing == "shift", card(stack(form, _tried(page, acts), gap=4)), rx.fragment()
    )


def _tried(page: Any, acts: Any) -> rx.Component:
    post = page.tried
    return rx.cond(
        post.role != "",
        rx.el.div(
            rx.el.h3(
                t("office.shift.would", post=word("role", post.role)), class_name="font-semibold"
            ),
            verdict(post),
            row(
                button(
                    rx.cond(
                        post.verdict == "can",
                        t("office.shift.keep"),
                        t("office.shift.keep_all_same"),
                    ),
                    sign="check",
                    variant=("primary"),
                    on_click=acts.keep,
                    id="shift-keep",
                )
            ),
            id="shift-tried",
            class_name="flex flex-col gap-3 border-t border-line pt-4",
        ),
        rx.fragment(),
    )


def rules_part(page: Any, acts: Any) -> rx.Component:
    """The site's own figures, said, and changed in a form."""
    rules = page.rules
    return rx.el.section(
        row(
            section_title(t("office.rules.title"), class_name="flex-1"),
            _change(page, acts, "rules"),
        ),
        rx.cond(
            page.doing == "rules",
            card(
                _form(
                    page,
                    acts,
                    "rules",
                    number_field(t("office.rules.rest"), name="rest", default_value=rules.rest),
                    number_field(
                        t("office.rules.long_rest"),
                        name="long_rest",
                        default_value=rules.long_rest,
                        hint=t("office.rules.long_rest_hint"),
                    ),
                    number_field(t("office.rules.week"), name="week", default_value=rules.week),
                    number_field(
                        t("office.rules.days_in_row"),
                        name="days_in_row",
                        default_value=rules.days_in_row.to(str),
                    ),
                    number_field(
                        t("office.rules.nights_in_row"),
                        name="nights_in_row",
                        default_value=rules.nights_in_row.to(str),
                    ),
                )
            ),
            card(
                rx.el.p(
                    t(
                        "office.rules.said",
                        rest=rules.rest,
                        long_rest=rules.long_rest,
                        days=rules.days_in_row,
                        nights=rules.nights_in_row,
                        week=rules.week,
                    )
                ),
            ),
        ),
        id="duty-rules",
        class_name="flex flex-col gap-3",
    )


def ladder_part(page: Any, acts: Any) -> rx.Component:
    """Who hears of a round that nobody walks, and when: in words, with an example."""
    return rx.el.section(
        row(
            section_title(t("office.ladder.title"), class_name="flex-1"),
            _change(page, acts, "ladder"),
        ),
        card(
            muted(t("office.ladder.example")),
            rx.el.ol(rx.foreach(page.ladder, _step), class_name="flex flex-col gap-2"),
            rx.cond(
                page.doing == "ladder",
                _form(page, acts, "ladder", rx.foreach(page.ladder, _minutes)),
                rx.fragment(),
            ),
            class_name="flex flex-col gap-4",
        ),
        id="alarm-ladder",
        class_name="flex flex-col gap-3",
    )


def _step(step: rx.Var[StepLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(step.at, class_name="text-lg font-semibold tabular w-14"),
        icon("bell", size=20, class_name="text-primary mt-1"),
        rx.el.span(
            rx.el.span(word("office.ladder.who", step.code), class_name="font-medium"),
            rx.cond(
                step.nobody,
                rx.el.span(" · ", t("office.ladder.nobody"), class_name="text-warn font-medium"),
                rx.cond(
                    step.names != "",
                    rx.el.span(" · ", local(step.names, step.names_en), class_name="text-muted"),
                    rx.fragment(),
                ),
            ),
            class_name="flex-1 min-w-0",
        ),
        key=step.code,
        custom_attrs={"data-step": step.code},
        class_name="flex items-start gap-3",
    )


def _minutes(step: rx.Var[StepLine]) -> rx.Component:
    return rx.el.div(
        number_field(
            word("office.ladder.after", step.code),
            name=step.code,
            default_value=step.minutes.to(str),
        ),
        key=step.code,
    )


def _form(page: Any, acts: Any, name: str, *fields: rx.Component) -> rx.Component:
    return rx.el.form(
        rx.el.div(*fields, class_name=_GRID),
        problem(page),
        row(
            button(
                t("office.shift.keep"),
                sign="check",
                variant="primary",
                type="submit",
                id=f"{name}-keep",
            ),
            button(t("nav.close"), sign="x", on_click=acts.begin("")),
        ),
        on_submit=acts.set_rules,
        key=page.opened.to(str),
        id=f"{name}-form",
        class_name="flex flex-col gap-4",
    )


def _change(page: Any, acts: Any, what: str) -> rx.Component:
    return rx.cond(
        page.may_write & (page.doing != what),
        button(
            t("office.shift.edit"), sign="pencil", on_click=acts.begin(what), id=f"change-{what}"
        ),
        rx.fragment(),
    )
