"""A clause: its words, its versions, the plans under it, and how it was kept in a month."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.clause_views import TaskLine, VersionCard
from propapp.features.boards.components.rounds import round_cell
from propapp.features.boards.kept import DayCount
from propapp.features.standards.components.clause import clause_marks, level_grid, source_line
from propapp.features.standards.components.marks import mark_badge
from propapp.ui.kit import (
    Tone,
    badge,
    button,
    card,
    icon_button,
    link_button,
    muted,
    notice,
    row,
    section_title,
    text_field,
)
from propapp.ui.kit.basics import cx
from propapp.ui.text import day, local, t, word

_TONES = {
    "done": "border-line bg-raised text-ok",
    "late": "border-warn-mark bg-warn-soft text-warn",
    "missed": "border-danger bg-danger-soft text-danger",
    "coming": "border-info bg-info-soft text-info",
}
_COUNTS: tuple[tuple[str, Tone, str], ...] = (
    ("done", "ok", "circle-check"),
    ("late", "warn", "alarm-clock"),
    ("missed", "danger", "circle-x"),
    ("coming", "info", "clock"),
)


def clause_head(one: Any) -> rx.Component:
    """What the clause asks, as of today."""
    return card(
        rx.el.h1(
            rx.el.span(one.number, class_name="tabular text-muted shrink-0"),
            rx.el.span(local(one.title, one.title_en)),
            class_name="flex gap-2 text-xl font-semibold",
        ),
        rx.cond(
            one.standard != "",
            muted(local(one.standard, one.standard_en)),
            rx.fragment(),
        ),
        clause_marks(one),
        level_grid(one),
        source_line(one),
        class_name="flex flex-col gap-3",
    )


def month_part(page: Any, acts: Any) -> rx.Component:
    """What was due, done, late and missed, and the rounds of one day with their proof."""
    return rx.el.section(
        row(
            icon_button(
                "chevron-left",
                label=t("office.clause.before"),
                on_click=acts.choose_month(page.before),
            ),
            rx.el.h2(
                t("office.clause.month", month=page.month), class_name="text-lg font-semibold"
            ),
            icon_button(
                "chevron-right",
                label=t("office.clause.after"),
                on_click=acts.choose_month(page.after),
            ),
        ),
        rx.cond(
            page.total.due > 0,
            rx.fragment(
                row(
                    badge(t("office.kept.due", count=page.total.due)),
                    *[_count(page.total, *one) for one in _COUNTS],
                    class_name="flex-wrap",
                ),
                rx.el.ol(
                    rx.foreach(page.days, lambda one: _day(one, page, acts)),
                    class_name="grid gap-1.5 grid-cols-7 max-w-2xl",
                ),
                rx.el.h3(day(page.day), class_name="font-semibold"),
                rx.cond(
                    page.windows.length() > 0,
                    rx.el.ol(
                        rx.foreach(
                            page.windows, lambda window: round_cell(window, page.sees_rounds)
                        ),
                        class_name="grid grid-cols-[repeat(auto-fill,minmax(5.6rem,1fr))] gap-1.5",
                    ),
                    muted(t("office.kept.none_that_day")),
                ),
            ),
            muted(t("office.kept.none")),
        ),
        id="clause-month",
        class_name="flex flex-col gap-3",
    )


def _count(total: Any, name: str, tone: Tone, sign: str) -> rx.Component:
    count = getattr(total, name)
    return rx.cond(
        count > 0,
        badge(t(f"office.kept.{name}", count=count), tone=tone, sign=sign),
        rx.fragment(),
    )


def _day(one: rx.Var[DayCount], page: Any, acts: Any) -> rx.Component:
    looks = list(_TONES.items())
    return rx.el.li(
        rx.el.button(
            rx.el.span(one.number, class_name="font-semibold tabular text-text"),
            rx.cond(
                one.due > 0,
                rx.el.span(f"{one.done}/{one.due}", class_name="text-xs tabular"),
                rx.el.span("·", aria_hidden="true", class_name="text-xs"),
            ),
            on_click=acts.choose_day(one.day),
            aria_pressed=one.day == page.day,
            class_name=cx(
                "flex flex-col items-center justify-center w-full min-h-12 rounded-control "
                "border-2",
                rx.match(one.tone, *looks, "border-transparent text-muted"),
                rx.cond(one.day == page.day, "ring-2 ring-primary", ""),
            ),
            type="button",
        ),
        key=one.day,
    )


def tasks_part(page: Any) -> rx.Component:
    """The plans that serve the clause."""
    return rx.el.section(
        section_title(t("office.clause.tasks")),
        rx.cond(
            page.tasks.length() > 0,
            rx.el.ul(rx.foreach(page.tasks, _task), class_name="grid gap-3 lg:grid-cols-2"),
            muted(t("office.clause.no_tasks")),
        ),
        class_name="flex flex-col gap-2",
    )


def _task(one: rx.Var[TaskLine]) -> rx.Component:
    return rx.el.li(
        card(
            row(
                rx.el.h3(local(one.name, one.name_en), class_name="font-semibold"),
                badge(word("role", one.role)),
                class_name="flex-wrap",
            ),
            muted(
                local(one.plan, one.plan_en),
                t("office.clause.plan_version", version=one.version),
                " · ",
                word("office.plan_status", one.status),
            ),
            muted(t("office.clause.under", day=one.under)),
            rx.cond(
                one.walked,
                rx.fragment(),
                rx.cond(
                    one.days.length() > 0,
                    row(
                        muted(t("office.clause.days")),
                        rx.foreach(
                            one.days, lambda when: rx.el.span(when, class_name="tabular text-sm")
                        ),
                        class_name="flex-wrap",
                    ),
                    muted(t("office.clause.no_days")),
                ),
            ),
            class_name="flex flex-col gap-1",
        ),
        key=one.id,
    )


def versions_part(page: Any) -> rx.Component:
    """How the clause has read, reads and will read."""
    return rx.el.section(
        row(
            section_title(t("office.clause.versions"), class_name="flex-1"),
            rx.cond(
                page.may_write,
                link_button(
                    t("office.clause.rewrite"),
                    sign="pencil",
                    variant="secondary",
                    href="/standards/own?clause=" + page.card.id,
                    fresh=True,
                    id="clause-rewrite",
                ),
                rx.fragment(),
            ),
        ),
        rx.el.ol(rx.foreach(page.versions, _version), class_name="flex flex-col gap-3"),
        class_name="flex flex-col gap-2",
    )


def _version(one: rx.Var[VersionCard]) -> rx.Component:
    return rx.el.li(
        card(
            row(
                rx.el.h3(t("office.clause.since", day=one.starts), class_name="font-semibold"),
                badge(word("office.clause.state", one.state)),
                mark_badge(one.mark),
                class_name="flex-wrap",
            ),
            rx.cond(one.state == "holds", rx.fragment(), level_grid(one)),
            rx.cond(one.reason != "", muted(one.reason), rx.fragment()),
            class_name="flex flex-col gap-2",
        ),
        key=one.id,
    )


def ending_part(page: Any, acts: Any) -> rx.Component:
    """What the company may say about it, and why not."""
    problem = rx.cond(
        page.problem != "",
        notice(local(page.problem, page.problem_en), tone="danger", sign="circle-alert"),
        rx.fragment(),
    )
    return rx.cond(
        page.may_end | page.may_drop,
        card(
            rx.cond(
                page.may_end,
                rx.el.form(
                    section_title(t("office.clause.end_title")),
                    rx.el.div(
                        text_field(
                            t("office.clause.last_day"), name="last_day", type="date", required=True
                        ),
                        text_field(
                            t("office.clause.reason"), name="reason", required=True, max_length=400
                        ),
                        class_name="grid gap-3 sm:grid-cols-2",
                    ),
                    row(button(t("office.clause.end"), sign="calendar-off", type="submit")),
                    on_submit=acts.end,
                    id="clause-end",
                    class_name="flex flex-col gap-3",
                ),
                rx.fragment(),
            ),
            rx.cond(
                page.may_drop,
                row(
                    button(
                        t("office.clause.drop"),
                        sign="trash-2",
                        on_click=acts.drop,
                        id="clause-drop",
                    )
                ),
                rx.fragment(),
            ),
            problem,
            class_name="flex flex-col gap-3",
        ),
        rx.fragment(),
    )
