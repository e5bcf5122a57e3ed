"""What needs somebody now, in words."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.views import Need
from propapp.offline.office import office_link
from propapp.ui.kit import icon, muted, stack
from propapp.ui.kit.basics import cx
from propapp.ui.text import ago, clock, local, t, until, word

_SIGNS = {
    "overdue": ("alarm-clock", "bg-danger-soft text-danger"),
    "unanswered": ("user-round-x", "bg-danger-soft text-danger"),
    "urgent": ("siren", "bg-danger-soft text-danger"),
    "late": ("timer", "bg-warn-soft text-warn"),
    "missed": ("circle-x", "bg-danger-soft text-danger"),
    "offline": ("wifi-off", "bg-warn-soft text-warn"),
}


def now_part(board: Any, needs: Any) -> rx.Component:
    """The first line of the board, and what stands behind it."""
    return stack(
        rx.el.h1(
            rx.cond(
                board.pressing > 0,
                t("board.now.some", count=board.pressing),
                t("board.now.none"),
            ),
            id="board-now",
            class_name="text-xl font-semibold",
        ),
        rx.cond(
            board.pressing > 0,
            rx.el.ul(
                rx.foreach(needs, lambda need: _need(need, board)),
                class_name="grid gap-2 lg:grid-cols-2",
            ),
            muted(t("board.now.none_hint")),
        ),
        rx.cond(
            board.pressing > needs.length(),
            muted(t("board.now.more", count=board.pressing - needs.length())),
            rx.fragment(),
        ),
        gap=3,
    )


def _need(need: rx.Var[Need], board: Any) -> rx.Component:
    order = "/orders?order=" + need.order
    record = rx.cond(need.run != "", "/board/run?run=" + need.run, "/board/rounds")
    may_open = rx.cond(need.order != "", board.sees_orders, board.sees_rounds)
    look = "flex items-center gap-3 rounded-card border border-line bg-raised p-3 min-h-16 h-full"
    return rx.el.li(
        rx.cond(
            may_open,
            office_link(
                *_need_face(need),
                icon("chevron-right", size=20, class_name="text-muted"),
                href=rx.cond(need.order != "", order, record),
                class_name=cx(look, "active:bg-sunken"),
            ),
            rx.el.div(*_need_face(need), class_name=look),
        ),
        key=need.key,
    )


def _need_face(need: rx.Var[Need]) -> tuple[rx.Component, ...]:
    signs = [
        (kind, rx.el.span(icon(sign, size=24), class_name=f"rounded-control p-2 {tone}"))
        for kind, (sign, tone) in _SIGNS.items()
    ]
    nobody = rx.cond(need.order != "", t("board.nobody"), t("board.nobody_walked"))
    return (
        rx.match(need.kind, *signs, rx.fragment()),
        rx.el.div(
            rx.el.p(local(need.title, need.title_en), class_name="font-semibold line-clamp-2"),
            rx.el.p(
                rx.el.span(word("board.need", need.kind), class_name="font-medium"),
                rx.el.span(
                    rx.match(
                        need.kind,
                        ("missed", ago(need.at)),
                        ("offline", t("board.need.since", at=clock(need.since))),
                        until(need.at),
                    ),
                    class_name="tabular",
                ),
                rx.el.span(
                    rx.cond(need.who != "", local(need.who, need.who_en), nobody),
                ),
                class_name="flex flex-wrap gap-x-3 text-sm text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
    )
