"""What a clause is worth: law or promise, read or remembered."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit import badge, status_badge
from propapp.ui.text import t, word

SIGNS = {"photos": "camera", "scan": "scan-line", "document": "file-text"}


def mark_badge(code: Any) -> rx.Component:
    """Where the words were read; only the text of a statute was verified."""
    return status_badge(
        code,
        {
            "law": ("ok", "badge-check", t("office.mark.law")),
            "excerpt": ("info", "file-check", t("office.mark.excerpt")),
            "page": ("warn", "file-question", t("office.mark.page")),
            "memory": ("warn", "circle-help", t("office.mark.memory")),
            "company": ("neutral", "pencil", t("office.mark.company")),
        },
    )


def kind_badge(code: Any) -> rx.Component:
    """Whether it binds by itself."""
    return status_badge(
        code,
        {
            "statute": ("primary", "scale", t("office.standard_kind.statute")),
            "standard": ("neutral", "book-open", t("office.standard_kind.standard")),
            "practice": ("neutral", "handshake", t("office.standard_kind.practice")),
            "company": ("neutral", "building-2", t("office.standard_kind.company")),
        },
    )


def city_badges(cities: Any) -> rx.Component:
    """Where it holds, when that is not everywhere."""
    return rx.foreach(cities, lambda city: badge(word("office.city", city), sign="map-pin"))


def evidence_badges(evidence: Any) -> rx.Component:
    """What proves that it was kept."""
    return rx.foreach(
        evidence,
        lambda code: status_badge(
            code,
            {name: ("neutral", sign, t(f"office.proves.{name}")) for name, sign in SIGNS.items()},
        ),
    )
