"""The rounds of any day."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.evidence import export_form
from propapp.features.boards.components.rounds import lanes_list
from propapp.features.boards.state.rounds import RoundsState
from propapp.offline.office import office_link, office_page
from propapp.ui.kit import empty, icon, row, skeleton, spoken
from propapp.ui.page import page
from propapp.ui.text import day, t

rounds: Any = RoundsState


@page("/board/rounds", on_load=RoundsState.open)
def rounds_page() -> rx.Component:
    """A day's rounds by route, and the way to the day before and after."""
    return office_page(
        rx.cond(
            rounds.ready,
            rx.fragment(
                row(
                    _other_day(rounds.before, "chevron-left", "board.rounds.before"),
                    rx.el.h1(
                        t("board.rounds.on", day=day(rounds.day)),
                        class_name="text-xl font-semibold flex-1 text-center",
                    ),
                    _other_day(rounds.after, "chevron-right", "board.rounds.after"),
                ),
                lanes_list(rounds.lanes, rounds.sees_rounds, title=rx.el.h2),
                rx.cond(rounds.lanes.length() == 0, _nothing(), rx.fragment()),
                rx.cond(
                    rounds.exports & (rounds.lanes.length() > 0),
                    export_form("day", site_id=rounds.site.id, day=rounds.day),
                    rx.fragment(),
                ),
            ),
            skeleton(lines=3),
        ),
        site=rounds.site,
        back="/board",
    )


def _other_day(wanted: Any, sign: str, key: str) -> rx.Component:
    look = (
        "inline-flex items-center justify-center min-h-12 min-w-12 rounded-control border-2 "
        "border-line bg-raised"
    )
    return rx.cond(
        wanted != "",
        office_link(
            icon(sign, size=26),
            spoken(t(key)),
            href="/board/rounds?site=" + rounds.site.id + "&day=" + wanted,
            class_name=look,
        ),
        rx.el.span(class_name="min-w-12"),
    )


def _nothing() -> rx.Component:
    return empty("calendar-off", t("board.rounds.none"), t("board.rounds.none_hint"))
