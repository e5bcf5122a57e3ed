"""Status, priority, kind of trouble and time of an order: sign, word and colour together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import reflex as rx

from propapp.ui.kit import Tone, badge, icon, row, status_badge
from propapp.ui.kit.basics import cx
from propapp.ui.text import t, until, word

STATUSES: dict[str, tuple[Tone, str, Any]] = {
    "reported": ("info", "circle-dashed", t("status.reported")),
    "assigned": ("primary", "user-round-check", t("status.assigned")),
    "in_progress": ("primary", "wrench", t("status.in_progress")),
    "on_hold": ("warn", "circle-pause", t("status.on_hold")),
    "completed": ("ok", "check", t("status.completed")),
    "closed": ("ok", "circle-check-big", t("status.closed")),
    "cancelled": ("neutral", "ban", t("status.cancelled")),
}
PRIORITIES: dict[str, tuple[Tone, str, Any]] = {
    "urgent": ("danger", "siren", t("priority.urgent")),
    "high": ("warn", "chevrons-up", t("priority.high")),
    "normal": ("neutral", "equal", t("priority.normal")),
    "low": ("neutral", "chevron-down", t("priority.low")),
}
CATEGORIES: dict[str, str] = {
    "water": "droplets",
    "electric": "zap",
    "lift": "arrow-up-down",
    "door": "door-open",
    "fire": "flame",
    "cleaning": "sparkles",
    "garden": "trees",
    "public": "building-2",
    # Three dots, as on "more": a sign that the page has already.
    "other": "ellipsis",
    "complaint": "megaphone",
}
SEND_STATES: dict[str, tuple[Tone, str, Any]] = {
    "saved": ("warn", "smartphone", t("state.saved")),
    "sending": ("info", "cloud-upload", t("state.sending")),
    "attention": ("danger", "triangle-alert", t("state.attention")),
}
STARS = (1, 2, 3, 4, 5)


def order_status(status: Any, *, only: Collection[str] = tuple(STATUSES)) -> rx.Component:
    """Where the order stands; ``only`` these, where the rest is shown in another way."""
    return status_badge(status, {code: STATUSES[code] for code in STATUSES if code in only})


def priority_mark(priority: Any) -> rx.Component:
    """How much it burns."""
    return status_badge(priority, PRIORITIES)


def send_mark(state: Any) -> rx.Component:
    """Where my own work on it is; nothing once it has arrived."""
    return status_badge(state, SEND_STATES)


def category_icon(category: Any, *, size: int = 24, class_name: str = "") -> rx.Component:
    """The sign of a kind of trouble."""
    signs = [
        (code, icon(sign, size=size, class_name=class_name)) for code, sign in CATEGORIES.items()
    ]
    return rx.match(category, *signs, rx.fragment())


def due_line(card: Any) -> rx.Component:
    """How long is left or how long it is over, while somebody still has to do something."""
    is_open = (
        (card.status == "reported")
        | (card.status == "assigned")
        | (card.status == "in_progress")
        | (card.status == "on_hold")
    )
    line = rx.el.span(
        rx.cond(card.overdue, icon("alarm-clock", size=18), icon("clock", size=18)),
        until(card.due_at),
        class_name=cx(
            "inline-flex items-center gap-1.5 text-base tabular",
            rx.cond(card.overdue, "text-danger font-semibold", "text-text"),
        ),
    )
    return rx.cond(is_open & (card.due_at != ""), line, rx.fragment())


def place_line(place: Any) -> rx.Component:
    """Where it is."""
    return rx.cond(
        place != "",
        row(
            icon("map-pin", size=18),
            rx.el.span(place, class_name="min-w-0"),
            gap=1,
            class_name="text-muted text-sm",
        ),
        rx.fragment(),
    )


def asked_mark() -> rx.Component:
    """A claim that has not been answered: asked for, not yours."""
    return badge(t("order.asked"), tone="warn", sign="clock")


def stars_given(stars: Any) -> rx.Component:
    """How well it was done, as stars and in words."""
    return rx.cond(
        stars > 0,
        row(
            rx.el.span(
                *[
                    rx.cond(
                        stars >= star,
                        icon("star", size=20, class_name="text-warn-mark fill-current"),
                        icon("star", size=20, class_name="text-line"),
                    )
                    for star in STARS
                ],
                class_name="inline-flex",
            ),
            rx.el.span(word("order.stars", stars.to(str)), class_name="text-sm"),
        ),
        rx.fragment(),
    )
