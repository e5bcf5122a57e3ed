"""One point: arrive, answer what it asks, go on."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rounds.models import HAND_OFFERED, NO_CODE
from propapp.features.rounds.pages.answers import answer_row
from propapp.features.rounds.pages.challenge import challenge_part
from propapp.offline.bindings import do
from propapp.ui.kit import (
    badge,
    button,
    card,
    icon,
    icon_button,
    muted,
    notice,
    row,
    stack,
    text_button,
    text_field,
)
from propapp.ui.text import clock, local, t


def point_part(run: Any) -> rx.Component:
    """The point in hand, before and after arriving."""
    return stack(
        _heading(run.point),
        rx.cond(run.stage == "arrived", _questions(run), _arriving(run)),
        rx.cond(
            run.done > 0,
            text_button(t("run.finish_early"), on_click=do("goSummary"), class_name="self-center"),
            rx.fragment(),
        ),
        gap=4,
    )


def _heading(point: Any) -> rx.Component:
    name = local(point.name, point.name_en)
    return rx.el.section(
        row(
            rx.el.span(
                point.position,
                class_name="inline-flex h-11 min-w-11 items-center justify-center rounded-full "
                "bg-primary text-on-primary text-lg font-semibold tabular",
            ),
            rx.el.h2(name, class_name="text-xl font-semibold flex-1", id="point-name"),
            icon_button("volume-2", label=t("run.read_aloud"), on_click=do("readAloud", name)),
            gap=3,
        ),
        rx.cond(
            point.hint != "",
            row(
                icon("map-pin", size=20, class_name="text-muted"),
                muted(local(point.hint, point.hint_en)),
                class_name="mt-2",
            ),
            rx.fragment(),
        ),
    )


def _arriving(run: Any) -> rx.Component:
    return stack(
        rx.cond(
            run.point.wait_until != "",
            notice(
                rx.el.p(t("run.wait", at=clock(run.point.wait_until)), class_name="font-semibold"),
                rx.el.p(t("run.wait_hint"), class_name="text-sm"),
                tone="warn",
                sign="clock",
            ),
            rx.cond(run.point.coded, _where_to_scan(), _nothing_to_scan()),
        ),
        rx.cond(
            run.point.coded, rx.cond(run.hand_open, _by_hand(run), _offer_hand()), rx.fragment()
        ),
        gap=3,
    )


def _where_to_scan() -> rx.Component:
    return rx.el.div(
        icon("qr-code", size=88, class_name="text-primary"),
        rx.el.p(t("run.scan_hint"), class_name="text-base text-muted"),
        class_name="flex flex-col items-center gap-3 rounded-card border border-line "
        "bg-raised py-10",
    )


def _nothing_to_scan() -> rx.Component:
    return notice(t(f"run.hand.{NO_CODE}"), tone="neutral", sign="hammer")


def _offer_hand() -> rx.Component:
    return text_button(
        t("run.by_hand"), id="by-hand", on_click=do("openHand"), class_name="self-center"
    )


def _by_hand(run: Any) -> rx.Component:
    reasons = [
        button(
            t(f"run.hand.{reason}"),
            id=f"hand-{reason}",
            on_click=do("confirmByHand", reason),
            class_name="w-full",
        )
        for reason in HAND_OFFERED
    ]
    return card(
        rx.el.h3(t("run.hand_why"), class_name="text-lg font-semibold"),
        stack(*reasons, gap=2),
        text_field(
            t("run.hand_other"),
            default_value=run.hand_reason,
            on_change=do("setHandReason"),
            id="hand-other",
        ),
        rx.cond(
            run.hand_reason != "",
            button(
                t("run.hand_confirm"),
                sign="check",
                variant="primary",
                on_click=do("confirmByHand", ""),
                class_name="w-full",
            ),
            rx.fragment(),
        ),
        text_button(t("nav.cancel"), on_click=do("closeHand"), class_name="self-center"),
        class_name="flex flex-col gap-3",
    )


def _questions(run: Any) -> rx.Component:
    point = run.point
    return stack(
        row(
            rx.cond(
                (point.method == "hand") & point.coded,
                badge(t("run.arrived_hand", at=clock(point.arrived_at)), sign="hand", tone="warn"),
                badge(
                    t("run.arrived", at=clock(point.arrived_at)), sign="map-pin-check", tone="ok"
                ),
            ),
            class_name="justify-between",
        ),
        challenge_part(point.challenge),
        rx.cond(
            point.can_pass_all,
            button(
                t("run.all_pass"),
                sign="check-check",
                id="pass-all",
                variant="ok",
                on_click=do("passAll"),
                class_name="w-full min-h-14 text-lg",
            ),
            rx.fragment(),
        ),
        rx.foreach(point.rows, answer_row),
        gap=3,
    )
