"""A goal: its card in the list, its figure with the formula, its months, its story."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.goals.components.marks import (
    figure,
    gauge,
    standing_badge,
    target_words,
    too_little,
)
from propapp.features.goals.views import GoalCard, Happened, MonthBar
from propapp.features.people.views import Named
from propapp.features.schedules.components.form import problem
from propapp.offline.office import office_link
from propapp.ui.kit import (
    badge,
    button,
    card,
    icon,
    link_button,
    muted,
    row,
    section_title,
    text_field,
)
from propapp.ui.kit.basics import cx
from propapp.ui.text import date_time, name_of, t, word


def goal_card(one: rx.Var[GoalCard]) -> rx.Component:
    """What is to be reached, where it stands, and how much it counts."""
    return rx.el.li(
        office_link(
            *_stands(one, rx.el.h2, "text-lg"),
            rx.el.div(too_little(one), class_name="text-sm text-muted empty:hidden"),
            muted(
                word("goal.measure", one.measure),
                " · ",
                t("goal.weight_of", count=one.weight),
                " · ",
                name_of(one.responsible),
                class_name="tabular",
            ),
            row(
                rx.cond(
                    one.clauses > 0,
                    badge(t("goal.clauses", count=one.clauses), sign="book-open-check"),
                    badge(t("goal.no_clauses"), tone="warn", sign="unlink"),
                ),
                rx.cond(
                    one.to_sign > 0,
                    badge(
                        t("goal.letter", signed=one.signed, of=one.to_sign),
                        sign="signature",
                    ),
                    rx.fragment(),
                ),
                class_name="flex-wrap",
            ),
            href="/goals/goal?goal=" + one.id,
            class_name="flex h-full flex-col items-stretch gap-3 rounded-card border border-line "
            "bg-raised shadow-card p-4",
        ),
        key=one.id,
        custom_attrs={"data-goal": one.id, "data-standing": one.standing},
    )


def _stands(one: Any, heading: Any, size: str) -> list[rx.Component]:
    """The name, where it stands, the figure beside its target, and the bar."""
    return [
        row(
            heading(name_of(one), class_name=f"{size} font-semibold flex-1 min-w-0"),
            standing_badge(one.standing),
            class_name="flex-wrap",
        ),
        row(
            rx.el.span(figure(one.value, one.unit), class_name="text-2xl font-semibold tabular"),
            rx.el.span(target_words(one), class_name="tabular text-muted"),
            gap=3,
            style={"alignItems": "baseline"},
        ),
        gauge(one),
    ]


def figure_part(one: Any, months: Any) -> rx.Component:
    """The figure, how it is made, and month by month."""
    return rx.el.div(
        card(
            *_stands(one, rx.el.h1, "text-xl"),
            rx.el.div(too_little(one), class_name="empty:hidden"),
            rx.cond(
                one.status == "dropped",
                rx.el.p(t("goal.dropped", reason=one.drop_reason), class_name="font-medium"),
                rx.fragment(),
            ),
            rx.el.dl(
                _fact("goal.responsible", name_of(one.responsible)),
                _fact("goal.weight", t("goal.weight_of", count=one.weight)),
                _fact("goal.source", one.source),
                _fact("goal.period", t("goal.span", first=one.starts, last=one.ends)),
                class_name="grid gap-3 grid-cols-2",
            ),
            class_name="flex flex-col gap-3",
        ),
        card(
            section_title(t("goal.how")),
            rx.el.p(word("goal.formula", one.formula), id="goal-formula"),
            row(
                badge(word("goal.measure", one.measure), sign="sigma"),
                badge(t("goal.version", count=one.measure_version)),
                class_name="flex-wrap",
            ),
            rx.el.div(
                rx.el.span(one.part, class_name="text-2xl font-semibold tabular"),
                # What none of is a figure is not a share of anything.
                rx.cond(
                    one.least > 0,
                    rx.fragment(
                        rx.el.span(" / ", class_name="text-muted"),
                        rx.el.span(one.whole, class_name="text-2xl font-semibold tabular"),
                    ),
                    rx.fragment(),
                ),
                muted(word("goal.line", one.measure)),
                id="goal-line",
            ),
            rx.cond(
                one.measure == "accidents",
                link_button(
                    t("goal.accidents"),
                    sign="siren",
                    variant="secondary",
                    href="/accidents",
                    class_name="self-start",
                ),
                rx.fragment(),
            ),
            _months(months),
            class_name="flex flex-col gap-3",
        ),
        class_name="grid gap-4 lg:grid-cols-2 items-start",
    )


def _fact(key: str, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(t(key), class_name="text-sm text-muted"),
        rx.el.dd(value, class_name="font-medium tabular break-words"),
    )


def _months(months: Any) -> rx.Component:
    return rx.cond(
        months.length() > 0,
        rx.el.div(
            rx.el.h3(t("goal.by_month"), class_name="font-semibold"),
            rx.el.ol(
                rx.foreach(months, _month),
                class_name="flex flex-wrap gap-2 items-end",
            ),
            class_name="flex flex-col gap-2",
        ),
        rx.fragment(),
    )


def _month(bar: rx.Var[MonthBar]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(
                bar.value == "",
                rx.fragment(),
                rx.cond(
                    bar.good,
                    icon("check", size=16, class_name="text-ok inline"),
                    icon("x", size=16, class_name="text-danger inline"),
                ),
            ),
            rx.cond(bar.value == "", "–", bar.value),
            class_name="text-sm tabular inline-flex items-center",
        ),
        rx.el.span(
            rx.el.span(
                style={"height": bar.fill.to(str) + "%"},
                class_name=cx("block w-full", rx.cond(bar.good, "bg-ok", "bg-danger")),
            ),
            aria_hidden="true",
            style={"width": "40px"},
            class_name="flex items-end h-20 bg-sunken",
        ),
        rx.el.span(bar.month, class_name="text-xs text-muted tabular"),
        key=bar.month,
        custom_attrs={"data-month": bar.month},
        class_name="flex flex-col items-center gap-1 w-16",
    )


def clauses_part(page: Any, acts: Any) -> rx.Component:
    """Choosing the clauses that serve the goal."""
    return rx.cond(
        page.doing == "serve",
        card(
            section_title(t("goal.serving")),
            rx.cond(
                page.goal.clauses.length() > 0,
                rx.el.ul(
                    rx.foreach(
                        page.goal.clauses,
                        lambda one: _choice(one, acts.take_out, t("goal.take_out"), "x"),
                    ),
                    class_name="flex flex-col gap-1",
                ),
                muted(t("goal.no_clauses_yet")),
            ),
            rx.el.form(
                rx.el.div(
                    text_field(t("goal.search"), name="words", type="search", max_length=60),
                    class_name="flex-1 min-w-0",
                ),
                button(t("goal.look"), sign="search", type="submit", id="goal-look"),
                on_submit=acts.look_for,
                role="search",
                class_name="flex items-end gap-2",
            ),
            rx.cond(
                page.found.length() > 0,
                rx.el.ul(
                    rx.foreach(
                        page.found, lambda one: _choice(one, acts.add, t("goal.add"), "plus")
                    ),
                    id="goal-found",
                    class_name="flex flex-col gap-1",
                ),
                rx.cond(page.looked, muted(t("goal.none_found")), rx.fragment()),
            ),
            problem(page),
            row(button(t("nav.close"), sign="x", on_click=acts.ask(""))),
            class_name="flex flex-col gap-3",
        ),
        rx.fragment(),
    )


def _choice(one: rx.Var[Named], act: Any, label: Any, sign: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(name_of(one), class_name="flex-1 min-w-0"),
        button(label, sign=sign, on_click=act(one.id)),
        key=one.id,
        class_name="flex items-center gap-2",
    )


def drop_part(page: Any, acts: Any) -> rx.Component:
    """Giving the goal up asks for a reason once, and names what goes."""
    return rx.cond(
        page.doing == "drop",
        card(
            rx.el.form(
                section_title(t("goal.drop_title", name=name_of(page.goal.card))),
                text_field(t("goal.reason"), name="reason", max_length=400, required=True),
                problem(page),
                row(
                    button(t("goal.drop"), sign="ban", variant="danger", type="submit"),
                    button(t("nav.close"), sign="x", on_click=acts.ask("")),
                ),
                on_submit=acts.drop,
                class_name="flex flex-col gap-3",
            )
        ),
        rx.fragment(),
    )


def history_part(history: Any) -> rx.Component:
    """Who said what of it, newest first."""
    return rx.el.section(
        section_title(t("goal.history")),
        rx.el.ol(rx.foreach(history, _happened), class_name="flex flex-col gap-3"),
        class_name="flex flex-col gap-2",
    )


def _happened(one: rx.Var[Happened]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            name_of(one.who),
            " ",
            rx.el.span(word("goal.did", one.did), class_name="font-medium"),
        ),
        rx.cond(one.text != "", rx.el.p("“", one.text, "”", class_name="text-sm"), rx.fragment()),
        rx.cond(
            one.aim != "",
            rx.el.p(t("goal.target"), " ", one.old_aim, " → ", one.aim, class_name="text-sm"),
            rx.fragment(),
        ),
        muted(date_time(one.at), class_name="tabular"),
        key=one.id,
        class_name="border-l-2 border-line pl-3",
    )
