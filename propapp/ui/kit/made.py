"""A file in the making: what it is about, how far it is, and the way to have it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.core.making.cards import MadeCard
from propapp.ui.kit.badges import Tone, status_badge
from propapp.ui.kit.basics import icon, muted, row, stack
from propapp.ui.kit.buttons import link_button
from propapp.ui.kit.cards import card
from propapp.ui.kit.progress import progress_bar
from propapp.ui.text import date_time, local, number, t

_STATES: dict[str, tuple[Tone, str, Any]] = {
    "waiting": ("info", "package", t("office.made.waiting")),
    "ready": ("ok", "package-check", t("office.made.ready")),
    "failed": ("danger", "package-x", t("office.made.failed")),
}


def made_list(made: Any, draw: Any, nothing: rx.Component) -> rx.Component:
    """The files, the newest first, or why there is none."""
    return rx.cond(
        made.length() > 0,
        rx.el.div(rx.foreach(made, draw), class_name="flex flex-col gap-3"),
        nothing,
    )


def made_file(made: rx.Var[MadeCard], *, sign: Any, address: str) -> rx.Component:
    """One file; ``address`` is where files of its kind are fetched."""
    return card(
        row(
            sign,
            rx.el.p(local(made.title, made.title_en), class_name="font-semibold flex-1 min-w-0"),
            status_badge(made.status, _STATES),
        ),
        muted(t("office.made.asked", who=local(made.who, made.who_en), at=date_time(made.at))),
        rx.match(
            made.status,
            ("waiting", _progress(made)),
            ("ready", _ready(made, address)),
            muted(t("office.made.failed_hint")),
        ),
        class_name="flex flex-col gap-2",
        custom_attrs={"data-made": made.status, "data-form": made.form},
    )


def made_sign(name: str) -> rx.Component:
    """The sign at the head of a file."""
    return icon(name, size=24, class_name="text-primary shrink-0")


def _progress(made: Any) -> rx.Component:
    return stack(
        progress_bar(made.done, made.total, label=t("office.made.progress")),
        rx.cond(
            made.total > 0,
            muted(t("office.made.steps", done=number(made.done), total=number(made.total))),
            muted(t("office.made.queued")),
        ),
        gap=1,
    )


def _ready(made: Any, address: str) -> rx.Component:
    return rx.el.div(
        link_button(
            t("office.made.download", size=number(made.megabytes)),
            href=address + "/" + made.id,
            sign="download",
            fresh=True,
            class_name="self-start",
        ),
        rx.el.p("SHA-256 " + made.sha256, class_name="text-xs text-muted break-all tabular"),
        class_name="flex flex-col gap-2",
    )
