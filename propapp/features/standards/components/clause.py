"""A clause as a card, its levels side by side."""

from __future__ import annotations

import reflex as rx

from propapp.features.standards.cards import ClauseCard, LevelCell
from propapp.features.standards.components.marks import (
    city_badges,
    evidence_badges,
    kind_badge,
    mark_badge,
)
from propapp.offline.office import office_link
from propapp.ui.kit import badge, card, icon, muted, row
from propapp.ui.text import local, t, word


def clause_item(one: rx.Var[ClauseCard]) -> rx.Component:
    """A clause in the list; its title opens its page."""
    return rx.el.li(
        card(
            rx.el.h2(
                office_link(
                    rx.el.span(one.number, class_name="tabular text-muted shrink-0"),
                    rx.el.span(
                        local(one.title, one.title_en),
                        class_name="underline decoration-line underline-offset-4",
                    ),
                    href="/standards/clause?clause=" + one.id,
                    class_name="flex items-center gap-2 min-h-12 text-lg font-semibold",
                ),
            ),
            clause_marks(one),
            level_grid(one),
            source_line(one),
            class_name="flex flex-col gap-3",
        ),
        key=one.id,
        custom_attrs={"data-clause": one.number},
    )


def clause_marks(one: rx.Var[ClauseCard]) -> rx.Component:
    """Law or promise, what it is about, whether it was verified, where it holds."""
    return row(
        kind_badge(one.kind),
        badge(word("office.area", one.area)),
        rx.cond(one.levelled, rx.fragment(), mark_badge(one.mark)),
        rx.cond(
            one.ends != "",
            badge(t("office.clause.ends", day=one.ends), tone="warn", sign="calendar-off"),
            rx.fragment(),
        ),
        city_badges(one.cities),
        class_name="flex-wrap",
    )


def level_grid(one: rx.Var[ClauseCard]) -> rx.Component:
    """What is asked: below one another on a phone, side by side where there is room."""
    return rx.el.dl(
        rx.foreach(one.cells, level_cell),
        class_name="grid gap-2 grid-cols-1 sm:grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))]",
    )


def level_cell(cell: rx.Var[LevelCell]) -> rx.Component:
    """One level: its name, what it asks, and how well that is known."""
    return rx.el.div(
        rx.cond(
            cell.code != "",
            rx.el.dt(
                local(cell.name, cell.name_en),
                rx.cond(
                    cell.best,
                    rx.el.span(
                        icon("arrow-up-to-line", size=16),
                        t("office.level.best"),
                        class_name="inline-flex items-center gap-0.5 ml-2 text-primary",
                    ),
                    rx.fragment(),
                ),
                class_name="text-sm text-muted font-medium",
            ),
            rx.fragment(),
        ),
        rx.el.dd(
            rx.match(
                cell.state,
                ("none", rx.el.span(t("office.level.none"), class_name="text-muted")),
                ("unknown", rx.el.span(t("office.level.unknown"), class_name="text-muted")),
                rx.el.span(local(cell.text, cell.text_en), class_name="font-medium"),
            ),
        ),
        rx.cond(
            (cell.code != "") & (cell.state != "unknown"),
            rx.el.dd(mark_badge(cell.mark), class_name="mt-auto pt-1"),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-1 rounded-control bg-surface border border-line px-3 py-2",
        custom_attrs={"data-level": cell.code},
    )


def source_line(one: rx.Var[ClauseCard]) -> rx.Component:
    """Where it stands, and what proves that it was kept."""
    return rx.fragment(
        muted(
            t("office.clause.source"),
            one.source,
            class_name="break-words",
        ),
        rx.cond(
            one.evidence.length() > 0,
            row(
                muted(t("office.clause.evidence")),
                evidence_badges(one.evidence),
                class_name="flex-wrap",
            ),
            rx.fragment(),
        ),
    )
