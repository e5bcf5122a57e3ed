"""Hours a week of each post, beside what its shifts have."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.months import PostLoad, WeekBar
from propapp.ui.kit import empty, icon_button, muted, row
from propapp.ui.kit.basics import cx
from propapp.ui.text import date, number, t, word

# A date further to the right would leave its frame.
_LAST_NAMED = 10


def load_part(page: Any, acts: Any) -> rx.Component:
    """A quarter, week by week."""
    load = page.load
    return rx.el.section(
        row(
            icon_button("chevron-left", label=t("plan.before"), on_click=acts.go(load.before)),
            rx.el.h2(
                t("plan.load.weeks", first=load.first), class_name="text-lg font-semibold tabular"
            ),
            icon_button("chevron-right", label=t("plan.after_that"), on_click=acts.go(load.after)),
        ),
        muted(t("plan.load.hint")),
        rx.cond(
            load.posts.length() > 0,
            rx.el.div(
                rx.foreach(load.posts, _post), class_name="grid gap-4 lg:grid-cols-2 items-start"
            ),
            empty("bar-chart-3", t("plan.load.none")),
        ),
        class_name="flex flex-col gap-3",
    )


def _post(post: rx.Var[PostLoad]) -> rx.Component:
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.h3(word("role", post.role), class_name="font-semibold"),
            rx.el.p(
                t("plan.load.says", mean=number(post.mean), most=number(post.most)),
                rx.cond(
                    post.capacity > 0, t("plan.load.capacity", hours=number(post.capacity)), ""
                ),
                class_name="text-sm tabular",
            ),
            rx.cond(
                post.over > 0,
                rx.el.p(
                    t("plan.load.over", count=post.over),
                    class_name="text-sm font-medium text-danger",
                ),
                rx.fragment(),
            ),
        ),
        rx.el.div(
            rx.cond(
                post.capacity > 0,
                rx.el.div(
                    style={"bottom": post.capacity_share.to(str) + "%"},
                    class_name="absolute inset-x-0 border-t-2 border-dashed border-text",
                ),
                rx.fragment(),
            ),
            rx.foreach(post.weeks, _week),
            aria_hidden="true",
            class_name="relative flex items-end gap-1 h-32 border-b-2 border-text mt-6",
        ),
        rx.el.div(
            rx.foreach(
                post.weeks,
                lambda one, at: rx.el.span(
                    rx.cond((at % 4 == 0) & (at < _LAST_NAMED), date(one.monday), ""),
                    key=one.monday,
                    class_name="flex-1 min-w-0 whitespace-nowrap overflow-visible",
                ),
            ),
            aria_hidden="true",
            class_name="flex gap-1 text-xs text-muted mt-1",
        ),
        key=post.role,
        custom_attrs={"data-load": post.role},
        class_name="rounded-card border border-line bg-raised p-4",
    )


def _week(one: rx.Var[WeekBar]) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            rx.cond(one.hours > 0, one.hours, ""),
            class_name="text-xs tabular text-center whitespace-nowrap",
        ),
        rx.el.div(
            style={"height": one.share.to(str) + "%"},
            class_name=cx("shrink min-h-px", rx.cond(one.over, "bg-danger", "bg-primary")),
        ),
        key=one.monday,
        class_name="flex flex-1 min-w-0 h-full flex-col justify-end",
    )
