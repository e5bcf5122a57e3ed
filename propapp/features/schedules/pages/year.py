"""The calendar of a year: workdays, holidays, make-up workdays, and its notice."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.components.year import (
    breaks_part,
    known_part,
    months_part,
    notice_form,
)
from propapp.features.schedules.state.year import CalendarState
from propapp.offline.office import office_page
from propapp.ui.kit import button, icon_button, notice, row, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

year: Any = CalendarState


@page("/schedules/year", on_load=CalendarState.open)
def year_page() -> rx.Component:
    """Which days are worked, and whether that is known yet."""
    return office_page(
        rx.cond(year.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=year.site,
        back="/schedules",
    )


def _parts() -> list[rx.Component]:
    return [
        row(
            icon_button(
                "chevron-left", label=t("office.year.before"), on_click=year.go(year.year - 1)
            ),
            rx.el.h1(
                t("office.year.title", year=year.named),
                class_name="text-xl font-semibold tabular",
            ),
            icon_button(
                "chevron-right", label=t("office.year.after"), on_click=year.go(year.year + 1)
            ),
            rx.cond(
                year.may_write,
                button(
                    t("office.year.enter"),
                    sign="pencil",
                    variant="primary",
                    on_click=year.begin(True),  # noqa: FBT003
                    id="notice-enter",
                    class_name="ml-auto",
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap",
        ),
        rx.cond(
            year.saved,
            notice(t("office.year.saved"), tone="ok", sign="circle-check", role="status"),
            known_part(year),
        ),
        notice_form(year, CalendarState),
        rx.cond(
            year.next_unknown & (year.known != "unknown"),
            row(
                notice(
                    t("office.year.next_unknown", year=year.next_named),
                    tone="warn",
                    sign="triangle-alert",
                    class_name="flex-1 basis-60",
                ),
                button(
                    t("office.year.go", year=year.next_named),
                    sign="chevron-right",
                    on_click=year.go(year.year + 1),
                    id="year-next",
                ),
                class_name="flex-wrap",
            ),
            rx.fragment(),
        ),
        months_part(year),
        breaks_part(year),
    ]
