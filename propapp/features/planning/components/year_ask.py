"""What a year is made of: a level, a city, and how much of each thing the site has."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.years import Counted, Paper, Rate
from propapp.ui.kit import (
    big_button,
    button,
    card,
    fold_line,
    icon,
    muted,
    number_field,
    row,
    section_title,
    select_field,
    stepper_field,
)
from propapp.ui.kit.basics import cx
from propapp.ui.kit.fields import problem_line
from propapp.ui.text import date_time, local, name_of, t, word


def ask_part(page: Any, acts: Any) -> rx.Component:
    """Both steps in one form; nothing typed is lost by a refusal."""
    return rx.el.form(
        card(
            section_title(t("plan.year.step1")),
            rx.el.div(
                _paper(page, acts),
                _year(page),
                _city(page),
                class_name="grid gap-4 lg:grid-cols-[3fr_1fr_1.5fr] items-start",
            ),
            level_buttons(
                page.paper.levels,
                page.level,
                acts.choose_level,
                label=t("plan.year.level"),
                known_as="year-level",
            ),
            odd(page, "level"),
            class_name="flex flex-col gap-4",
        ),
        card(
            section_title(t("plan.year.step2")),
            muted(t("plan.year.step2_hint")),
            rx.el.div(
                rx.foreach(page.offered.counts, lambda one: _count(one, page)),
                key=page.offered.version.to(str) + page.site.id,
                class_name="grid gap-x-8 gap-y-3 lg:grid-cols-2",
            ),
            rx.cond(
                page.offered.changed_at != "",
                muted(
                    t(
                        "plan.year.profile",
                        version=page.offered.version,
                        at=date_time(page.offered.changed_at),
                    )
                ),
                rx.fragment(),
            ),
            class_name="flex flex-col gap-4",
        ),
        big_button(
            t("plan.year.draw"),
            sign="wand-sparkles",
            type="submit",
            id="year-draw",
            disabled=page.busy,
            class_name="lg:max-w-md",
        ),
        on_submit=acts.draw,
        id="year-form",
        class_name="flex flex-col gap-4",
    )


def level_buttons(
    levels: Any, chosen: Any, choose: Any, *, label: Any, known_as: str
) -> rx.Component:
    """The levels of the standard, beside one another; one of them is pressed."""

    def one(level: Any) -> rx.Component:
        here = level["code"] == chosen
        return rx.el.button(
            rx.cond(here, icon("check", size=18), rx.fragment()),
            local(level["name"], level["name_en"]),
            type="button",
            key=level["code"],
            on_click=choose(level["code"]),
            aria_pressed=rx.cond(here, "true", "false"),
            custom_attrs={"data-level": level["code"]},
            class_name=cx(
                "inline-flex items-center justify-center gap-1.5 min-h-12 px-4 rounded-control "
                "border-2 font-medium flex-1 whitespace-nowrap",
                rx.cond(here, "border-primary bg-primary-soft text-primary-strong", "border-line"),
            ),
        )

    return rx.el.div(
        rx.foreach(levels.to(list[dict[str, str]]), one),
        role="group",
        aria_label=label,
        id=known_as,
        class_name="flex flex-wrap gap-2",
    )


def odd(page: Any, field: str) -> rx.Component:
    """What is odd about this field, at the field."""
    return problem_line(rx.cond(page.wrong == field, t(f"plan.year.wrong.{field}"), ""))


def _paper(page: Any, acts: Any) -> rx.Component:
    def option(one: rx.Var[Paper]) -> rx.Component:
        return rx.el.option(name_of(one), value=one.code, key=one.code)

    return select_field(
        t("plan.year.standard"),
        rx.foreach(page.offered.papers, option),
        value=page.paper.code,
        on_change=acts.choose_paper,
        id="year-standard",
    )


def _year(page: Any) -> rx.Component:
    return rx.el.div(
        select_field(
            t("plan.year.year"),
            rx.foreach(
                page.offered.years.to(list[int]),
                lambda year: rx.el.option(year.to(str), value=year.to(str), key=year.to(str)),
            ),
            name="year",
            default_value=page.offered.year.to(str),
            key=page.site.id,
        ),
        odd(page, "year"),
    )


def _city(page: Any) -> rx.Component:
    return rx.el.div(
        select_field(
            t("plan.year.city"),
            rx.fragment(
                rx.el.option(t("plan.year.no_city"), value=""),
                rx.foreach(
                    page.offered.cities.to(list[str]),
                    lambda city: rx.el.option(word("office.city", city), value=city, key=city),
                ),
            ),
            name="city",
            default_value=page.offered.city,
            key=page.site.id,
            hint=t("plan.year.city_hint"),
        ),
        odd(page, "city"),
    )


def _count(one: rx.Var[Counted], page: Any) -> rx.Component:
    name = "has." + one.thing
    return stepper_field(
        word("plan.year.has", one.thing),
        name=name,
        value=one.count.to(str),
        problem=rx.cond(page.wrong == name, t("plan.year.wrong.has"), ""),
        hint=rx.cond(
            (one.listed > 0) & (one.listed != one.count),
            t("plan.year.listed", count=one.listed),
            "",
        ),
    )


def cost_part(page: Any, acts: Any) -> rx.Component:
    """What an hour of each post costs; who may not say so reads it."""
    return rx.el.details(
        fold_line(t("plan.year.costs"), class_name="text-lg font-semibold"),
        rx.cond(
            page.offered.may_price,
            rx.el.form(
                muted(t("plan.year.costs_hint")),
                rx.el.div(
                    rx.foreach(page.offered.rates, lambda one: _rate(one, page)),
                    rx.el.div(
                        number_field(
                            t("plan.year.person_hours"),
                            name="person_hours",
                            default_value=page.offered.person_hours,
                            placeholder=t("plan.year.by_calendar"),
                            hint=t("plan.year.person_hours_hint"),
                        ),
                        odd(page, "person_hours"),
                    ),
                    key=page.offered.version.to(str) + page.site.id,
                    class_name="grid gap-4 lg:grid-cols-3 items-start",
                ),
                row(
                    button(
                        t("plan.year.keep_costs"),
                        sign="check",
                        type="submit",
                        id="costs-keep",
                        disabled=page.busy,
                    )
                ),
                on_submit=acts.price,
                id="costs-form",
                class_name="flex flex-col gap-4",
            ),
            rx.el.dl(
                rx.foreach(page.offered.rates, _read_rate),
                class_name="grid grid-cols-2 gap-x-4 gap-y-2 lg:grid-cols-4",
            ),
        ),
        open=page.wrong.startswith("hourly") | (page.wrong == "person_hours"),
        id="year-costs",
        class_name="rounded-card border border-line bg-raised shadow-card px-4 py-2",
    )


def _rate(one: rx.Var[Rate], page: Any) -> rx.Component:
    name = "hourly." + one.role
    return number_field(
        t("plan.year.rate", post=word("role", one.role)),
        name=name,
        default_value=one.yuan,
        problem=rx.cond(page.wrong == name, t("plan.year.wrong.hourly"), ""),
    )


def _read_rate(one: rx.Var[Rate]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(word("role", one.role), class_name="text-sm text-muted"),
        rx.el.dd(
            rx.cond(one.yuan == "", t("plan.year.no_rate"), t("plan.year.yuan", sum=one.yuan)),
            class_name="tabular font-medium",
        ),
    )
