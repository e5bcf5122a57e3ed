"""A year's plan from a level: choose, see what it comes to, try another, take one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.year_ask import ask_part, cost_part
from propapp.features.planning.components.year_result import result_part
from propapp.features.planning.components.year_try import try_part
from propapp.features.planning.state.year import YearState
from propapp.features.schedules.components.form import problem
from propapp.offline.office import office_page
from propapp.ui.client import brought_up
from propapp.ui.kit import (
    empty,
    icon,
    muted,
    progress_bar,
    row,
    section_title,
    skeleton,
    stack,
)
from propapp.ui.page import page
from propapp.ui.text import t

year: Any = YearState


@page("/plans/year", on_load=YearState.open)
def year_page() -> rx.Component:
    """Three steps on one page, so that a step before is changed without going back."""
    return office_page(
        rx.match(
            year.stage,
            ("asking", rx.fragment(*_parts())),
            ("none", empty("book-open-check", t("plan.year.none"), t("plan.year.none_hint"))),
            skeleton(lines=4),
        ),
        site=year.site,
        sites=year.sites,
        on_choose=YearState.choose_site,
        back="/plans",
    )


def _parts() -> list[rx.Component]:
    return [
        stack(
            rx.el.h1(t("plan.year.title"), class_name="text-xl font-semibold"),
            muted(t("plan.year.hint")),
            gap=1,
        ),
        ask_part(year, YearState),
        cost_part(year, YearState),
        rx.cond((year.taking == "") & (year.wrong != "law"), problem(year), rx.fragment()),
        rx.cond(year.busy, _working(), rx.fragment()),
        rx.cond(
            year.drawn,
            rx.fragment(
                section_title(
                    t("plan.year.step3"),
                    id="year-step3",
                    custom_attrs={"data-answers": brought_up("year-step3", year.answers)},
                    class_name="scroll-mt-4",
                ),
                try_part(year, YearState),
                result_part(year, YearState),
            ),
            rx.fragment(),
        ),
    ]


def _working() -> rx.Component:
    """The year is being drawn up: that it goes on, and how far it is once that is known."""
    return rx.el.div(
        row(
            icon("loader-circle", size=22, class_name="animate-spin"),
            rx.el.span(t("plan.year.working"), role="status"),
            rx.cond(
                year.total > 0,
                rx.el.span(
                    t("plan.year.so_far", done=year.done, total=year.total),
                    class_name="ml-auto text-sm tabular",
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap",
        ),
        progress_bar(year.done, year.total, label=t("plan.year.working")),
        id="year-working",
        class_name="flex flex-col gap-2 rounded-card bg-info-soft text-info px-4 py-3 font-medium",
    )
