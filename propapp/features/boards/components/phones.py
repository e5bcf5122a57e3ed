"""A phone that lost something, and how it is settled; a phone that still holds something."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.lost_phones import LossCard, UnsentCard
from propapp.ui.kit import Tone, button, card, icon, muted, notice, row, status_badge, text_area
from propapp.ui.text import ago, date_time, local, t, word

KINDS: dict[str, tuple[Tone, str, Any]] = {
    "cleared": ("danger", "eraser", t("office.phone.kind.cleared")),
    "went_back": ("warn", "history", t("office.phone.kind.went_back")),
    "suspected": ("warn", "circle-help", t("office.phone.kind.suspected")),
}


def loss_card(
    loss: rx.Var[LossCard], *, at_fault: Any, problem: Any, on_settle: Any
) -> rx.Component:
    """Whose phone, since when, how much; the words that settle it are a must."""
    return card(
        row(
            rx.el.h2(local(loss.who, loss.who_en), class_name="font-semibold flex-1 min-w-0"),
            status_badge(loss.kind, KINDS),
        ),
        row(icon("smartphone", size=20, class_name="text-muted"), rx.el.span(loss.label)),
        rx.el.p(word("office.phone.why", loss.kind)),
        _figures(loss),
        rx.cond(
            loss.back_at != "",
            notice(
                t("office.phone.back", at=date_time(loss.back_at)), tone="info", sign="radio-tower"
            ),
            rx.fragment(),
        ),
        rx.cond(
            (at_fault == loss.id) & (problem != ""),
            notice(word("office.phone.problem", problem), tone="danger", sign="circle-alert"),
            rx.fragment(),
        ),
        rx.cond(loss.status == "open", _settling(loss, on_settle), _settled(loss)),
        key=loss.id,
        class_name="flex flex-col gap-2",
        custom_attrs={"data-loss": loss.id, "data-status": loss.status},
    )


def unsent_line(phone: rx.Var[UnsentCard]) -> rx.Component:
    """Whose phone, how much is left on it, and how long it has been silent."""
    return rx.el.li(
        row(
            rx.el.span(local(phone.who, phone.who_en), class_name="font-semibold flex-1 min-w-0"),
            rx.el.span(t("office.phone.left", count=phone.count), class_name="tabular"),
        ),
        row(
            muted(phone.label, class_name="flex-1 min-w-0"),
            muted(t("office.phone.heard_ago", ago=ago(phone.heard_at))),
        ),
        key=phone.id,
        class_name="flex flex-col gap-1 py-3",
        custom_attrs={"data-unsent": phone.id},
    )


def _figures(loss: Any) -> rx.Component:
    return rx.el.div(
        muted(
            rx.cond(
                loss.heard_at != "",
                t("office.phone.heard", at=date_time(loss.heard_at)),
                t("office.phone.never"),
            )
        ),
        muted(t("office.phone.noticed", at=date_time(loss.noticed_at))),
        rx.el.p(
            rx.match(
                loss.kind,
                ("went_back", t("office.phone.made", highest=loss.highest)),
                rx.cond(
                    loss.missing > 0,
                    t("office.phone.missing", highest=loss.highest, missing=loss.missing),
                    t("office.phone.arrived", highest=loss.highest),
                ),
            ),
            class_name="font-medium",
        ),
        rx.cond(
            loss.photos > 0,
            rx.el.p(t("office.phone.photos", photos=loss.photos), class_name="font-medium"),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-1",
    )


def _settling(loss: Any, on_settle: Any) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="loss_id", value=loss.id),
        text_area(t("office.phone.note"), name="note", max_length=800, rows=2),
        button(
            t("office.phone.settle"),
            sign="check",
            variant="primary",
            type="submit",
            class_name="w-full",
        ),
        on_submit=on_settle,
        class_name="flex flex-col gap-2",
    )


def _settled(loss: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(loss.note, class_name="whitespace-pre-line"),
        muted(
            t(
                "office.phone.settled",
                who=local(loss.settler, loss.settler_en),
                at=date_time(loss.settled_at),
            )
        ),
        class_name="flex flex-col gap-1 border-t border-line pt-2",
    )
