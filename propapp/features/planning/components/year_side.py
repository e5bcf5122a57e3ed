"""One choice of a year: what it comes to by post, its tasks, and what no task serves."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.year_take import take_form
from propapp.features.planning.sides import PostLine
from propapp.ui.kit import badge, button, card, fold_line, muted, row, section_title
from propapp.ui.text import local, t, word


def side_card(page: Any, acts: Any, *, other: bool) -> rx.Component:
    """One choice: what it comes to by post, its tasks, and what no task serves."""
    result, side = page.result, "other" if other else "one"
    doings = result.doings_other if other else result.doings
    groups = result.groups_other if other else result.groups
    figure = (lambda amount: amount.other) if other else (lambda amount: amount.one)
    return card(
        row(
            section_title(t("plan.year.tried_side" if other else "plan.year.chosen_side")),
            badge(_level_name(page, page.other_level if other else page.level), tone="primary"),
            class_name="flex-wrap",
        ),
        rx.el.dl(
            _figure(t("plan.year.hours"), figure(result.total.hours), "hours"),
            _figure(t("plan.year.people"), figure(result.total.people), "people"),
            _figure(
                t("plan.year.cost"), t("plan.year.yuan", sum=figure(result.total.cost)), "cost"
            ),
            _figure(t("plan.year.tasks"), figure(result.tasks), "tasks"),
            _figure(t("plan.year.dates"), figure(result.dates), "dates"),
            _figure(t("plan.year.uncovered"), figure(result.uncovered), "uncovered"),
            class_name="grid grid-cols-2 gap-x-4 gap-y-2",
        ),
        rx.cond(result.total.cost.one == "0", muted(t("plan.year.no_cost_yet")), rx.fragment()),
        rx.el.ul(
            rx.foreach(result.posts, lambda post: _post(post, other=other)),
            class_name="flex flex-col divide-y divide-line",
        ),
        rx.el.details(
            fold_line(t("plan.year.task_list", count=doings.length())),
            rx.el.ul(rx.foreach(doings, _doing), class_name="flex flex-col gap-3"),
            id=f"year-tasks-{side}",
        ),
        rx.el.details(
            fold_line(t("plan.year.uncovered_list", count=figure(result.uncovered))),
            rx.foreach(groups, _group),
            muted(t("plan.year.served", count=result.served)),
            id=f"year-uncovered-{side}",
        ),
        rx.cond(
            page.taking == side,
            take_form(page, acts, doings),
            button(
                t("plan.year.take"),
                sign="check",
                variant="secondary" if other else "primary",
                on_click=acts.take(side),
                id=f"take-{side}",
            ),
        ),
        custom_attrs={"data-side": side},
        class_name="flex flex-col gap-3",
    )


def _level_name(page: Any, code: Any) -> rx.Component:
    return rx.fragment(
        rx.foreach(
            page.paper.levels.to(list[dict[str, str]]),
            lambda level: rx.cond(
                level["code"] == code,
                rx.el.span(local(level["name"], level["name_en"]), key=level["code"]),
                rx.fragment(),
            ),
        )
    )


def _figure(label: Any, value: Any, known_as: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-sm text-muted"),
        rx.el.dd(value, class_name="tabular text-lg font-semibold"),
        custom_attrs={"data-figure": known_as},
    )


def _post(post: rx.Var[PostLine], *, other: bool) -> rx.Component:
    hours, people, cost, exact = (
        (post.hours.other, post.people.other, post.cost.other, post.exact_other)
        if other
        else (post.hours.one, post.people.one, post.cost.one, post.exact)
    )
    return rx.el.li(
        row(
            rx.el.span(word("role", post.role), class_name="font-medium flex-1 min-w-0"),
            rx.el.span(t("plan.year.people_of", count=people, exact=exact), class_name="tabular"),
        ),
        muted(
            t("plan.year.hours_of", hours=hours),
            " · ",
            t("plan.year.yuan", sum=cost),
            class_name="tabular",
        ),
        key=post.role,
        custom_attrs={"data-post": post.role},
        class_name="py-2",
    )


def _doing(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(local(one.name, one.name_en), class_name="font-medium flex-1 min-w-0"),
            rx.cond(one.is_law, badge(t("plan.year.law"), tone="info", sign="scale"), None),
            class_name="flex items-start gap-2",
        ),
        muted(
            word("role", one.role),
            " · ",
            local(one.often, one.often_en),
            " · ",
            t("plan.year.times", count=one.times),
            " · ",
            t("plan.year.each", minutes=one.minutes, people=one.people),
            class_name="tabular",
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
        key=one.key,
        custom_attrs={"data-doing": one.subject},
    )


def _group(group: Any) -> rx.Component:
    return rx.el.div(
        rx.el.h3(word("plan.year.why", group.reason), class_name="font-medium pt-2"),
        rx.el.ul(
            rx.foreach(
                group.clauses,
                lambda one: rx.el.li(
                    rx.el.span(one.number, class_name="tabular text-muted"),
                    " ",
                    local(one.name, one.name_en),
                    " ",
                    rx.el.span(one.day, class_name="tabular text-muted"),
                    key=one.number + one.name,
                ),
            ),
            class_name="flex flex-col gap-1 text-sm",
        ),
        key=group.reason,
        custom_attrs={"data-why": group.reason},
    )
