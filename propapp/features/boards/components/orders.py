"""Open orders: how many by deadline and priority, and which comes next."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.views import Bucket, Coming
from propapp.features.orders.components.marks import PRIORITIES, order_status
from propapp.offline.office import office_link
from propapp.ui.kit import icon, muted, row, section_title, stack
from propapp.ui.kit.basics import cx
from propapp.ui.text import local, t, until, word

_BUCKETS = {
    "overdue": "border-danger bg-danger-soft text-danger",
    "soon": "border-warn-mark bg-warn-soft text-warn",
}
_PRIORITY_TONES = {
    "urgent": "text-danger",
    "high": "text-warn",
    "normal": "text-muted",
    "low": "text-muted",
}


def orders_part(board: Any, coming: Any) -> rx.Component:
    """Everything that is still to be done."""
    return rx.el.section(
        row(
            section_title(t("board.orders.title")),
            muted(t("board.orders.open", count=board.open_orders)),
            class_name="min-h-12 flex-wrap",
        ),
        rx.el.ul(
            rx.foreach(board.buckets, _bucket),
            class_name="grid grid-cols-2 sm:grid-cols-4 gap-2",
        ),
        rx.el.h3(t("board.orders.next"), class_name="font-semibold mt-2"),
        rx.cond(
            coming.length() > 0,
            rx.el.ul(
                rx.foreach(coming, lambda order: _coming(order, board.sees_orders)),
                class_name="rounded-card border border-line bg-raised divide-y divide-line",
            ),
            muted(t("board.orders.empty")),
        ),
        id="board-orders",
        class_name="flex flex-col gap-2 min-w-0",
    )


def _bucket(bucket: rx.Var[Bucket]) -> rx.Component:
    looks = [(name, rx.cond(bucket.count > 0, look, "")) for name, look in _BUCKETS.items()]
    parts = [
        _part(priority, getattr(bucket, priority))
        for priority in ("urgent", "high", "normal", "low")
    ]
    return rx.el.li(
        rx.el.p(word("board.due", bucket.name), class_name="text-sm font-medium"),
        rx.el.p(bucket.count, class_name="text-2xl font-semibold tabular"),
        rx.el.p(*parts, class_name="flex flex-wrap gap-x-2 text-sm min-h-6"),
        key=bucket.name,
        custom_attrs={"data-bucket": bucket.name},
        class_name=cx(
            "rounded-card border-2 px-3 py-2",
            rx.match(bucket.name, *looks, "border-line bg-raised"),
        ),
    )


def _part(priority: str, count: Any) -> rx.Component:
    _, sign, text = PRIORITIES[priority]
    return rx.cond(
        count > 0,
        rx.el.span(
            icon(sign, size=16),
            text,
            rx.el.span(count, class_name="tabular"),
            class_name="inline-flex items-center gap-1 whitespace-nowrap text-text",
        ),
        rx.fragment(),
    )


def _coming(order: rx.Var[Coming], sees_orders: Any) -> rx.Component:
    look = "flex items-center gap-3 px-3 py-2 min-h-14"
    return rx.el.li(
        rx.cond(
            sees_orders,
            office_link(
                *_coming_face(order),
                href="/orders?order=" + order.order,
                class_name=cx(look, "active:bg-sunken"),
            ),
            rx.el.div(*_coming_face(order), class_name=look),
        ),
        key=order.key,
    )


def _coming_face(order: rx.Var[Coming]) -> tuple[rx.Component, ...]:
    signs = [
        (code, icon(sign, size=20, class_name=_PRIORITY_TONES[code]))
        for code, (_, sign, _) in PRIORITIES.items()
    ]
    return (
        rx.match(order.priority, *signs, rx.fragment()),
        rx.el.div(
            rx.el.p(local(order.title, order.title_en), class_name="truncate"),
            rx.el.p(
                rx.el.span(word("priority", order.priority)),
                rx.el.span(until(order.due_at), class_name="tabular"),
                rx.cond(order.who != "", rx.el.span(local(order.who, order.who_en)), rx.fragment()),
                class_name="flex flex-wrap gap-x-3 text-sm text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
        stack(order_status(order.status), class_name="shrink-0"),
    )
