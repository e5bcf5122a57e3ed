"""The tasks of a plan, what matters most in words, and how to write one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.marks import priority_badge
from propapp.features.planning.views import TaskCard
from propapp.features.schedules.components.item import when_words
from propapp.offline.office import office_link
from propapp.ui.kit import badge, button, card, icon, link_button, muted, row
from propapp.ui.kit.basics import cx
from propapp.ui.text import duration, local, name_of, t, word


def tasks_list(page: Any, acts: Any) -> rx.Component:
    """The tasks of this leaf."""
    return rx.el.ul(
        rx.foreach(page.tasks, lambda one: _task(one, page, acts)),
        class_name="grid gap-3 lg:grid-cols-2 items-start",
    )


def _task(one: rx.Var[TaskCard], page: Any, acts: Any) -> rx.Component:
    return rx.el.li(
        card(
            row(
                rx.cond(
                    one.milestone,
                    icon("milestone", size=20, class_name="text-primary"),
                    rx.fragment(),
                ),
                rx.el.h2(name_of(one), class_name="text-lg font-semibold flex-1 min-w-0"),
                priority_badge(one.level, one.priority),
            ),
            row(
                badge(word("role", one.role)),
                rx.cond(one.milestone, badge(t("plan.milestone"), tone="primary"), None),
                rx.cond(one.route.id != "", badge(name_of(one.route), sign="route"), None),
                rx.cond(one.work, badge(t("plan.task.work"), sign="smartphone"), None),
                class_name="flex-wrap",
            ),
            rx.el.p(_when(one), class_name="tabular"),
            rx.cond(
                one.clause.id != "",
                office_link(
                    icon("book-open-check", size=18),
                    t("plan.clause", name=name_of(one.clause)),
                    href="/standards/clause?clause=" + one.clause.id,
                    class_name="inline-flex items-center gap-1.5 min-h-12 text-primary font-medium",
                ),
                rx.fragment(),
            ),
            muted(
                t("plan.effort", span=duration(one.minutes), count=one.people),
                " · ",
                t("plan.factors", urgency=one.urgency, importance=one.importance),
            ),
            rx.cond(
                (one.photos > 0) | one.scan | one.document,
                muted(
                    t("plan.proof"),
                    rx.cond(one.photos > 0, t("plan.proof.photos", count=one.photos), ""),
                    rx.cond(one.scan, " " + t("plan.proof.scan"), ""),
                    rx.cond(one.document, " " + t("plan.proof.document"), ""),
                ),
                rx.fragment(),
            ),
            rx.cond(
                one.checklists != "",
                muted(t("plan.checklists", names=local(one.checklists, one.checklists_en))),
                rx.fragment(),
            ),
            rx.cond(
                one.after_names != "",
                muted(t("plan.after", names=local(one.after_names, one.after_names_en))),
                rx.fragment(),
            ),
            rx.cond(
                one.unwalked != "",
                rx.el.p(
                    icon("triangle-alert", size=18),
                    word("plan.unwalked", one.unwalked),
                    class_name="flex items-start gap-1.5 text-sm font-medium text-warn",
                ),
                rx.fragment(),
            ),
            rx.cond(one.short != "", _short(one), rx.fragment()),
            rx.cond(
                page.head.verbs.contains("keep"),
                row(
                    link_button(
                        t("plan.task.edit"),
                        sign="pencil",
                        variant="secondary",
                        href="/plans/task?plan=" + page.head.id + "&task=" + one.key,
                    ),
                    button(t("plan.task.drop"), sign="trash-2", on_click=acts.drop_task(one.key)),
                    class_name="flex-wrap",
                ),
                rx.fragment(),
            ),
            class_name="flex flex-col gap-2",
        ),
        key=one.key,
        custom_attrs={"data-task": one.key},
    )


def _short(one: rx.Var[TaskCard]) -> rx.Component:
    """Less often than the clause asks; below the law is more than a warning."""
    is_law = one.short == "law"
    return rx.el.p(
        rx.cond(is_law, icon("scale", size=18), icon("triangle-alert", size=18)),
        rx.el.span(
            rx.el.strong(word("plan.short", one.short)),
            " ",
            t(
                "plan.short_by",
                often=local(one.asked, one.asked_en),
                asked=one.asked_times,
                planned=one.planned_times,
            ),
        ),
        custom_attrs={"data-short": one.short},
        class_name=cx(
            "flex items-start gap-1.5 text-sm font-medium",
            rx.cond(is_law, "text-danger", "text-warn"),
        ),
    )


def _when(one: rx.Var[TaskCard]) -> rx.Component:
    span = rx.cond(
        one.starts == one.ends, one.starts, t("plan.span", first=one.starts, last=one.ends)
    )
    season = rx.cond(one.season != "", t("office.schedule.season", season=one.season), "")
    return rx.match(
        one.repeat,
        ("once", rx.el.span(span, rx.cond(one.windows != "", " " + one.windows, ""))),
        (
            "weather",
            rx.el.span(
                when_words(one),
                " ",
                rx.cond(one.within > 0, t("office.schedule.at_once", count=one.within), ""),
                " · ",
                span,
                season,
            ),
        ),
        rx.el.span(when_words(one), " ", one.windows, " · ", span, season),
    )
