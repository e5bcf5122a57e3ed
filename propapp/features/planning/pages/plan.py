"""One version of a plan: its tasks."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.frame import leaves, plan_frame
from propapp.features.planning.components.head_form import head_form
from propapp.features.planning.components.tasks import tasks_list
from propapp.features.planning.state.plan import PlanState
from propapp.offline.office import office_link
from propapp.ui.kit import empty, icon, link_button, notice, row
from propapp.ui.page import page
from propapp.ui.text import t

plan: Any = PlanState


@page("/plans/plan", on_load=PlanState.open)
def plan_page() -> rx.Component:
    """What is to be done, and writing it."""
    return plan_frame(
        rx.cond(
            plan.writing,
            head_form(
                plan,
                title=t("plan.do.keep"),
                on_submit=PlanState.keep,
                on_close=PlanState.ask(""),
            ),
            rx.fragment(),
        ),
        _list(),
        page=plan,
        acts=PlanState,
        view="plan",
    )


def _list() -> rx.Component:
    return rx.fragment(
        rx.cond(
            plan.unwalked > 0,
            notice(
                t("plan.unwalked_some", count=plan.unwalked), tone="warn", sign="triangle-alert"
            ),
            rx.fragment(),
        ),
        rx.cond(
            plan.short > 0,
            notice(t("plan.short_some", count=plan.short), tone="warn", sign="triangle-alert"),
            rx.fragment(),
        ),
        row(
            rx.cond(
                plan.head.verbs.contains("keep"),
                link_button(
                    t("plan.task.new"),
                    sign="plus",
                    variant="secondary",
                    href="/plans/task?plan=" + plan.head.id,
                    id="task-new",
                ),
                rx.fragment(),
            ),
            office_link(
                icon("file-spreadsheet", size=20),
                t("plan.workbook"),
                href="/sheets?kind=tasks&site=" + plan.site.id + "&plan=" + plan.head.id,
                id="plan-workbook",
                class_name="inline-flex items-center gap-2 min-h-12 px-4 font-semibold "
                "text-primary",
            ),
            class_name="flex-wrap",
        ),
        rx.cond(
            plan.total > 0,
            rx.fragment(tasks_list(plan, PlanState), leaves(plan, PlanState)),
            empty("list-todo", t("plan.no_tasks"), t("plan.no_tasks_hint")),
        ),
    )
