"""The roster of a week, by person."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rosters.components.decide import asked_part
from propapp.features.rosters.components.entering import leave_form
from propapp.features.rosters.components.week import (
    picked_panel,
    problem_part,
    proposal_part,
    week_table,
)
from propapp.features.rosters.state.week import RosterState
from propapp.offline.office import office_link, office_page
from propapp.ui.kit import button, empty, icon, icon_button, row, skeleton
from propapp.ui.page import page
from propapp.ui.text import date, t

roster: Any = RosterState


@page("/roster", on_load=RosterState.open)
def roster_page() -> rx.Component:
    """Who is on duty, who is missing, and what waits to be decided."""
    return office_page(
        rx.cond(roster.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=roster.site,
        sites=roster.sites,
        on_choose=RosterState.choose_site,
        place="roster",
    )


def _parts() -> list[rx.Component]:
    return [
        row(
            icon_button(
                "chevron-left",
                label=t("office.roster.before"),
                on_click=RosterState.go(roster.before),
            ),
            rx.el.h1(
                t("office.roster.week_of", day=date(roster.first)),
                class_name="text-xl font-semibold tabular",
            ),
            icon_button(
                "chevron-right",
                label=t("office.roster.after"),
                on_click=RosterState.go(roster.after),
            ),
            rx.cond(
                roster.lacking > 0,
                rx.el.span(
                    t("office.roster.lacking", count=roster.lacking),
                    class_name="text-warn font-medium",
                ),
                rx.el.span(t("office.roster.full"), class_name="text-ok font-medium"),
            ),
            office_link(
                icon("settings-2", size=20),
                t("office.shift.title"),
                href="/roster/shifts?site=" + roster.site.id,
                id="roster-shifts",
                class_name="inline-flex items-center gap-2 min-h-12 px-3 font-medium text-primary "
                "underline ml-auto",
            ),
            rx.cond(
                roster.may_write,
                # Together on one line, whatever that is.
                row(
                    button(
                        t("office.ask.enter"),
                        sign="calendar-plus",
                        on_click=RosterState.enter_leave,
                        id="leave-enter",
                    ),
                    button(
                        t("office.roster.propose"),
                        sign="wand-sparkles",
                        variant="primary",
                        on_click=RosterState.propose,
                        id="roster-propose",
                    ),
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap",
        ),
        problem_part(roster),
        leave_form(roster, RosterState),
        proposal_part(roster, RosterState.adopt, RosterState.drop),
        picked_panel(roster, RosterState.put_on, RosterState.take_off, RosterState.drop),
        asked_part(roster, RosterState),
        rx.cond(
            roster.shifts.length() > 0,
            week_table(roster, RosterState.pick),
            empty("calendar-days", t("office.roster.none"), t("office.roster.none_hint")),
        ),
    ]
