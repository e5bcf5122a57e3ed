"""The schedules of a site, in words."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.components.form import schedule_form
from propapp.features.schedules.components.item import schedule_item
from propapp.features.schedules.components.seeds import seeds_part
from propapp.features.schedules.components.weather import hooks_part, weather_part
from propapp.features.schedules.state.schedules import SchedulesState
from propapp.offline.office import office_link, office_page
from propapp.ui.kit import button, empty, icon, row, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

schedules: Any = SchedulesState


@page("/schedules", on_load=SchedulesState.open)
def schedules_page() -> rx.Component:
    """When every route is walked, and what else begins a round."""
    return office_page(
        rx.cond(schedules.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=schedules.site,
        sites=schedules.sites,
        on_choose=SchedulesState.choose_site,
        place="schedules",
    )


def _parts() -> list[rx.Component]:
    return [
        row(
            rx.el.h1(t("office.schedule.title"), class_name="text-xl font-semibold mr-auto"),
            office_link(
                icon("calendar-days", size=20),
                t("office.year.link"),
                href="/schedules/year?site=" + schedules.site.id,
                id="schedules-year",
                class_name="inline-flex items-center gap-2 min-h-12 px-3 font-medium text-primary "
                "underline",
            ),
            rx.cond(
                schedules.may_write,
                button(
                    t("office.schedule.new"),
                    sign="plus",
                    variant="primary",
                    on_click=SchedulesState.edit("new"),
                    id="schedule-new",
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap",
        ),
        schedule_form(schedules, SchedulesState),
        rx.cond(
            schedules.cards.length() > 0,
            rx.el.ul(
                rx.foreach(
                    schedules.cards, lambda one: schedule_item(one, schedules, SchedulesState)
                ),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            empty("calendar-clock", t("office.schedule.none"), t("office.schedule.none_hint")),
        ),
        weather_part(schedules, SchedulesState),
        seeds_part(schedules),
        hooks_part(schedules, SchedulesState),
    ]
