"""One order: what, where, how urgent, until when, whose; its story and its next step."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.orders.components.ask import ASKED
from propapp.features.orders.components.cards import problem_notice
from propapp.features.orders.components.marks import (
    category_icon,
    due_line,
    order_status,
    place_line,
    priority_mark,
    send_mark,
    stars_given,
)
from propapp.features.orders.components.pictures import before_and_after
from propapp.features.orders.components.timeline import timeline
from propapp.offline.bindings import do
from propapp.ui.kit import (
    big_button,
    button,
    empty,
    icon,
    link_button,
    notice,
    skeleton,
    stack,
)
from propapp.ui.text import date_time, local, t

VERBS: dict[str, str] = {
    "claim": "hand",
    "start": "play",
    "resume": "play",
    "complete": "check",
    "confirm": "thumbs-up",
    "verify": "shield-check",
    "assign": "user-round-plus",
    "rate": "star",
    "note": "notebook-pen",
    "hold": "pause",
    "hand_over": "users-round",
    "send_back": "undo-2",
    "reopen": "undo-2",
    "cancel": "ban",
}


def order_detail(order: Any, *, home: str) -> rx.Component:
    """Everything about the order that is asked for; ``home`` is where its list is."""
    gone = empty(
        "circle-dashed",
        t("order.not_found"),
        t("order.not_found_hint"),
        link_button(t("order.to_list"), href=home, sign="arrow-left"),
    )
    return rx.match(order.stage, ("loading", skeleton(lines=3)), ("ready", _ready(order)), gone)


def _ready(order: Any) -> rx.Component:
    return rx.el.article(
        _head(order.card),
        problem_notice(order.card),
        _asked(order.card),
        _facts(order),
        _said(order),
        before_and_after(order.before, order.after),
        _more(order),
        timeline(order.timeline),
        _next(order),
        class_name="flex flex-col gap-4 pb-24 lg:pb-4",
        custom_attrs={"data-order": order.card.id, "data-status": order.card.status},
        id="order",
    )


def _head(order: Any) -> rx.Component:
    return stack(
        rx.el.div(
            priority_mark(order.priority),
            order_status(order.status),
            send_mark(order.send_state),
            class_name="flex flex-wrap items-center gap-2",
        ),
        rx.el.div(
            category_icon(order.category, size=26, class_name="text-primary mt-0.5"),
            rx.el.h2(
                local(order.title, order.title_en), class_name="text-xl font-semibold min-w-0"
            ),
            class_name="flex gap-2",
        ),
        place_line(local(order.place, order.place_en)),
        due_line(order),
        gap=2,
    )


def _asked(order: Any) -> rx.Component:
    return rx.cond(
        order.asked != "",
        notice(
            rx.el.p(t("order.asked"), class_name="font-semibold"),
            rx.el.p(t("order.asked_hint")),
            tone="warn",
            sign="clock",
        ),
        rx.fragment(),
    )


def _facts(order: Any) -> rx.Component:
    card_ = order.card
    who = rx.cond(
        card_.mine,
        t("order.yours"),
        rx.cond(card_.assignee != "", local(card_.assignee, card_.assignee_en), t("order.nobody")),
    )
    return rx.el.dl(
        _fact(t("order.assignee"), who),
        rx.cond(card_.due_at != "", _fact(t("order.due"), date_time(card_.due_at)), rx.fragment()),
        _fact(t("order.reporter"), local(order.reporter, order.reporter_en)),
        _fact(t("order.reported_at"), date_time(card_.reported_at)),
        rx.cond(
            order.completed_at != "",
            _fact(t("order.completed_at"), date_time(order.completed_at)),
            rx.fragment(),
        ),
        rx.cond(card_.number != "", _fact(t("order.number"), card_.number), rx.fragment()),
        class_name="grid grid-cols-2 gap-x-4 gap-y-2 rounded-card border border-line bg-raised p-4",
    )


def _fact(name: Any, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-sm text-muted"),
        rx.el.dd(value, class_name="m-0 text-base tabular"),
        class_name="min-w-0",
    )


def _said(order: Any) -> rx.Component:
    """What was reported, why it waits, what was done, how it was judged."""
    return stack(
        rx.cond(
            (order.description != "") & (order.description != order.card.title),
            rx.el.p(order.description, class_name="whitespace-pre-line"),
            rx.fragment(),
        ),
        rx.cond(
            order.hold_reason != "",
            notice(
                rx.el.span(t("status.on_hold"), class_name="block text-sm font-semibold"),
                order.hold_reason,
                tone="warn",
                sign="circle-pause",
            ),
            rx.fragment(),
        ),
        rx.cond(
            order.result_note != "",
            notice(
                rx.el.span(t("order.result"), class_name="block text-sm font-semibold"),
                order.result_note,
                tone="ok",
                sign="circle-check",
            ),
            rx.fragment(),
        ),
        stars_given(order.card.stars),
        class_name="empty:hidden",
    )


def _more(order: Any) -> rx.Component:
    """Whatever else may be done, one tap away and out of the way."""
    return rx.cond(
        order.others.length() > 0,
        rx.el.details(
            rx.el.summary(
                icon("ellipsis", size=22),
                t("order.more"),
                class_name="flex min-h-12 items-center gap-2 font-semibold text-primary list-none",
            ),
            rx.el.div(
                rx.foreach(order.others, lambda verb: _other(order, verb)),
                class_name="grid grid-cols-2 gap-2 pt-1",
            ),
            class_name="rounded-card border border-line bg-raised px-4 py-1 pb-2",
            id="more",
        ),
        rx.fragment(),
    )


def _act(verb: str) -> rx.Var:
    return do("openVerb", verb) if verb in ASKED else do("quickVerb", verb)


def _name(order: Any, verb: str) -> Any:
    if verb == "assign":
        return rx.cond(order.card.assignee != "", t("verb.reassign"), t("verb.assign"))
    return t(f"verb.{verb}")


def _other(order: Any, verb: Any) -> rx.Component:
    buttons = [
        (
            name,
            button(
                _name(order, name),
                sign=sign,
                on_click=_act(name),
                class_name="w-full",
                custom_attrs={"data-verb": name},
            ),
        )
        for name, sign in VERBS.items()
    ]
    return rx.match(verb, *buttons, rx.fragment())


def _next(order: Any) -> rx.Component:
    """The one next step, at the thumb; beside the list it ends the column."""
    buttons = [
        (
            verb,
            big_button(
                _name(order, verb), sign=sign, on_click=_act(verb), custom_attrs={"data-verb": verb}
            ),
        )
        for verb, sign in VERBS.items()
    ]
    return rx.cond(
        order.primary != "",
        rx.el.div(
            rx.el.div(
                rx.match(order.primary, *buttons, rx.fragment()), class_name="mx-auto max-w-2xl"
            ),
            class_name="fixed inset-x-0 bottom-[calc(4rem+env(safe-area-inset-bottom))] z-10 "
            "border-t border-line bg-raised px-4 py-3 "
            "lg:sticky lg:bottom-0 lg:-mb-4 lg:bg-surface lg:px-0",
            id="next-step",
        ),
        rx.fragment(),
    )
