"""An owner's matter: what it is, how far it has come, when the rest is promised."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.orders.components.cards import problem_notice
from propapp.features.orders.components.marks import (
    category_icon,
    order_status,
    place_line,
    send_mark,
    stars_given,
)
from propapp.features.orders.components.pictures import before_and_after
from propapp.offline.bindings import do
from propapp.offline.views import RequestCard, StepView
from propapp.ui.kit import big_button, card, icon, link, link_button, muted, row, stack
from propapp.ui.kit.basics import cx
from propapp.ui.text import date_time, local, t, word

MATTER = "/matter?order="
# The steps tell the rest.
_BESIDE_STEPS = ("on_hold", "completed", "closed", "cancelled")
_STEP_SIGNS = {
    "received": "inbox",
    "assigned": "user-round-check",
    "in_progress": "wrench",
    "completed": "check",
    "confirmed": "thumbs-up",
}


def open_matter(matter: rx.Var[RequestCard]) -> rx.Component:
    """A matter on its way, with what its owner may do about it."""
    order = matter.card
    return _matter(
        matter,
        _head(order),
        problem_notice(order),
        rx.cond(order.assignee != "", _worker(order), rx.fragment()),
        before_and_after(matter.before, matter.after, opens=False),
        _acts(matter),
        _steps(matter.steps),
    )


def closed_matter(matter: rx.Var[RequestCard]) -> rx.Component:
    """A matter that is over, shorter; it can still be rated and for a week reopened."""
    order = matter.card
    return _matter(
        matter, _head(order), problem_notice(order), stars_given(order.stars), _acts(matter)
    )


def _matter(matter: Any, *parts: rx.Component) -> rx.Component:
    return rx.el.li(
        card(*parts, class_name="flex flex-col gap-3"),
        key=matter.card.id,
        custom_attrs={"data-order": matter.card.id, "data-status": matter.card.status},
    )


def _head(order: Any) -> rx.Component:
    return stack(
        rx.el.div(
            category_icon(order.category, size=26, class_name="text-primary mt-0.5"),
            rx.el.h3(
                link(local(order.title, order.title_en), href=MATTER + order.id),
                class_name="text-lg font-semibold min-w-0 flex-1",
            ),
            icon("chevron-right", size=22, class_name="text-muted mt-0.5"),
            class_name="flex gap-2",
        ),
        rx.el.div(
            order_status(order.status, only=_BESIDE_STEPS),
            send_mark(order.send_state),
            class_name="flex flex-wrap gap-2",
        ),
        row(
            place_line(local(order.place, order.place_en)),
            muted(order.number, class_name="tabular"),
            class_name="flex-wrap justify-between",
        ),
        gap=1,
        class_name="relative [&_a]:after:absolute [&_a]:after:inset-0",
    )


def _worker(order: Any) -> rx.Component:
    return row(
        icon("user-round", size=20, class_name="text-primary"),
        rx.el.span(t("my.worker", name=local(order.assignee, order.assignee_en))),
    )


def _steps(steps: Any) -> rx.Component:
    return rx.el.ol(rx.foreach(steps, _step), aria_label=t("my.steps"), class_name="flex flex-col")


def _step(step: rx.Var[StepView]) -> rx.Component:
    signs = [(code, icon(sign, size=18)) for code, sign in _STEP_SIGNS.items()]
    look = rx.match(
        step.state,
        ("done", "bg-ok text-raised border-ok"),
        ("here", "bg-primary text-on-primary border-primary"),
        "bg-raised text-muted border-line",
    )
    return rx.el.li(
        rx.el.span(
            rx.match(step.code, *signs, rx.fragment()),
            class_name=cx(
                "flex h-8 w-8 shrink-0 items-center justify-center rounded-full border-2", look
            ),
        ),
        rx.el.span(
            _step_name(step),
            class_name=cx("flex-1 pt-0.5", rx.cond(step.state == "here", "font-semibold", "")),
        ),
        _step_time(step),
        class_name="relative flex gap-3 pb-3 last:pb-0 before:absolute before:left-[15px] "
        "before:top-8 before:bottom-0 before:w-0.5 before:bg-line last:before:hidden",
        aria_current=rx.cond(step.state == "here", "step", "false"),
        key=step.code,
        custom_attrs={"data-step": step.code, "data-state": step.state},
    )


def _step_name(step: Any) -> rx.Var:
    # What waits for the owner asks; it does not claim that it has happened.
    theirs = (step.code == "confirmed") & (step.state != "done")
    return rx.cond(theirs, t("my.please_confirm"), word("my.step", step.code))


def _step_time(step: Any) -> rx.Component:
    """When it happened, else until when it is promised."""
    look = "text-sm text-muted tabular pt-1 text-right"
    promised = rx.el.span(t("my.by", at=date_time(step.promised)), class_name=look)
    happened = rx.el.span(date_time(step.at), class_name=look)
    return rx.cond(step.at != "", happened, rx.cond(step.promised != "", promised, rx.fragment()))


def _acts(matter: Any) -> rx.Component:
    order, verbs = matter.card, matter.verbs
    confirm = big_button(
        t("my.confirm"), sign="thumbs-up", on_click=do("quickVerb", "confirm", order.id)
    )
    # A rating can be changed on the matter's own page.
    unrated = verbs.contains("rate") & (order.stars == 0)
    return stack(
        rx.cond(verbs.contains("confirm"), confirm, rx.fragment()),
        rx.el.div(
            rx.cond(unrated, _ask(order, "rate", t("my.rate"), "star"), rx.fragment()),
            rx.cond(
                verbs.contains("reopen"),
                _ask(order, "reopen", t("my.reopen"), "rotate-ccw"),
                rx.fragment(),
            ),
            class_name="grid grid-flow-col auto-cols-fr gap-2 empty:hidden",
        ),
        gap=2,
        class_name="empty:hidden",
    )


def _ask(order: Any, verb: str, text: Any, sign: str) -> rx.Component:
    """What needs words is asked on the matter's own page, with its sheet already open."""
    return link_button(
        text,
        href=MATTER + order.id,
        sign=sign,
        variant="secondary",
        on_click=do("openVerb", verb, order.id),
        class_name="w-full",
    )
