"""What a year comes to, and what another would: the difference first, then one beside the other."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.year_side import side_card
from propapp.features.planning.sides import Amount, PostLine, TaskLine
from propapp.ui.kit import card, empty, fold_line, icon, muted, section_title
from propapp.ui.kit.badges import TONES
from propapp.ui.kit.basics import cx
from propapp.ui.text import local, t, word

_TRENDS = {"more": ("trending-up", "warn"), "less": ("trending-down", "ok")}
_KINDS = {"added": "plus", "removed": "minus", "changed": "arrow-right"}


def result_part(page: Any, acts: Any) -> rx.Component:
    """The difference first; on a phone both choices below it, else beside one another."""
    return rx.el.section(
        rx.el.div(
            _difference(page),
            side_card(page, acts, other=False),
            rx.cond(_differs(page), side_card(page, acts, other=True), rx.fragment()),
            class_name="grid gap-4 lg:grid-cols-2 items-start",
        ),
        muted(t("plan.year.basis", hours=page.person_hours)),
        id="year-result",
        aria_label=t("plan.year.step3"),
        class_name="flex flex-col gap-3",
    )


def _differs(page: Any) -> Any:
    return (page.other_level != page.level) | (page.tried.length() > 0)


def _difference(page: Any) -> rx.Component:
    result = page.result
    return card(
        section_title(t("plan.year.difference")),
        rx.cond(
            _differs(page),
            rx.el.div(
                rx.el.div(
                    rx.el.dl(
                        _amount(t("plan.year.hours"), result.total.hours, "hours"),
                        _amount(t("plan.year.people"), result.total.people, "people"),
                        _amount(t("plan.year.cost"), result.total.cost, "cost"),
                        _amount(t("plan.year.uncovered"), result.uncovered, "uncovered"),
                        class_name="grid grid-cols-2 gap-x-4 gap-y-3",
                    ),
                    rx.el.ul(
                        rx.foreach(result.posts, _post_difference),
                        class_name="flex flex-col divide-y divide-line pt-2",
                    ),
                ),
                rx.cond(
                    result.changes.length() > 0,
                    rx.el.details(
                        fold_line(t("plan.year.changes", count=result.changes.length())),
                        rx.el.ul(
                            rx.foreach(result.changes, _change), class_name="flex flex-col gap-3"
                        ),
                        id="year-changes",
                    ),
                    muted(t("plan.year.no_change")),
                ),
                class_name="grid gap-x-8 gap-y-2 lg:grid-cols-2 items-start",
            ),
            empty("scale", t("plan.year.nothing_yet"), t("plan.year.nothing_yet_hint")),
        ),
        id="year-difference",
        class_name="flex flex-col gap-3 lg:col-span-2",
    )


def _amount(label: Any, amount: Any, known_as: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-sm text-muted"),
        rx.el.dd(more(amount)),
        rx.el.dd(
            t("plan.year.from_to", one=amount.one, other=amount.other),
            class_name="text-sm text-muted tabular",
        ),
        custom_attrs={"data-more": known_as},
        class_name="flex flex-col items-start gap-1",
    )


def more(amount: rx.Var[Amount] | Any) -> rx.Component:
    """By how much it differs: a sign, an arrow and a colour."""
    return rx.el.span(
        rx.match(
            amount.trend,
            *[(trend, icon(sign, size=16)) for trend, (sign, _) in _TRENDS.items()],
            icon("equal", size=16),
        ),
        rx.cond(amount.trend == "same", t("plan.year.same"), amount.more),
        class_name=cx(
            "inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-sm font-semibold "
            "tabular whitespace-nowrap",
            rx.match(
                amount.trend,
                *[(trend, TONES[tone]) for trend, (_, tone) in _TRENDS.items()],
                TONES["neutral"],
            ),
        ),
    )


def _post_difference(post: rx.Var[PostLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(word("role", post.role), class_name="font-medium flex-1 min-w-0"),
        rx.el.span(
            rx.el.span(t("plan.year.hours_short"), class_name="text-sm text-muted"),
            more(post.hours),
            rx.el.span(t("plan.year.people_short"), class_name="text-sm text-muted"),
            more(post.people),
            class_name="flex flex-wrap items-center justify-end gap-1.5",
        ),
        key=post.role,
        custom_attrs={"data-post-more": post.role},
        class_name="flex items-center gap-2 py-2",
    )


def _change(one: rx.Var[TaskLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.match(
                one.kind,
                *[(kind, icon(sign, size=18)) for kind, sign in _KINDS.items()],
                rx.fragment(),
            ),
            rx.el.span(local(one.name, one.name_en), class_name="font-medium flex-1 min-w-0"),
            more(one.hours),
            class_name="flex items-start gap-2",
        ),
        muted(
            rx.match(
                one.kind,
                ("added", t("plan.year.added", often=local(one.now, one.now_en))),
                ("removed", t("plan.year.removed", often=local(one.was, one.was_en))),
                t(
                    "plan.year.from_to",
                    one=local(one.was, one.was_en),
                    other=local(one.now, one.now_en),
                ),
            )
        ),
        key=one.key,
        custom_attrs={"data-change": one.kind},
    )
