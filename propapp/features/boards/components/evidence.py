"""Asking for bundles of evidence, and the list of them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.views import Bundle
from propapp.ui.kit import (
    Tone,
    button,
    card,
    icon,
    link_button,
    muted,
    notice,
    progress_bar,
    row,
    stack,
    status_badge,
    text_field,
)
from propapp.ui.kit.forms import post_form
from propapp.ui.text import date_time, local, number, t, word

ACTION = "/api/v1/evidence/exports"
_STATES: dict[str, tuple[Tone, str, Any]] = {
    "waiting": ("info", "package", t("office.evidence.waiting")),
    "ready": ("ok", "package-check", t("office.evidence.ready")),
    "failed": ("danger", "package-x", t("office.evidence.failed")),
}


def export_form(subject: str, *fields: rx.Component, **values: Any) -> rx.Component:
    """A button that asks for a bundle; the browser itself sends it and is led to the list."""
    hidden = [
        rx.el.input(type="hidden", name=name, value=value)
        for name, value in {"subject": subject, **values}.items()
    ]
    return post_form(
        *hidden,
        *fields,
        button(t("office.evidence.export"), sign="package", type="submit", class_name="w-full"),
        action=ACTION,
        method="post",
        class_name="flex flex-col gap-3 sm:max-w-sm",
    )


def dispute_part(problem: Any) -> rx.Component:
    """An order by its number, with the round that found it: what a dispute is about."""
    return card(
        stack(
            rx.el.h2(t("office.evidence.dispute"), class_name="text-lg font-semibold"),
            muted(t("office.evidence.dispute_hint")),
            rx.cond(
                problem != "",
                notice(
                    word("office.evidence.problem", problem), tone="danger", sign="circle-alert"
                ),
                rx.fragment(),
            ),
            export_form(
                "order",
                text_field(
                    t("office.evidence.number"), name="number", required=True, max_length=40,
                    placeholder="WX-20260310-0001", auto_complete="off",
                ),
            ),
        ),
    )  # fmt: skip


def bundle_card(bundle: rx.Var[Bundle]) -> rx.Component:
    """One bundle: what it is about, how far it is, and the way to have it."""
    return card(
        row(
            icon("shield-check", size=24, class_name="text-primary shrink-0"),
            rx.el.p(
                local(bundle.title, bundle.title_en), class_name="font-semibold flex-1 min-w-0"
            ),
            status_badge(bundle.status, _STATES),
        ),
        muted(
            t(
                "office.evidence.asked",
                who=local(bundle.who, bundle.who_en),
                at=date_time(bundle.at),
            )
        ),
        rx.match(
            bundle.status,
            ("waiting", _progress(bundle)),
            ("ready", _ready(bundle)),
            muted(t("office.evidence.failed_hint")),
        ),
        class_name="flex flex-col gap-2",
        custom_attrs={"data-bundle": bundle.status},
    )


def _progress(bundle: Any) -> rx.Component:
    return stack(
        progress_bar(bundle.done, bundle.total, label=t("office.evidence.packing")),
        rx.cond(
            bundle.total > 0,
            muted(t("office.evidence.packed", done=bundle.done, total=bundle.total)),
            muted(t("office.evidence.queued")),
        ),
        gap=1,
    )


def _ready(bundle: Any) -> rx.Component:
    return rx.el.div(
        link_button(
            t("office.evidence.download", size=number(bundle.megabytes)),
            href=ACTION + "/" + bundle.id,
            sign="download",
            fresh=True,
            class_name="self-start",
        ),
        rx.el.p("SHA-256 " + bundle.sha256, class_name="text-xs text-muted break-all tabular"),
        class_name="flex flex-col gap-2",
    )
