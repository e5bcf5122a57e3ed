"""The form of a goal; nothing typed is lost by a refusal."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.goals.measures import NEWEST
from propapp.features.goals.models import Comparison
from propapp.features.schedules.components.form import problem
from propapp.ui.kit import button, card, muted, row, select_field, text_field
from propapp.ui.text import name_of, t, word


def goal_form(page: Any, acts: Any, *, one: Any, title: Any, on_close: Any) -> rx.Component:
    """Name, measure, target, weight, who asks for it and who answers for it."""
    return card(
        rx.el.form(
            rx.el.h2(title, class_name="text-lg font-semibold"),
            rx.el.div(
                text_field(
                    t("goal.name"),
                    name="title",
                    default_value=one.name,
                    max_length=80,
                    required=True,
                ),
                text_field(
                    t("goal.name_en"), name="title_en", default_value=one.name_en, max_length=120
                ),
                select_field(
                    t("goal.measure"),
                    rx.fragment(
                        *[rx.el.option(t(f"goal.measure.{code}"), value=code) for code in NEWEST]
                    ),
                    name="measure",
                    value=page.measure,
                    on_change=acts.choose_measure,
                ),
                rx.el.div(
                    select_field(
                        t("goal.comparison"),
                        rx.fragment(
                            *[
                                rx.el.option(t(f"goal.comparison.{code}"), value=code)
                                for code in Comparison
                            ]
                        ),
                        name="comparison",
                        default_value=one.comparison,
                    ),
                    text_field(
                        t("goal.target"),
                        name="goal_target",
                        default_value=one.target,
                        input_mode="decimal",
                        required=True,
                    ),
                    text_field(
                        t("goal.weight"),
                        name="weight",
                        default_value=one.weight.to(str),
                        input_mode="numeric",
                        required=True,
                    ),
                    class_name="grid gap-3 grid-cols-3 items-end",
                ),
                text_field(
                    t("goal.source"),
                    name="source",
                    hint=t("goal.source_hint"),
                    default_value=one.source,
                    max_length=200,
                    required=True,
                ),
                select_field(
                    t("goal.responsible"),
                    rx.fragment(
                        rx.foreach(
                            page.people,
                            lambda person: rx.el.option(
                                name_of(person), value=person.id, key=person.id
                            ),
                        )
                    ),
                    name="responsible",
                    default_value=one.responsible.id,
                ),
                text_field(
                    t("goal.starts"),
                    name="starts",
                    type="date",
                    default_value=one.starts,
                    required=True,
                ),
                text_field(
                    t("goal.ends"),
                    name="ends",
                    type="date",
                    default_value=one.ends,
                    required=True,
                ),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            muted(
                t("goal.formula"),
                # A goal keeps the version of the formula that it was set under.
                rx.cond(
                    page.measure == one.measure,
                    word("goal.formula", one.formula),
                    rx.match(
                        page.measure,
                        *[
                            (code, word("goal.formula", f"{code}_{newest.version}"))
                            for code, newest in NEWEST.items()
                        ],
                        "",
                    ),
                ),
            ),
            problem(page),
            row(
                button(
                    t("goal.keep"), sign="check", variant="primary", type="submit", id="goal-keep"
                ),
                button(t("nav.close"), sign="x", on_click=on_close),
            ),
            on_submit=acts.keep,
            id="goal-form",
            class_name="flex flex-col gap-4",
        )
    )
