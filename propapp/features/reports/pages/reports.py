"""Reports of a site: asked for here, made in the background, fetched here."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.reports.components import month_form, plan_form, problem_line, report_card
from propapp.features.reports.state import ReportsState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, section_title, skeleton, stack
from propapp.ui.kit.made import made_list
from propapp.ui.page import page
from propapp.ui.text import t

reports: Any = ReportsState


@page("/reports", on_load=ReportsState.open)
def reports_page() -> rx.Component:
    """What may be asked for, and what was asked for lately."""
    return office_page(
        rx.cond(reports.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=reports.site,
        sites=reports.sites,
        on_choose=ReportsState.choose_site,
        place="reports",
    )


def _parts() -> list[rx.Component]:
    return [
        stack(
            rx.el.h1(t("reports.title"), class_name="text-xl font-semibold"),
            muted(t("reports.hint")),
            gap=1,
        ),
        problem_line(reports.problem),
        rx.el.div(
            stack(month_form(reports), plan_form(reports), gap=4),
            rx.el.section(
                section_title(t("reports.made")),
                made_list(
                    reports.made,
                    report_card,
                    empty("file-text", t("reports.empty"), t("reports.empty_hint")),
                ),
                class_name="flex flex-col gap-3",
                id="report-list",
            ),
            class_name="grid gap-6 lg:grid-cols-2 items-start",
        ),
    ]
