"""Bringing a parcel of unsent work, and what became of it."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

from propapp.features.boards.parcel_views import ParcelCard, ParcelLine
from propapp.offline.office import office_link
from propapp.ui.client import tap
from propapp.ui.kit import (
    Tone,
    button,
    card,
    icon,
    muted,
    notice,
    progress_bar,
    row,
    stack,
    status_badge,
)
from propapp.ui.text import date_time, local, t, word

_LIBRARY = "$/public/ui/parcel_upload.js"
_STATES: dict[str, tuple[Tone, str, Any]] = {
    "waiting": ("info", "package-open", t("office.parcels.waiting")),
    "taken": ("ok", "package-check", t("office.parcels.taken")),
    "partly": ("warn", "package-minus", t("office.parcels.partly")),
    "failed": ("danger", "package-x", t("office.parcels.failed")),
}
_ITEMS: dict[str, tuple[Tone, str, Any]] = {
    "taken": ("ok", "circle-check", t("office.parcels.item.taken")),
    "known": ("neutral", "check-check", t("office.parcels.item.known")),
    "rejected": ("danger", "circle-x", t("office.parcels.item.rejected")),
    "quarantined": ("warn", "shield-alert", t("office.parcels.item.quarantined")),
    "conflict": ("warn", "git-fork", t("office.parcels.item.conflict")),
    "later": ("info", "refresh-cw", t("office.parcels.item.later")),
}


def _upload(name: str) -> rx.Var:
    data = VarData(
        imports={_LIBRARY: [ImportVar(tag="useUpload")]},
        hooks={"const upload_ = useUpload()": None},
    )
    return rx.Var(f"upload_.{name}", _var_data=data)


def bring_part() -> rx.Component:
    """Choose the file; what is wrong with it is said here, and nothing of it has come in."""
    busy, code = _upload("busy").to(bool), _upload("code").to(str)
    return card(
        stack(
            rx.el.h2(t("office.parcels.bring"), class_name="text-lg font-semibold"),
            muted(t("office.parcels.bring_hint")),
            rx.cond(code != "", _problem(code), rx.fragment()),
            rx.cond(busy, _sending(), _choose()),
        ),
    )


def _problem(code: rx.Var) -> rx.Component:
    message = _upload("message").to(str)
    return stack(
        notice(
            rx.cond(message != "", message, t("office.parcels.offline")),
            tone="danger",
            sign="circle-alert",
            role="alert",
            custom_attrs={"data-problem": code},
        ),
        rx.cond(
            code == "parcel_damaged",
            button(
                t("office.parcels.bring_partly"),
                sign="package-minus",
                id="bring-partly",
                on_click=tap(_LIBRARY, "bringPartly"),
            ),
            rx.fragment(),
        ),
        gap=2,
    )


def _choose() -> rx.Component:
    return rx.el.label(
        icon("file-up", size=24),
        rx.el.span(t("office.parcels.choose")),
        rx.el.input(
            type="file",
            accept=".unsent",
            id="parcel-file",
            on_change=tap(_LIBRARY, "bringParcel"),
            class_name="sr-only",
        ),
        class_name="inline-flex items-center justify-center gap-2 min-h-12 px-4 rounded-control "
        "bg-primary text-on-primary font-semibold active:bg-primary-strong "
        "focus-within:outline-3 focus-within:outline-focus",
    )


def _sending() -> rx.Component:
    percent = _upload("percent").to(int)
    return stack(
        rx.el.p(t("office.parcels.sending", percent=percent), role="status"),
        progress_bar(percent, 100, label=t("office.parcels.bring")),
        gap=1,
    )


def parcel_card(parcel: rx.Var[ParcelCard], shown: Any, lines: Any) -> rx.Component:
    """One parcel; what was in it stands under the one that is looked at."""
    return card(
        row(
            icon("package", size=24, class_name="text-primary shrink-0"),
            rx.el.p(
                local(parcel.author, parcel.author_en), class_name="font-semibold flex-1 min-w-0"
            ),
            status_badge(parcel.status, _STATES),
        ),
        muted(
            t(
                "office.parcels.brought",
                who=local(parcel.who, parcel.who_en),
                at=date_time(parcel.at),
                operations=parcel.operations,
                photos=parcel.photos,
            )
        ),
        rx.cond(
            parcel.status == "waiting",
            progress_bar(parcel.done, parcel.size, label=t("office.parcels.waiting")),
            rx.fragment(),
        ),
        _counts(parcel),
        rx.cond(
            parcel.problem != "",
            notice(
                word("office.parcels.problem", parcel.problem), tone="warn", sign="triangle-alert"
            ),
            rx.fragment(),
        ),
        rx.cond(
            parcel.id == shown,
            rx.el.ul(rx.foreach(lines, _line), class_name="flex flex-col divide-y divide-line"),
            office_link(
                t("office.parcels.open"),
                icon("chevron-right", size=20),
                href="/board/parcels?parcel=" + parcel.id,
                class_name="inline-flex items-center gap-1 min-h-12 self-start text-primary "
                "font-medium",
            ),
        ),
        class_name="flex flex-col gap-2",
        custom_attrs={"data-parcel": parcel.status},
    )


def _counts(parcel: Any) -> rx.Component:
    def count(key: str, value: Any, sign: str, tone: str) -> rx.Component:
        return rx.cond(
            value > 0,
            row(icon(sign, size=18), rx.el.span(t(key, count=value)), gap=1, class_name=tone),
            rx.fragment(),
        )

    return row(
        count("office.parcels.count.taken", parcel.taken, "circle-check", "text-ok"),
        count("office.parcels.count.known", parcel.known, "check-check", "text-muted"),
        count("office.parcels.count.trouble", parcel.trouble, "triangle-alert", "text-danger"),
        count("office.parcels.count.later", parcel.later, "refresh-cw", "text-warn"),
        class_name="flex-wrap gap-x-4 gap-y-1 font-medium tabular",
    )


def _line(line: rx.Var[ParcelLine]) -> rx.Component:
    return rx.el.li(
        row(
            rx.el.div(
                rx.el.p(
                    rx.cond(
                        line.kind == "photo", t("office.parcels.photo"), word("kind", line.kind)
                    ),
                    class_name="font-medium",
                ),
                rx.cond(line.at != "", muted(date_time(line.at)), rx.fragment()),
                class_name="min-w-0 flex-1",
            ),
            status_badge(line.status, _ITEMS),
            gap=3,
        ),
        rx.cond(
            line.reason != "",
            rx.el.p(local(line.reason, line.reason_en), class_name="text-sm text-muted"),
            rx.fragment(),
        ),
        key=line.id,
        class_name="py-2",
        custom_attrs={"data-item": line.status},
    )
