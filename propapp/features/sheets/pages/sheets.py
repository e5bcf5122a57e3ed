"""Things out as a workbook, and in from one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.components.form import problem
from propapp.features.sheets.components.checked import checked_part, earlier_part
from propapp.features.sheets.components.taking import kinds_part, taking_part
from propapp.features.sheets.state import SheetsState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

sheets: Any = SheetsState


@page("/sheets", on_load=SheetsState.open)
def sheets_page() -> rx.Component:
    """Choose a kind, take it out or bring it, and see row by row what would become of it."""
    return office_page(
        stack(
            rx.el.h1(t("sheet.title"), class_name="text-xl font-semibold"),
            muted(t("sheet.hint")),
            gap=1,
        ),
        rx.cond(
            sheets.ready,
            rx.cond(
                sheets.groups.length() > 0,
                rx.fragment(*_parts()),
                empty("file-spreadsheet", t("sheet.nothing"), t("sheet.nothing_hint")),
            ),
            skeleton(lines=3),
        ),
        site=sheets.site,
        sites=sheets.sites,
        on_choose=SheetsState.choose_site,
        place="sheets",
    )


def _parts() -> list[rx.Component]:
    return [
        kinds_part(sheets, SheetsState),
        rx.el.div(
            stack(taking_part(sheets, SheetsState), gap=4),
            stack(
                problem(sheets),
                checked_part(sheets, SheetsState),
                earlier_part(sheets, SheetsState),
                gap=4,
            ),
            class_name="grid gap-4 lg:grid-cols-2 items-start",
        ),
    ]
