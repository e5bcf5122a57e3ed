"""Marks and small sentences that the plan pages share."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit import badge
from propapp.ui.kit.badges import TONES
from propapp.ui.kit.basics import cx, icon
from propapp.ui.text import t, word

_STATES: dict[str, tuple[str, str]] = {
    "draft": ("neutral", "pencil"),
    "reviewed": ("info", "eye"),
    "approved": ("info", "stamp"),
    "in_force": ("ok", "circle-check"),
    "revised": ("neutral", "history"),
    "closed": ("neutral", "archive"),
}
_LEVELS = {"high": "danger", "medium": "warn", "low": "neutral"}


def state_badge(status: Any, *, submitted: Any = False) -> rx.Component:
    """Where it stands: a sign, a word and a colour."""
    waits = badge(t("plan.submitted"), tone="warn", sign="hourglass")
    signs = [(code, icon(sign, size=16)) for code, (_, sign) in _STATES.items()]
    tones = [(code, TONES[tone]) for code, (tone, _) in _STATES.items()]
    return rx.cond(
        submitted,
        waits,
        rx.el.span(
            rx.match(status, *signs, rx.fragment()),
            word("plan.state", status),
            class_name=cx(
                "inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-sm font-medium "
                "whitespace-nowrap",
                rx.match(status, *tones, ""),
            ),
        ),
    )


def priority_badge(level: Any, priority: Any) -> rx.Component:
    """How much it matters, as a word and the product of urgency and importance."""
    return rx.el.span(
        word("plan.level", level),
        " ",
        priority,
        class_name=cx(
            "inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-sm font-medium tabular",
            rx.match(level, *[(code, TONES[tone]) for code, tone in _LEVELS.items()], ""),
        ),
    )


def whose(department: Any) -> rx.Component:
    """The department of a plan; the whole site's where it has none."""
    return rx.cond(department == "", t("plan.whole_site"), word("role", department))
