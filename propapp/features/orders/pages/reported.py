"""After the report: how far it has come, and what happens next by when."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.kit import card, icon, link_button, muted, section_title, stack
from propapp.ui.text import date_time, t


def reported(report: Any) -> rx.Component:
    """Only what is true: kept on this phone, on its way, or arrived with its number."""
    return stack(
        rx.el.div(
            rx.match(
                report.send_state,
                ("sent", icon("circle-check-big", size=64, class_name="text-ok")),
                ("sending", icon("cloud-upload", size=64, class_name="text-info")),
                ("attention", icon("triangle-alert", size=64, class_name="text-danger")),
                icon("smartphone", size=64, class_name="text-warn"),
            ),
            rx.el.h2(
                rx.match(
                    report.send_state,
                    ("sent", t("report.sent")),
                    ("sending", t("report.sending")),
                    ("attention", t("report.attention")),
                    t("report.saved"),
                ),
                role="status",
                id="report-send-state",
                custom_attrs={"data-state": report.send_state},
                class_name="text-xl font-semibold text-balance",
            ),
            rx.cond(
                report.number != "",
                rx.el.p(t("report.number", number=report.number), class_name="text-lg tabular"),
                rx.fragment(),
            ),
            class_name="flex flex-col items-center gap-3 py-6 text-center",
        ),
        _next(report),
        link_button(
            t("report.follow"),
            href=rx.cond(report.own, "/my", "/orders?order=" + report.order_id),
            sign="arrow-right",
            big=True,
        ),
        gap=4,
    )


def _next(report: Any) -> rx.Component:
    promised = rx.el.ol(
        _promise("user-round-check", t("report.respond", at=date_time(report.respond_by))),
        _promise("wrench", t("report.repair", at=date_time(report.due_at))),
        rx.cond(report.own, _promise("thumbs-up", t("report.confirm")), rx.fragment()),
        class_name="flex flex-col gap-3",
    )
    return card(
        section_title(t("report.next")),
        rx.cond(report.due_at != "", promised, muted(t("report.promise_later"))),
        class_name="flex flex-col gap-3",
    )


def _promise(sign: str, text: Any) -> rx.Component:
    return rx.el.li(
        icon(sign, size=24, class_name="text-primary"),
        rx.el.span(text),
        class_name="flex items-center gap-3",
    )
