"""What rounds look like wherever they are shown."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit import Tone, status_badge
from propapp.ui.text import slot, t

PHASES: dict[str, tuple[Tone, str, Any]] = {
    "upcoming": ("neutral", "clock", t("phase.upcoming")),
    "open": ("info", "door-open", t("phase.open")),
    "running": ("primary", "footprints", t("phase.running")),
    "elsewhere": ("primary", "users-round", t("phase.elsewhere")),
    "late": ("warn", "alarm-clock", t("phase.late")),
    "done": ("ok", "circle-check", t("phase.done")),
    "missed": ("danger", "circle-x", t("phase.missed")),
}


def phase_badge(phase: Any) -> rx.Component:
    """The mark of a round's phase."""
    return status_badge(phase, PHASES)


def window(card: Any) -> rx.Var:
    """From when until when, in the site's time."""
    return slot(card.opens_at, card.closes_at)
