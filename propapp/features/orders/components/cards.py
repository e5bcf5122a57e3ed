"""An order in a list: what, where, until when, whose; and one tap to take it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.orders.components.marks import (
    asked_mark,
    category_icon,
    due_line,
    order_status,
    place_line,
    priority_mark,
    send_mark,
)
from propapp.offline.bindings import do
from propapp.ui.kit import button, card, icon, link, notice, row
from propapp.ui.kit.basics import cx
from propapp.ui.text import local, t

_EDGES = {
    "urgent": "border-l-[6px] border-l-danger",
    "high": "border-l-[6px] border-l-warn-mark",
}


def order_card(order: Any, *, href: str, may_claim: Any, chosen: Any) -> rx.Component:
    """A tap anywhere opens it; the button alone claims it."""
    return rx.el.li(
        card(
            row(
                _picture(order),
                rx.el.div(
                    _title(order, href + order.id), _where(order), class_name="min-w-0 flex-1"
                ),
                gap=3,
                class_name="items-start",
            ),
            rx.el.div(
                priority_mark(order.priority),
                order_status(order.status),
                due_line(order),
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
            ),
            problem_notice(order),
            _mine(order),
            _claim(order, may_claim),
            class_name=cx(
                "relative flex flex-col gap-2",
                rx.match(order.priority, *_EDGES.items(), ""),
                rx.cond(chosen, "outline-3 outline-primary bg-primary-soft", ""),
            ),
        ),
        key=order.id,
        custom_attrs={"data-order": order.id, "data-status": order.status},
    )


def _picture(order: Any) -> rx.Component:
    sign = rx.el.div(
        category_icon(order.category, size=30),
        class_name="flex h-16 w-16 items-center justify-center rounded-control bg-sunken "
        "text-muted",
    )
    photo = rx.el.img(
        src=order.photo_url,
        alt="",
        loading="lazy",
        class_name="h-16 w-16 shrink-0 rounded-control object-cover bg-sunken border border-line",
    )
    return rx.cond(order.photo_url != "", photo, sign)


def _title(order: Any, href: Any) -> rx.Component:
    return rx.el.h2(
        link(
            local(order.title, order.title_en),
            href=href,
            class_name="after:absolute after:inset-0 after:rounded-card",
        ),
        class_name="text-lg font-semibold line-clamp-2",
    )


def _where(order: Any) -> rx.Component:
    who = rx.cond(
        order.mine,
        t("order.yours"),
        rx.cond(order.assignee != "", local(order.assignee, order.assignee_en), t("order.nobody")),
    )
    return rx.el.div(
        place_line(local(order.place, order.place_en)),
        row(icon("user-round", size=18), who, gap=1, class_name="text-sm text-muted"),
        class_name="mt-1 flex flex-wrap gap-x-4",
    )


def problem_notice(order: Any) -> rx.Component:
    """What the server refused, in its own sentence, where it was asked."""
    return rx.cond(
        order.problem != "",
        notice(order.problem_text, tone="danger", sign="triangle-alert", role="alert"),
        rx.fragment(),
    )


def _mine(order: Any) -> rx.Component:
    """What I did to it and how far that has come."""
    waits = (
        (order.send_state == "saved")
        | (order.send_state == "sending")
        | (order.send_state == "attention")
    )
    return rx.cond(
        (order.asked != "") | waits,
        rx.el.div(
            rx.cond(order.asked != "", asked_mark(), rx.fragment()),
            send_mark(order.send_state),
            class_name="flex flex-wrap gap-2",
        ),
        rx.fragment(),
    )


def _claim(order: Any, may_claim: Any) -> rx.Component:
    offered = may_claim & (order.status == "reported") & (order.asked == "")
    return rx.cond(
        offered,
        button(
            t("verb.claim"),
            sign="hand",
            variant="primary",
            on_click=do("quickVerb", "claim", order.id),
            class_name="relative z-10 w-full",
            custom_attrs={"data-verb": "claim"},
        ),
        rx.fragment(),
    )
