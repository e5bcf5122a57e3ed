"""Rounds of a day: a lane for each route, a cell for each window."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.lanes import Lane, Window
from propapp.offline.office import office_link
from propapp.ui.kit import Tone, badge, icon, muted, row, section_title
from propapp.ui.kit.basics import cx
from propapp.ui.text import clock, local, t

# So many windows fit beside another lane.
_SHORT = 4
_STATES: dict[str, tuple[str, str, Any]] = {
    "due": ("clock", "border-line bg-surface text-muted", t("phase.upcoming")),
    "open": ("door-open", "border-info bg-info-soft text-info", t("board.phase.open")),
    "running": (
        "footprints",
        "border-primary bg-primary-soft text-primary-strong",
        t("phase.running"),
    ),
    "late": ("alarm-clock", "border-warn-mark bg-warn-soft text-warn", t("phase.late")),
    "done": ("circle-check", "border-line bg-raised text-ok", t("phase.done")),
    "missed": ("circle-x", "border-danger bg-danger-soft text-danger", t("phase.missed")),
    # Late or missed, but its phone is out of reach: the record may still come.
    "offline": ("wifi-off", "border-warn-mark bg-warn-soft text-warn", t("board.phase.offline")),
}


def rounds_part(board: Any, lanes: Any) -> rx.Component:
    """Today's rounds at a glance."""
    return rx.el.section(
        row(
            section_title(t("board.rounds.title")),
            _count(board.today.done, "board.rounds.done", "ok", "circle-check"),
            _count(board.today.running, "board.rounds.running", "primary", "footprints"),
            _count(board.today.late, "board.rounds.late", "warn", "alarm-clock"),
            _count(board.today.missed, "board.rounds.missed", "danger", "circle-x"),
            office_link(
                t("board.rounds.by_day"),
                icon("chevron-right", size=20),
                href="/board/rounds?site=" + board.site.id,
                class_name="ml-auto inline-flex items-center gap-1 min-h-12 text-primary "
                "font-medium",
            ),
            class_name="flex-wrap",
        ),
        lanes_list(lanes, board.sees_rounds),
        rx.cond(lanes.length() == 0, muted(t("board.rounds.empty")), rx.fragment()),
        id="board-rounds",
        class_name="flex flex-col gap-2",
    )


def lanes_list(lanes: Any, sees_rounds: Any, *, title: Any = rx.el.h3) -> rx.Component:
    """All routes; ``title`` is the heading that follows the one above."""
    return rx.el.div(
        rx.foreach(lanes, lambda lane: _lane(lane, sees_rounds, title)),
        class_name="grid gap-3 lg:grid-cols-2",
    )


def _count(count: Any, key: str, tone: Tone, sign: str) -> rx.Component:
    return rx.cond(count > 0, badge(t(key, count=count), tone=tone, sign=sign), rx.fragment())


def _lane(lane: rx.Var[Lane], sees_rounds: Any, title: Any) -> rx.Component:
    return rx.el.div(
        row(
            title(local(lane.route, lane.route_en), class_name="font-semibold"),
            muted(t("board.rounds.of", done=lane.done, total=lane.total), class_name="tabular"),
            gap=3,
            class_name="mb-2 flex-wrap",
        ),
        rx.el.ol(
            rx.foreach(lane.windows, lambda window: round_cell(window, sees_rounds)),
            class_name="grid grid-cols-[repeat(auto-fill,minmax(5.6rem,1fr))] gap-1.5",
        ),
        class_name=cx(
            "rounded-card border border-line bg-raised p-3",
            rx.cond(lane.windows.length() > _SHORT, "lg:col-span-2", ""),
        ),
        key=lane.key,
    )


def round_cell(window: rx.Var[Window], sees_rounds: Any) -> rx.Component:
    """One round: when, how it stands, and a way to its proof."""
    looks = [(state, look) for state, (_, look, _) in _STATES.items()]
    look = cx(
        "flex flex-col h-full min-h-20 rounded-control border-2 px-2 py-1.5",
        rx.match(_shown(window), *looks, ""),
    )
    return rx.el.li(
        rx.cond(
            sees_rounds & (window.run != ""),
            office_link(
                *_cell_face(window),
                href="/board/run?run=" + window.run,
                class_name=cx(look, "active:opacity-80"),
            ),
            rx.el.div(*_cell_face(window), class_name=look),
        ),
        key=window.opens_at,
        custom_attrs={"data-state": window.state},
    )


def _shown(window: rx.Var[Window]) -> Any:
    return rx.cond(window.offline_since != "", "offline", window.state)


def _cell_face(window: rx.Var[Window]) -> tuple[rx.Component, ...]:
    signs = [(state, icon(sign, size=18)) for state, (sign, _, _) in _STATES.items()]
    words = [(state, text) for state, (_, _, text) in _STATES.items()]
    return (
        rx.el.div(
            rx.el.span(clock(window.opens_at), class_name="font-semibold tabular text-text"),
            rx.match(_shown(window), *signs, rx.fragment()),
            class_name="flex items-center justify-between gap-1",
        ),
        rx.el.span(rx.match(_shown(window), *words, ""), class_name="text-sm font-medium"),
        rx.el.span(
            rx.cond(
                window.offline_since != "",
                rx.el.span(t("board.phase.offline_since", at=clock(window.offline_since))),
                rx.fragment(),
            ),
            rx.cond(window.before, rx.el.span(t("time.yesterday")), rx.fragment()),
            rx.cond(
                window.run != "",
                rx.el.span(f"{window.done}/{window.total}", class_name="tabular"),
                rx.fragment(),
            ),
            rx.el.span(local(window.who, window.who_en)),
            class_name="flex flex-wrap gap-x-1.5 text-xs text-muted min-h-5",
        ),
    )
