"""One task of a plan: writing it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.task_form import clause_part, task_form
from propapp.features.planning.state.task import TaskState
from propapp.offline.office import office_page
from propapp.ui.client import query
from propapp.ui.kit import empty, muted, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import name_of, t

task: Any = TaskState
asked: Any = query("plan") + "/" + query("task")


@page("/plans/task", on_load=TaskState.open)
def task_page() -> rx.Component:
    """The task that the address names, or a new one of its plan."""
    return office_page(
        rx.match(
            rx.cond(task.asked == asked, task.stage, "loading"),
            (
                "shown",
                rx.fragment(
                    stack(
                        rx.el.h1(
                            rx.cond(
                                task.opened.task.key == "",
                                t("plan.task.new"),
                                name_of(task.opened.task),
                            ),
                            class_name="text-xl font-semibold",
                        ),
                        muted(name_of(task.opened.plan)),
                        gap=1,
                    ),
                    clause_part(task, TaskState),
                    task_form(task, TaskState),
                ),
            ),
            ("absent", empty("clipboard-x", t("plan.task.absent"), t("plan.task.absent_hint"))),
            skeleton(lines=5),
        ),
        site=task.site,
        back="/plans",
    )
