"""A checkpoint with its prints, and the form that prints new ones."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.sites.components.challenges import challenges_part
from propapp.features.sites.views import CodeCard, PointCard
from propapp.ui.kit import (
    Tone,
    button,
    card,
    fold_line,
    icon,
    link_button,
    muted,
    notice,
    stack,
    status_badge,
    text_field,
)
from propapp.ui.kit.forms import post_form
from propapp.ui.text import date_time, local, t, word

PRINT, SHEET = "/api/v1/codes/print", "/api/v1/codes/sheet"
# The form stands apart from the list, so that a print can be ended inside a row.
_FORM = "codes-form"
_STATES: dict[str, tuple[Tone, str, Any]] = {
    "none": ("danger", "circle-alert", t("office.codes.state.none")),
    "legacy": ("warn", "triangle-alert", t("office.codes.state.legacy")),
    "printed": ("info", "scan-line", t("office.codes.state.printed")),
    "up": ("ok", "circle-check", t("office.codes.state.up")),
}


def print_part(page: Any) -> rx.Component:
    """New codes for the chosen points; and the sheet of those that wait to be put up."""
    return card(
        stack(
            rx.cond(
                (page.problem != "") & (page.at_fault == ""),
                notice(
                    word("office.codes.problem", page.problem), tone="danger", sign="circle-alert"
                ),
                rx.fragment(),
            ),
            muted(t("office.codes.print_hint")),
            post_form(
                rx.el.input(type="hidden", name="site_id", value=page.site.id),
                button(t("office.codes.print"), sign="file-text", type="submit", variant="primary"),
                action=PRINT,
                method="post",
                custom_attrs={"id": _FORM},
            ),
            rx.cond(
                page.waiting > 0,
                link_button(
                    t("office.codes.sheet", count=page.waiting),
                    href=SHEET + "?site=" + page.site.id,
                    sign="file-text",
                    fresh=True,
                ),
                rx.fragment(),
            ),
        ),
    )


def point_item(point: rx.Var[PointCard], page: Any, acts: Any) -> rx.Component:
    """One checkpoint: chosen by its box, its prints below."""
    return rx.el.li(
        card(
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    name="checkpoint_ids",
                    value=point.id,
                    default_checked=point.state == "none",
                    class_name="size-6 accent-primary shrink-0",
                    custom_attrs={"form": _FORM},
                ),
                rx.el.span(
                    rx.el.span(local(point.name, point.name_en), class_name="font-semibold block"),
                    muted(point.where),
                    class_name="flex-1 min-w-0",
                ),
                status_badge(point.state, _STATES),
                class_name="flex items-center gap-3 min-h-12",
            ),
            rx.foreach(point.codes, lambda code: _code(code, page, acts)),
            rx.cond(
                point.ended > 0,
                muted(t("office.codes.ended", count=point.ended)),
                rx.fragment(),
            ),
            challenges_part(point, page, acts),
            class_name="flex flex-col gap-2",
        ),
        key=point.id,
        custom_attrs={"data-point": point.id, "data-state": point.state},
    )


def _code(code: rx.Var[CodeCard], page: Any, acts: Any) -> rx.Component:
    scanned = rx.cond(
        code.scanned_at != "",
        t("office.codes.scanned", at=date_time(code.scanned_at)),
        t("office.codes.not_scanned", at=date_time(code.printed_at)),
    )
    number = rx.cond(
        code.number > 0, t("office.codes.number", number=code.number), t("office.codes.unsigned")
    )
    return rx.el.details(
        fold_line(
            icon("qr-code", size=20, class_name="text-muted shrink-0"),
            rx.el.span(number, " · ", scanned, class_name="grow text-sm"),
            class_name="",
        ),
        rx.cond(
            (page.at_fault == code.id) & (page.problem != ""),
            notice(word("office.codes.problem", page.problem), tone="danger", sign="circle-alert"),
            rx.fragment(),
        ),
        rx.el.form(
            rx.el.input(type="hidden", name="code_id", value=code.id),
            text_field(t("office.codes.why"), name="why", max_length=400, required=True),
            button(t("office.codes.revoke"), sign="ban", type="submit", variant="danger"),
            on_submit=acts.revoke,
            class_name="flex flex-col gap-2",
        ),
        key=code.id,
        custom_attrs={"data-code": code.id},
    )
