"""Hours a week of each post, beside what its shifts have."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.months import PlanShare, PostLoad, WeekBar
from propapp.ui.kit import empty, icon, icon_button, link, muted, row
from propapp.ui.kit.basics import cx
from propapp.ui.text import date, local, number, t, word

# A date further to the right would leave its frame.
_LAST_NAMED = 10


def load_part(page: Any, acts: Any) -> rx.Component:
    """A quarter, week by week."""
    load = page.load
    return rx.el.section(
        _of_what(page),
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
                rx.foreach(load.posts, _post),
                class_name="grid gap-4 grid-cols-1 lg:grid-cols-2 items-start",
            ),
            empty("bar-chart-3", t("plan.load.none")),
        ),
        rx.cond(page.whole, _plans(load.plans), rx.fragment()),
        class_name="flex flex-col gap-3",
    )


def _of_what(page: Any) -> rx.Component:
    """This plan alone, or all that are in force at its site."""

    def way(code: str, query: str, *, here: Any) -> rx.Component:
        return link(
            t(f"plan.load.of.{code}"),
            href="/plans/load?plan=" + page.head.id + query,
            aria_current=rx.cond(here, "page", "false"),
            id=f"load-of-{code}",
            class_name=cx(
                "flex items-center justify-center min-h-12 px-3 font-medium text-center",
                rx.cond(here, "bg-primary text-on-primary", "bg-raised text-text"),
            ),
        )

    return rx.el.nav(
        way("plan", "", here=~page.whole),
        way("site", "&of=site", here=page.whole),
        aria_label=t("plan.load.of"),
        class_name="grid grid-cols-2 rounded-control border-2 border-line overflow-hidden "
        "lg:max-w-md",
    )


def _plans(plans: Any) -> rx.Component:
    """The way down to each plan, the one with most work first."""

    def entry(one: rx.Var[PlanShare]) -> rx.Component:
        return rx.el.li(
            link(
                rx.el.span(
                    rx.el.span(local(one.name, one.name_en), class_name="block font-medium"),
                    muted(
                        t("plan.load.share", version=one.version, mean=number(one.mean)),
                        class_name="tabular",
                    ),
                    class_name="min-w-0 flex-1",
                ),
                icon("chevron-right", size=20, class_name="shrink-0 text-muted"),
                href="/plans/load?plan=" + one.id,
                class_name="flex items-center gap-3 min-h-14 py-2",
            ),
            key=one.id,
            custom_attrs={"data-share": one.id},
        )

    return rx.el.section(
        rx.el.h3(t("plan.load.plans"), class_name="font-semibold"),
        rx.el.ul(rx.foreach(plans, entry), class_name="flex flex-col divide-y divide-line"),
        class_name="rounded-card border border-line bg-raised p-4 lg:max-w-2xl",
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
        class_name="rounded-card border border-line bg-raised p-4 min-w-0 overflow-hidden",
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
