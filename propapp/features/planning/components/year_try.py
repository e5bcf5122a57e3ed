"""What if: another level, or another frequency of one task, put beside what was chosen."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.year_ask import level_buttons, odd
from propapp.features.planning.sides import Tried
from propapp.features.standards.figures import Unit
from propapp.ui.kit import button, card, icon, muted, number_field, row, section_title, select_field
from propapp.ui.kit.fields import problem_line
from propapp.ui.text import local, t


def try_part(page: Any, acts: Any) -> rx.Component:
    """The second choice; the law's word is said at the field that would undercut it."""
    return card(
        section_title(t("plan.year.what_if")),
        muted(t("plan.year.what_if_hint")),
        level_buttons(
            page.paper.levels,
            page.other_level,
            acts.try_level,
            label=t("plan.year.other_level"),
            known_as="try-level",
        ),
        rx.el.form(
            rx.el.div(
                select_field(
                    t("plan.year.subject"),
                    rx.fragment(
                        rx.el.option(t("plan.choose"), value=""),
                        rx.foreach(page.result.doings_other, _subject),
                    ),
                    name="subject",
                    id="try-subject",
                    default_value="",
                ),
                odd(page, "subject"),
                class_name="lg:col-span-2",
            ),
            rx.el.div(
                number_field(
                    t("plan.year.span"), name="span", default_value="1", input_mode="numeric"
                ),
                select_field(
                    t("plan.year.unit"),
                    rx.fragment(
                        *[rx.el.option(t(f"plan.year.unit.{one}"), value=one) for one in Unit]
                    ),
                    name="unit",
                    id="try-unit",
                    default_value="day",
                ),
                number_field(
                    t("plan.year.how_often"), name="times", default_value="1", input_mode="numeric"
                ),
                class_name="grid grid-cols-3 gap-2",
            ),
            odd(page, "often"),
            problem_line(rx.cond(page.wrong == "law", local(page.problem, page.problem_en), "")),
            row(
                button(
                    t("plan.year.try"),
                    sign="scale",
                    type="submit",
                    id="try-often",
                    disabled=page.busy,
                )
            ),
            on_submit=acts.try_often,
            id="try-form",
            class_name="flex flex-col gap-3",
        ),
        rx.el.ul(
            rx.foreach(page.tried, lambda one: _tried(one, acts)),
            class_name="flex flex-wrap gap-2",
        ),
        id="year-try",
        class_name="flex flex-col gap-3",
    )


def _subject(one: Any) -> rx.Component:
    return rx.el.option(
        local(one.name, one.name_en),
        " · ",
        local(one.often, one.often_en),
        value=one.subject,
        key=one.subject,
    )


def _tried(one: rx.Var[Tried], acts: Any) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            local(one.name, one.name_en),
            " · ",
            local(one.often, one.often_en),
            icon("x", size=18),
            type="button",
            aria_label=t("plan.year.untry", name=local(one.name, one.name_en)),
            on_click=acts.untry(one.subject),
            class_name="inline-flex items-center gap-1.5 min-h-12 rounded-full border-2 "
            "border-primary bg-primary-soft text-primary-strong px-4 font-medium text-left",
        ),
        key=one.subject,
        custom_attrs={"data-tried": one.subject},
    )
