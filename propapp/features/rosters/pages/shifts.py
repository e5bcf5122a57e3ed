"""Shifts of a site's posts, its duty limits, and whom its alarms reach."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rosters.components.posts import new_shift, post_part
from propapp.features.rosters.components.shift_form import ladder_part, rules_part, shift_form
from propapp.features.rosters.state.shifts import ShiftsState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, row, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

shifts: Any = ShiftsState


@page("/roster/shifts", on_load=ShiftsState.open)
def shifts_page() -> rx.Component:
    """What each post wants, whether it can be manned, and by which rules."""
    return office_page(
        rx.cond(shifts.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=shifts.site,
        sites=shifts.sites,
        on_choose=ShiftsState.choose_site,
        back="/roster",
    )


def _parts() -> list[rx.Component]:
    return [
        row(
            rx.el.h1(t("office.shift.title"), class_name="text-xl font-semibold mr-auto"),
            rx.cond(shifts.may_write, new_shift(ShiftsState), rx.fragment()),
            class_name="flex-wrap",
        ),
        shift_form(shifts, ShiftsState),
        rx.cond(
            shifts.posts.length() > 0,
            rx.el.ul(
                rx.foreach(shifts.posts, lambda one: post_part(one, shifts, ShiftsState)),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            empty("calendar-clock", t("office.roster.none"), t("office.shift.none_hint")),
        ),
        rules_part(shifts, ShiftsState),
        ladder_part(shifts, ShiftsState),
    ]
