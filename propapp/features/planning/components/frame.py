"""What all pages of one plan share: its head, the next step, and the ways to look at it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.head import ask_part, head_part
from propapp.features.planning.looking import PAGE
from propapp.features.schedules.components.form import problem
from propapp.offline.office import office_page
from propapp.ui.kit import button, empty, icon, link, row, skeleton
from propapp.ui.kit.basics import cx
from propapp.ui.text import t, word

# Each way is a page of its own, so that a phone loads only what it looks at.
WAYS = {
    "plan": "list-todo",
    "month": "calendar-days",
    "gantt": "chart-gantt",
    "load": "chart-column",
    "story": "git-compare",
}


def plan_frame(*children: Any, page: Any, acts: Any, view: str) -> rx.Component:
    """The plan that the address names, seen in this way."""
    idle = (page.doing == "") & ~page.writing
    shown = rx.fragment(
        head_part(page, acts, writes=view == "plan"),
        ask_part(page, acts),
        rx.cond(idle, problem(page), rx.fragment()),
        rx.el.nav(
            *[_way(page, code, sign, here=code == view) for code, sign in WAYS.items()],
            aria_label=t("plan.ways"),
            class_name="grid grid-cols-5 rounded-control border-2 border-line overflow-hidden "
            "lg:max-w-2xl",
        ),
        rx.fragment() if view == "story" else _posts(page, acts),
        *children,
    )
    return office_page(
        rx.match(
            page.stage,
            ("shown", shown),
            ("absent", empty("clipboard-x", t("plan.absent"), t("plan.absent_hint"))),
            skeleton(lines=5),
        ),
        site=page.site,
        back="/plans",
    )


def _way(page: Any, code: str, sign: str, *, here: bool) -> rx.Component:
    # From one to the next the app is not loaded again.
    return link(
        icon(sign, size=20),
        rx.el.span(t(f"plan.view.{code}"), class_name="text-xs lg:text-sm"),
        href=f"/plans/{code}?plan=" + page.head.id,
        aria_current="page" if here else "false",
        id=f"see-{code}",
        class_name=cx(
            "flex flex-col lg:flex-row items-center justify-center gap-1 min-h-14 px-1 font-medium",
            "bg-primary text-on-primary" if here else "bg-raised text-text",
        ),
    )


def _posts(page: Any, acts: Any) -> rx.Component:
    """The posts that have tasks, where there is more than one."""

    def post(code: Any, name: Any) -> rx.Component:
        here = page.post == code
        return rx.el.button(
            name,
            type="button",
            key=code,
            on_click=acts.narrow(code),
            aria_pressed=rx.cond(here, "true", "false"),
            class_name=cx(
                "min-h-12 px-4 rounded-full border-2 font-medium",
                rx.cond(here, "border-primary bg-primary-soft text-primary-strong", "border-line"),
            ),
        )

    return rx.cond(
        page.posts.length() > 1,
        rx.el.div(
            post("", t("plan.all")),
            rx.foreach(page.posts, lambda code: post(code, word("role", code))),
            role="group",
            aria_label=t("plan.task.post"),
            class_name="flex flex-wrap gap-2",
        ),
        rx.fragment(),
    )


def leaves(page: Any, acts: Any) -> rx.Component:
    """The way to more tasks, where there are more than a leaf holds."""
    return rx.cond(
        page.total > PAGE,
        row(
            rx.cond(
                page.page > 0,
                button(t("plan.before"), sign="chevron-left", on_click=acts.turn(page.page - 1)),
                rx.fragment(),
            ),
            rx.cond(
                (page.page + 1) * PAGE < page.total,
                button(
                    t("plan.after_that"), sign="chevron-right", on_click=acts.turn(page.page + 1)
                ),
                rx.fragment(),
            ),
        ),
        rx.fragment(),
    )
