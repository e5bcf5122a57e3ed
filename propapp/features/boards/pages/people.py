"""The people of a site."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.people import search_part, staff_card
from propapp.features.boards.state.people import PeopleState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, notice, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t, word

people: Any = PeopleState


@page("/people", on_load=PeopleState.open)
def people_page() -> rx.Component:
    """Who works here, whether they have signed in, and a first password for who has not."""
    return office_page(
        stack(
            rx.el.h1(t("staff.title"), class_name="text-xl font-semibold"),
            muted(t("staff.hint")),
            gap=1,
        ),
        rx.cond(
            people.problem != "",
            notice(
                word("staff.problem", people.problem),
                tone="danger",
                sign="circle-alert",
                role="alert",
            ),
            rx.fragment(),
        ),
        rx.cond(people.ready, rx.fragment(*_parts()), skeleton(lines=3)),
        site=people.site,
        sites=people.sites,
        on_choose=PeopleState.choose_site,
        place="people",
    )


def _parts() -> list[rx.Component]:
    return [
        search_part(people, PeopleState),
        rx.cond(
            people.lines.length() > 0,
            rx.el.div(
                rx.foreach(people.lines, lambda one: staff_card(one, people.site.id)),
                class_name="grid gap-4 md:grid-cols-2 xl:grid-cols-3 items-start",
                id="staff",
            ),
            rx.cond(
                people.count > 0,
                empty("search", t("staff.none_found"), t("staff.none_found_hint")),
                empty("users-round", t("staff.none"), t("staff.none_hint")),
            ),
        ),
    ]
