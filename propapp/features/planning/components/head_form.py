"""The form for the head of a plan: what it is for, from when until when, and who judges it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.core.access import Role
from propapp.features.plans.models import PlanKind
from propapp.features.schedules.components.form import problem
from propapp.ui.kit import button, card, row, select_field, text_field
from propapp.ui.text import name_of, t, word

DEPARTMENTS = (Role.GUARD, Role.CLEANER, Role.TECHNICIAN, Role.SERVICE_DESK)


def head_form(page: Any, *, title: Any, on_submit: Any, on_close: Any) -> rx.Component:
    """Nothing typed is lost by a refusal."""
    head = page.head
    return card(
        rx.el.form(
            rx.el.h2(title, class_name="text-lg font-semibold"),
            rx.el.div(
                text_field(
                    t("plan.name"),
                    name="title",
                    default_value=head.name,
                    max_length=80,
                    required=True,
                ),
                text_field(
                    t("plan.name_en"), name="title_en", default_value=head.name_en, max_length=80
                ),
                select_field(
                    t("plan.kind"),
                    rx.fragment(
                        *[rx.el.option(t(f"plan.kind.{one}"), value=one) for one in PlanKind]
                    ),
                    name="kind",
                    default_value=head.kind,
                ),
                select_field(
                    t("plan.department"),
                    rx.fragment(
                        rx.el.option(t("plan.whole_site"), value=""),
                        *[rx.el.option(word("role", one), value=one) for one in DEPARTMENTS],
                    ),
                    name="department",
                    default_value=head.department,
                ),
                text_field(
                    t("plan.starts"),
                    name="starts",
                    type="date",
                    default_value=head.starts,
                    required=True,
                ),
                text_field(
                    t("plan.ends"),
                    name="ends",
                    type="date",
                    default_value=head.ends,
                    required=True,
                ),
                _one_of(t("plan.reviewer"), "reviewer", page.reviewers, head.reviewer.id),
                _one_of(t("plan.approver"), "approver", page.approvers, head.approver.id),
                _one_of(t("plan.parent"), "parent", page.parents, head.parent.id),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            problem(page),
            row(
                button(
                    t("plan.keep"), sign="check", variant="primary", type="submit", id="plan-keep"
                ),
                button(t("nav.close"), sign="x", on_click=on_close),
            ),
            on_submit=on_submit,
            id="plan-form",
            class_name="flex flex-col gap-4",
        )
    )


def _one_of(label: Any, name: str, choices: Any, chosen: Any) -> rx.Component:
    return select_field(
        label,
        rx.fragment(
            rx.el.option(t("plan.choose"), value=""),
            rx.foreach(choices, lambda one: rx.el.option(name_of(one), value=one.id, key=one.id)),
        ),
        name=name,
        default_value=chosen,
    )
