"""Taking a year as a draft: what it is called, who judges it, and which routes its tasks walk."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.year_ask import odd
from propapp.features.schedules.components.form import problem
from propapp.ui.kit import button, fold_line, muted, row, select_field, text_field
from propapp.ui.text import local, name_of, t


def take_form(page: Any, acts: Any, doings: Any) -> rx.Component:
    """What a draft needs before anybody may review it."""
    return rx.el.form(
        rx.el.div(
            text_field(
                t("plan.name"),
                name="title",
                default_value=t("plan.year.name", year=page.year),
                max_length=80,
            ),
            odd(page, "title"),
        ),
        rx.el.div(_judge("reviewer", page.offered.reviewers), odd(page, "reviewer")),
        rx.el.div(_judge("approver", page.offered.approvers), odd(page, "approver")),
        odd(page, "own_judge"),
        rx.el.details(
            fold_line(t("plan.year.routes")),
            muted(t("plan.year.routes_hint")),
            rx.el.div(
                rx.foreach(doings, lambda one: _walk(one, page)),
                class_name="flex flex-col gap-3 pt-2",
            ),
            id="year-routes",
        ),
        odd(page, "route"),
        problem(page),
        row(
            button(
                t("plan.year.adopt"),
                sign="check",
                variant="primary",
                type="submit",
                id="year-adopt",
                disabled=page.busy,
            ),
            button(t("nav.close"), sign="x", on_click=acts.take("")),
            class_name="flex-wrap",
        ),
        on_submit=acts.adopt,
        id="take-form",
        class_name="flex flex-col gap-3 border-t border-line pt-3",
    )


def _judge(who: str, choices: Any) -> rx.Component:
    return select_field(
        t(f"plan.{who}"),
        rx.fragment(
            rx.el.option(t("plan.choose"), value=""),
            rx.foreach(choices, lambda one: rx.el.option(name_of(one), value=one.id, key=one.id)),
        ),
        name=who,
        default_value="",
    )


def _walk(one: Any, page: Any) -> rx.Component:
    """The routes of the task's post; a task whose post has none is not asked about."""
    walked = page.offered.walked.to(dict[str, str])
    return rx.foreach(
        page.offered.routes,
        lambda offer: rx.cond(
            (offer.role == one.role) & (offer.routes.length() > 0),
            select_field(
                local(one.name, one.name_en),
                rx.fragment(
                    rx.el.option(t("plan.year.no_route"), value=""),
                    rx.foreach(
                        offer.routes,
                        lambda route: rx.el.option(name_of(route), value=route.id, key=route.id),
                    ),
                ),
                name="route." + one.key,
                default_value=rx.cond(walked.contains(one.subject), walked[one.subject], ""),
                key=one.key,
            ),
            rx.fragment(),
        ),
    )
