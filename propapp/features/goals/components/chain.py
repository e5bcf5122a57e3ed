"""The chain as one picture: a ladder on the phone, columns on a tablet, from goal to photo.

A line runs through all rungs, each with its sign; on each rung stand its knots, and the chosen
one is framed. Pages that lead through it hand in what a tap on a knot does.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.goals.views import Knot, Rung
from propapp.offline.office import office_link
from propapp.ui.kit import icon, muted, spoken
from propapp.ui.kit.basics import cx
from propapp.ui.text import date_time, local, t, word

_SIGNS = {
    "goal": "target",
    "clause": "book-open-check",
    "task": "clipboard-list",
    "month": "calendar-days",
    "round": "route",
    "photo": "camera",
}
_STATES = {
    "done": ("circle-check", "text-ok"),
    "late": ("alarm-clock", "text-warn"),
    "running": ("footprints", "text-primary"),
}
_PHOTOS = "/api/v1/photos/"


def chain_picture(rungs: Any, *, choose: Any = None, name: str = "chain") -> rx.Component:
    """All rungs; ``choose`` is called with the kind of the rung and the id of the knot."""
    return rx.el.ol(
        rx.foreach(
            rungs,
            lambda one, number: _rung(one, choose, last=number == rungs.length() - 1),
        ),
        id=name,
        aria_label=t("chain.title"),
        class_name="flex flex-col lg:flex-row",
    )


def _line() -> rx.Component:
    """Down the left side on a phone, along the top on a tablet; said in place, for few bytes."""
    down = {"left": "19px", "top": "8px", "width": "2px", "height": "100%"}
    along = {"left": "16px", "top": "19px", "width": "100%", "height": "2px"}
    return rx.fragment(
        rx.el.span(style=down, class_name="absolute bg-primary lg:hidden"),
        rx.el.span(style=along, class_name="absolute bg-primary hidden lg:block"),
    )


def _rung(one: rx.Var[Rung], choose: Any, *, last: Any) -> rx.Component:
    return rx.el.li(
        rx.cond(last, rx.fragment(), _line()),
        rx.el.div(
            rx.el.span(
                rx.match(
                    one.kind,
                    *[(kind, icon(sign, size=20)) for kind, sign in _SIGNS.items()],
                    rx.fragment(),
                ),
                class_name=cx(
                    "relative z-10 inline-flex items-center justify-center h-9 min-w-9 shrink-0 "
                    "rounded-full border-2",
                    rx.cond(
                        one.knots.length() > 0,
                        "bg-primary border-primary text-on-primary",
                        "bg-raised border-line text-muted",
                    ),
                ),
            ),
            rx.el.span(
                word("chain.kind", one.kind),
                # On its own ground, so that the line does not run through the word.
                class_name="relative z-10 bg-surface px-1.5 font-semibold",
            ),
            class_name="flex items-center gap-1",
        ),
        rx.cond(
            one.knots.length() > 0,
            rx.el.ul(
                rx.foreach(one.knots, lambda knot: _knot(one, knot, choose)),
                class_name=cx(
                    "ml-12 lg:ml-0 flex gap-2",
                    rx.cond(
                        one.kind == "photo",
                        "flex-row flex-wrap",
                        "flex-col lg:max-h-96 lg:overflow-y-auto",
                    ),
                ),
            ),
            muted(word("chain.none", one.kind), class_name="ml-12 lg:ml-0"),
        ),
        rx.cond(
            one.more > 0,
            office_link(
                word("chain.all", one.kind),
                " +",
                one.more,
                href=one.href,
                class_name="ml-12 lg:ml-0 flex items-center min-h-12 font-medium text-primary",
            ),
            rx.fragment(),
        ),
        key=one.kind,
        custom_attrs={"data-rung": one.kind},
        class_name="relative flex flex-col gap-2 pb-5 lg:flex-1 lg:min-w-0 lg:px-1.5",
    )


def _knot(rung: rx.Var[Rung], knot: rx.Var[Knot], choose: Any) -> rx.Component:
    return rx.el.li(
        rx.cond(
            knot.photo != "",
            _photo(knot),
            _card(rung, knot, choose),
        ),
        key=knot.id,
        custom_attrs={"data-knot": knot.id},
    )


def _card(rung: rx.Var[Rung], knot: rx.Var[Knot], choose: Any) -> rx.Component:
    body = [_face(knot), _counts(knot)]
    way = rx.cond(
        knot.href != "",
        office_link(
            rx.el.span(word("chain.open", rung.kind)),
            icon("chevron-right", size=16),
            href=knot.href,
            class_name="inline-flex items-center gap-1 min-h-12 text-sm font-medium text-primary",
        ),
        rx.fragment(),
    )
    look = cx(
        "rounded-control border-2 bg-raised px-3 py-2",
        rx.cond(knot.chosen, "border-primary", "border-line"),
    )
    if choose is None:
        return rx.el.div(*body, way, class_name=look)
    return rx.el.div(
        rx.cond(
            rung.kind == "goal",
            rx.el.div(*body),
            rx.el.button(
                *body,
                type="button",
                on_click=choose(rung.kind, knot.id),
                aria_pressed=rx.cond(knot.chosen, "true", "false"),
                class_name="block w-full min-h-12 text-left",
            ),
        ),
        rx.cond((rung.kind != "goal") & knot.chosen, way, rx.fragment()),
        class_name=look,
    )


def _face(knot: rx.Var[Knot]) -> rx.Component:
    return rx.el.span(
        rx.cond(
            knot.at != "",
            rx.el.span(date_time(knot.at), class_name="block tabular text-sm"),
            rx.fragment(),
        ),
        rx.el.span(
            rx.cond(
                knot.number != "",
                rx.el.span(knot.number, class_name="tabular text-muted mr-1"),
                rx.fragment(),
            ),
            rx.match(
                knot.state,
                *[
                    (state, icon(sign, size=16, class_name=f"inline mr-1 {tone}"))
                    for state, (sign, tone) in _STATES.items()
                ],
                rx.fragment(),
            ),
            rx.cond(knot.state != "", spoken(word("chain.state", knot.state)), rx.fragment()),
            local(knot.name, knot.name_en),
            class_name="block font-medium break-words",
        ),
        rx.cond(
            knot.note != "",
            rx.el.span(local(knot.note, knot.note_en), class_name="block text-sm text-muted"),
            rx.fragment(),
        ),
        class_name="block",
    )


def _counts(knot: rx.Var[Knot]) -> rx.Component:
    def count(key: str, value: Any, sign: str, tone: str) -> rx.Component:
        return rx.cond(
            value > 0,
            rx.el.span(
                icon(sign, size=16),
                t(key, count=value),
                class_name=f"inline-flex items-center gap-1 whitespace-nowrap {tone}",
            ),
            rx.fragment(),
        )

    return rx.cond(
        knot.counted,
        rx.el.span(
            rx.el.span(t("chain.due", count=knot.due), class_name="whitespace-nowrap"),
            count("chain.done", knot.done, "circle-check", "text-ok"),
            count("chain.late", knot.late, "alarm-clock", "text-warn"),
            count("chain.missed", knot.missed, "circle-x", "text-danger"),
            class_name="flex flex-wrap gap-x-3 text-sm tabular",
        ),
        rx.cond(
            knot.walked,
            rx.fragment(),
            rx.el.span(t("chain.days", count=knot.days), class_name="block text-sm text-muted"),
        ),
    )


def _photo(knot: rx.Var[Knot]) -> rx.Component:
    return office_link(
        rx.el.img(
            src=_PHOTOS + knot.photo + "?form=thumbnail",
            alt=t("chain.photo"),
            loading="lazy",
            class_name="h-full w-full object-cover",
        ),
        href=knot.href,
        class_name="block h-20 w-24 overflow-hidden rounded-control border border-line bg-sunken",
    )
