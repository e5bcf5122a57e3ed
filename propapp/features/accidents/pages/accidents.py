"""The register of accidents of a site."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.accidents.components import accident_item, record_form
from propapp.features.accidents.state import AccidentsState
from propapp.offline.office import office_page
from propapp.ui.kit import button, empty, icon_button, muted, row, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

accidents: Any = AccidentsState


@page("/accidents", on_load=AccidentsState.open)
def accidents_page() -> rx.Component:
    """What happened in a year, and what was found of it."""
    return office_page(
        rx.cond(accidents.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=accidents.site,
        sites=accidents.sites,
        on_choose=AccidentsState.choose_site,
        back="/goals",
    )


def _parts() -> list[rx.Component]:
    return [
        row(
            stack(
                rx.el.h1(t("accident.title"), class_name="text-xl font-semibold"),
                muted(t("accident.hint")),
                gap=1,
                class_name="flex-1 min-w-64",
            ),
            rx.cond(
                accidents.may_record & ~accidents.writing,
                button(
                    t("accident.new"),
                    sign="plus",
                    variant="primary",
                    on_click=AccidentsState.write(True),  # noqa: FBT003
                    id="accident-new",
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap",
        ),
        rx.cond(accidents.writing, record_form(accidents, AccidentsState), rx.fragment()),
        row(
            icon_button(
                "chevron-left",
                label=t("accident.before"),
                on_click=AccidentsState.choose_year(accidents.year - 1),
            ),
            rx.el.h2(
                t("accident.year", year=accidents.year.to_string()),
                class_name="text-lg font-semibold",
            ),
            rx.cond(
                accidents.year < accidents.this_year,
                icon_button(
                    "chevron-right",
                    label=t("accident.after"),
                    on_click=AccidentsState.choose_year(accidents.year + 1),
                ),
                rx.fragment(),
            ),
        ),
        rx.cond(
            accidents.cards.length() > 0,
            rx.el.ul(
                rx.foreach(
                    accidents.cards, lambda one: accident_item(one, accidents, AccidentsState)
                ),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            empty("shield-check", t("accident.none"), t("accident.none_hint")),
        ),
    ]
