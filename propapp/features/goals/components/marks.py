"""How a goal stands, as a sign, a word and a bar with its target."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit.badges import TONES
from propapp.ui.kit.basics import cx, icon
from propapp.ui.text import t, word

_STANDINGS: dict[str, tuple[str, str, str]] = {
    "on_target": ("ok", "circle-check", "bg-ok"),
    "near": ("warn", "triangle-alert", "bg-warn-mark"),
    "off": ("danger", "circle-x", "bg-danger"),
    "too_few": ("neutral", "circle-dashed", "bg-muted"),
    "coming": ("info", "clock", "bg-primary"),
}


def standing_badge(standing: Any) -> rx.Component:
    """A sign, a word and a colour."""
    signs = [(code, icon(sign, size=16)) for code, (_, sign, _bar) in _STANDINGS.items()]
    tones = [(code, TONES[tone]) for code, (tone, _, _bar) in _STANDINGS.items()]
    return rx.el.span(
        rx.match(standing, *signs, rx.fragment()),
        word("goal.standing", standing),
        class_name=cx(
            "inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-sm font-medium "
            "whitespace-nowrap",
            rx.match(standing, *tones, ""),
        ),
    )


def figure(value: Any, unit: Any) -> rx.Component:
    """A figure with its unit; a dash where there is none."""
    return rx.cond(
        value == "",
        rx.el.span("–"),
        rx.match(
            unit,
            ("percent", rx.el.span(value, " %")),
            ("stars", rx.el.span(value, " ", t("goal.unit.stars"))),
            rx.el.span(value, " ", t("goal.unit.count")),
        ),
    )


def target_words(card: Any) -> rx.Component:
    """Which side of which figure is good."""
    sign = rx.cond(card.comparison == "at_least", "≥ ", "≤ ")
    return rx.el.span(t("goal.target"), " ", sign, figure(card.target, card.unit))


def gauge(card: Any) -> rx.Component:
    """How far the figure reaches, with a mark where the target is; its words stand beside it."""
    bars = [(code, bar) for code, (_, _sign, bar) in _STANDINGS.items()]
    return rx.el.div(
        rx.el.div(
            style={"width": card.fill.to(str) + "%"},
            class_name=cx("h-full rounded-full", rx.match(card.standing, *bars, "bg-muted")),
        ),
        rx.el.span(
            style={
                "left": "calc(" + card.mark.to(str) + "% - 2px)",
                "top": "-4px",
                "bottom": "-4px",
                "width": "4px",
                "background": "currentColor",
            },
            class_name="absolute rounded",
        ),
        aria_hidden="true",
        class_name="relative h-3 rounded-full bg-sunken",
    )


def too_little(card: Any) -> rx.Component:
    """Why there is no figure, said as such; nothing where there is one."""
    return rx.match(
        card.standing,
        ("too_few", rx.el.p(t("goal.too_few", count=card.whole, least=card.least))),
        ("coming", rx.el.p(t("goal.coming", day=card.starts))),
        rx.fragment(),
    )
