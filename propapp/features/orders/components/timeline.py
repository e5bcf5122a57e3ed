"""What happened to an order, by whom and when, with the photos of each step."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.orders.components.marks import send_mark
from propapp.features.orders.components.pictures import photo_in_strip
from propapp.offline.views import EventView
from propapp.ui.kit import icon, muted, photo_strip, section_title, stack
from propapp.ui.text import date_time, local, t, word

_SIGNS: dict[str, tuple[str, str]] = {
    "reported": ("plus", "text-info"),
    "claimed": ("hand", "text-primary"),
    "assigned": ("user-round-check", "text-primary"),
    "started": ("play", "text-primary"),
    "held": ("pause", "text-warn"),
    "resumed": ("play", "text-primary"),
    "handed_over": ("users-round", "text-primary"),
    "handed_back": ("undo-2", "text-warn"),
    "noted": ("notebook-pen", "text-muted"),
    "completed": ("check", "text-ok"),
    "sent_back": ("undo-2", "text-danger"),
    "verified": ("shield-check", "text-ok"),
    "confirmed": ("thumbs-up", "text-ok"),
    "reopened": ("undo-2", "text-danger"),
    "rated": ("star", "text-warn"),
    "cancelled": ("ban", "text-muted"),
}


def timeline(events: Any) -> rx.Component:
    """Every step in its order."""
    return stack(
        section_title(t("order.timeline")),
        rx.el.ol(rx.foreach(events, _event), class_name="flex flex-col", id="timeline"),
        gap=3,
    )


def _event(event: rx.Var[EventView]) -> rx.Component:
    signs = [(verb, icon(sign, size=20, class_name=tone)) for verb, (sign, tone) in _SIGNS.items()]
    return rx.el.li(
        rx.el.div(
            rx.match(event.verb, *signs, icon("circle", size=12)),
            class_name="flex h-9 w-9 shrink-0 items-center justify-center rounded-full border "
            "border-line bg-raised",
        ),
        rx.el.div(
            _headline(event),
            muted(date_time(event.at), class_name="tabular"),
            rx.cond(
                event.text != "",
                rx.el.p(event.text, class_name="whitespace-pre-line"),
                rx.fragment(),
            ),
            rx.cond(
                event.photos.length() > 0, photo_strip(event.photos, photo_in_strip), rx.fragment()
            ),
            send_mark(event.send_state),
            class_name="min-w-0 flex-1 flex flex-col gap-1 items-start",
        ),
        class_name="relative flex gap-3 pb-5 before:absolute before:left-[17px] before:top-9 "
        "before:bottom-0 before:w-0.5 before:bg-line last:before:hidden last:pb-0",
        key=event.id,
        custom_attrs={"data-event": event.verb, "data-state": event.send_state},
    )


def _headline(event: Any) -> rx.Component:
    # A claim that has not arrived is only asked for, and nobody may read it as more.
    only_asked = (event.verb == "claimed") & (
        (event.send_state == "saved") | (event.send_state == "sending")
    )
    person = rx.cond(event.mine, t("order.you"), local(event.person, event.person_en))
    return rx.el.p(
        rx.el.span(person, class_name="font-semibold"),
        " ",
        rx.cond(only_asked, t("order.asked"), word("verb", event.verb)),
        rx.cond(
            event.to_person != "",
            rx.el.span(
                " → ", local(event.to_person, event.to_person_en), class_name="font-semibold"
            ),
            rx.fragment(),
        ),
    )
