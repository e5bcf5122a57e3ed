"""Posts with their shifts, and whether they can be manned, said in sentences."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rosters.components.week import good_line, hurdle_line
from propapp.features.rosters.shifts import PostCard, ShiftLine
from propapp.ui.kit import badge, button, card, muted, notice, row
from propapp.ui.text import local, t, word


def post_part(post: rx.Var[PostCard], page: Any, acts: Any) -> rx.Component:
    """A post: what it wants, and whether the people are there."""
    return rx.el.li(
        card(
            rx.el.h2(word("role", post.role), class_name="text-lg font-semibold"),
            rx.el.ul(
                rx.foreach(post.shifts, lambda line: _shift(line, page, acts)),
                class_name="flex flex-col divide-y divide-line",
            ),
            verdict(post),
            class_name="flex flex-col gap-3",
        ),
        key=post.role,
        custom_attrs={"data-post": post.role, "data-verdict": post.verdict},
    )


def _shift(line: rx.Var[ShiftLine], page: Any, acts: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(local(line.name, line.name_en), class_name="font-medium"),
            rx.el.p(
                line.hours,
                " · ",
                t("office.shift.long", hours=line.lasts),
                " · ",
                t("office.shift.people", count=line.people),
                class_name="text-sm text-muted tabular",
            ),
            rx.cond(
                line.day_rule == "every",
                rx.fragment(),
                badge(word("office.shift.days", line.day_rule), class_name="mt-1"),
            ),
            class_name="flex-1 min-w-0",
        ),
        rx.cond(
            page.may_write,
            button(t("office.shift.edit"), sign="pencil", on_click=acts.edit(line.id)),
            rx.fragment(),
        ),
        key=line.id,
        custom_attrs={"data-shift": line.id},
        class_name="flex items-center gap-3 py-2",
    )


def verdict(post: Any) -> rx.Component:
    """Whether it can be, with the figures it follows from."""
    return rx.el.div(
        rx.cond(
            post.people > 0,
            muted(
                t(
                    "office.shift.week",
                    hours=post.hours,
                    people=post.people,
                    each=post.each,
                ),
                class_name="tabular",
            ),
            muted(t("office.shift.week_none", hours=post.hours), class_name="tabular"),
        ),
        rx.match(
            post.verdict,
            (
                "can",
                good_line(t("office.shift.can")),
            ),
            (
                "nobody",
                _cannot(post, t("office.shift.nobody")),
            ),
            _cannot(post, t("office.shift.cannot", count=post.lacking)),
        ),
        class_name="flex flex-col gap-2",
    )


def _cannot(post: Any, text: Any) -> rx.Component:
    return notice(
        rx.el.p(text, class_name="font-medium"),
        rx.el.ul(rx.foreach(post.hurdles, hurdle_line), class_name="text-sm"),
        rx.cond(
            post.least > 0,
            rx.el.p(t("office.shift.least", count=post.least), class_name="font-medium"),
            rx.el.p(t("office.shift.never"), class_name="font-medium"),
        ),
        tone="warn",
        sign="triangle-alert",
    )


def new_shift(acts: Any) -> rx.Component:
    """The three lengths that posts usually have."""
    return row(
        *[
            button(
                t(f"office.shift.new_{hours}"),
                sign="plus",
                on_click=acts.new(hours),
                id=f"shift-new-{hours}",
            )
            for hours in ("8", "17", "24")
        ],
        class_name="flex-wrap",
    )
