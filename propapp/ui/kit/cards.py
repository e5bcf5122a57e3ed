"""Cards, notices, empty places and waiting ones."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit.badges import TONES, Tone
from propapp.ui.kit.basics import cx, icon, muted
from propapp.ui.kit.links import link

_CARD = "block rounded-card border border-line bg-raised shadow-card p-4 text-text"


def card(*children: Any, class_name: Any = "", **props: Any) -> rx.Component:
    """One thing, framed."""
    return rx.el.div(*children, class_name=cx(_CARD, class_name), **props)


def card_link(*children: Any, href: Any, class_name: Any = "", **props: Any) -> rx.Component:
    """One thing, framed; a tap anywhere on it opens it."""
    return link(*children, href=href, class_name=cx(_CARD, "active:bg-sunken", class_name), **props)


def notice(
    *children: Any, tone: Tone = "info", sign: str = "info", class_name: str = "", **props: Any
) -> rx.Component:
    """Something to know, where it matters."""
    return rx.el.div(
        icon(sign, size=22, class_name="mt-0.5"),
        rx.el.div(*children, class_name="min-w-0 flex-1"),
        class_name=cx("flex gap-3 rounded-card px-4 py-3 text-base", TONES[tone], class_name),
        **props,
    )


def empty(sign: str, title: Any, hint: Any = "", *children: Any) -> rx.Component:
    """An empty place says why it is empty and what comes next."""
    return rx.el.div(
        rx.el.div(
            icon(sign, size=40),
            class_name="rounded-full bg-primary-soft text-primary-strong p-5",
        ),
        rx.el.p(title, class_name="text-lg font-semibold"),
        muted(hint) if isinstance(hint, rx.Var) or hint else rx.fragment(),
        *children,
        class_name="flex flex-col items-center text-center gap-3 px-6 py-12",
    )


def skeleton(*, lines: int = 3) -> rx.Component:
    """The room that something will take, while it is being fetched."""
    bar = "waiting rounded-card bg-sunken h-24 w-full"
    return rx.el.div(
        *[rx.el.div(class_name=bar) for _ in range(lines)],
        class_name="flex flex-col gap-3",
        aria_hidden="true",
    )
