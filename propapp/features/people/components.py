"""Taking unsent work to the office as a file."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do, view
from propapp.offline.views import ParcelView
from propapp.ui.kit import button, muted, notice, progress_bar, row, section_title, stack
from propapp.ui.text import t, word

parcel: Any = view("parcel", ParcelView)


def export_part() -> rx.Component:
    """A file of all that is unsent: made without a network, and nothing is deleted by it."""
    return stack(
        section_title(t("outbox.export")),
        muted(t("outbox.export_hint")),
        rx.match(
            parcel.state,
            ("packing", _packing()),
            ("ready", _ready()),
            ("failed", stack(_failed(), _begin(), gap=2)),
            _begin(),
        ),
        gap=2,
    )


def _begin() -> rx.Component:
    return button(
        t("outbox.export"),
        sign="file-lock",
        id="export-unsent",
        on_click=do("exportUnsent"),
        class_name="w-full",
    )


def _packing() -> rx.Component:
    return stack(
        rx.el.p(t("outbox.packing", done=parcel.done, total=parcel.total), role="status"),
        progress_bar(parcel.done, parcel.total, label=t("outbox.export")),
        gap=1,
    )


def _ready() -> rx.Component:
    facts = {
        "operations": parcel.operations,
        "photos": parcel.photos,
        "size": parcel.size,
    }
    return stack(
        notice(
            rx.el.p(t("outbox.packed", **facts), class_name="font-medium"),
            rx.el.p(parcel.name, class_name="text-sm break-all"),
            tone="ok",
            sign="file-check",
            role="status",
            id="parcel-ready",
        ),
        rx.cond(
            parcel.left_out > 0,
            notice(t("outbox.left_out", count=parcel.left_out), tone="warn", sign="triangle-alert"),
            rx.fragment(),
        ),
        row(
            rx.cond(
                parcel.can_share,
                button(
                    t("outbox.share_file"),
                    sign="share-2",
                    on_click=do("shareParcel"),
                    class_name="flex-1",
                ),
                rx.fragment(),
            ),
            button(
                t("outbox.save_file"),
                sign="download",
                id="save-parcel",
                on_click=do("saveParcel"),
                class_name="flex-1",
            ),
        ),
        gap=2,
    )


def _failed() -> rx.Component:
    return notice(
        word("outbox.export_problem", parcel.problem),
        tone="danger",
        sign="circle-alert",
        role="alert",
        id="parcel-problem",
    )
