"""The outbox: every thing done here and how far it has come; it never says more than is true."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.people.components import export_part
from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page
from propapp.offline.views import OutboxLine, OutboxView
from propapp.ui.kit import (
    Tone,
    button,
    card,
    empty,
    icon,
    muted,
    notice,
    progress_bar,
    row,
    section_title,
    skeleton,
    stack,
    status_badge,
)
from propapp.ui.page import page
from propapp.ui.text import ago, date_time, local, t, word

outbox: Any = view("outbox", OutboxView)

STATES: dict[str, tuple[Tone, str, Any]] = {
    "saved": ("warn", "smartphone", t("state.saved")),
    "sending": ("info", "cloud-upload", t("state.sending")),
    "sent": ("ok", "circle-check", t("state.sent")),
    "attention": ("danger", "triangle-alert", t("state.attention")),
}


@page("/outbox")
def outbox_page() -> rx.Component:
    """What waits, what went lately, and how much room there is."""
    return phone_page(
        rx.cond(outbox.ready, _ready(), skeleton(lines=3)),
        title=t("outbox.title"),
        back="/",
        action=rx.cond(
            outbox.waiting.length() > 0,
            button(
                t("outbox.retry"),
                sign="cloud-upload",
                variant="primary",
                id="send-now",
                on_click=do("retryNow"),
                class_name="w-full min-h-14 text-lg",
            ),
            muted(t("outbox.nothing_lost")),
        ),
    )


def _ready() -> rx.Component:
    return stack(
        rx.cond(outbox.cleared, _cleared(), rx.fragment()),
        rx.cond(outbox.busy, _progress(), rx.fragment()),
        rx.cond(
            outbox.waiting.length() > 0,
            stack(
                section_title(t("outbox.waiting")),
                rx.el.ul(rx.foreach(outbox.waiting, _line), class_name="flex flex-col gap-2"),
                gap=2,
            ),
            empty("inbox", t("outbox.empty"), _what_it_means()),
        ),
        rx.cond(outbox.waiting.length() > 0, export_part(), rx.fragment()),
        rx.cond(
            outbox.other_people > 0,
            notice(
                t("outbox.other_person", count=outbox.other_people),
                tone="neutral",
                sign="users-round",
            ),
            rx.fragment(),
        ),
        _contact(),
        rx.cond(
            outbox.recent.length() > 0,
            stack(
                section_title(t("outbox.recent")),
                rx.el.ul(rx.foreach(outbox.recent, _line), class_name="flex flex-col gap-2"),
                gap=2,
            ),
            rx.fragment(),
        ),
        _storage(),
        gap=5,
    )


def _what_it_means() -> rx.Var[str]:
    """An empty outbox says that all arrived only where the phone can know it."""
    unsure = rx.cond(outbox.cleared, t("outbox.empty_cleared"), t("outbox.empty_unsure"))
    return rx.cond(outbox.sure, t("outbox.empty_hint"), unsure)


def _cleared() -> rx.Component:
    """What was here is gone: said plainly, with what to do, until its person has read it."""
    return rx.el.section(
        row(
            icon("triangle-alert", size=24),
            rx.el.h2(t("cleared.title"), class_name="font-semibold text-lg"),
        ),
        rx.cond(
            outbox.cleared_unsent > 0,
            rx.el.p(t("cleared.unsent", count=outbox.cleared_unsent), class_name="font-medium"),
            rx.fragment(),
        ),
        rx.el.p(t("cleared.what_to_do")),
        button(t("cleared.seen"), sign="check", on_click=do("clearedSeen"), id="cleared-seen"),
        id="cleared",
        role="alert",
        class_name="flex flex-col gap-3 rounded-card bg-danger-soft text-danger p-4",
    )


def _progress() -> rx.Component:
    return stack(
        rx.el.p(t("outbox.progress", done=outbox.done, total=outbox.total), role="status"),
        progress_bar(outbox.done, outbox.total, label=t("sync.sending")),
        gap=1,
    )


def _line(line: rx.Var[OutboxLine]) -> rx.Component:
    return rx.el.li(
        card(
            row(
                rx.el.div(
                    rx.el.p(word("kind", line.kind), class_name="font-semibold"),
                    muted(local(line.title, line.title_en)),
                    class_name="min-w-0 flex-1",
                ),
                status_badge(line.state, STATES),
                gap=3,
            ),
            row(
                muted(ago(line.at)),
                rx.cond(
                    line.photos_total > 0,
                    row(
                        icon("image", size=16, class_name="text-muted"),
                        muted(t("outbox.photos", sent=line.photos_sent, total=line.photos_total)),
                        gap=1,
                    ),
                    rx.fragment(),
                ),
                gap=4,
            ),
            rx.cond(line.state == "attention", _trouble(line), rx.fragment()),
            class_name="flex flex-col gap-1",
        ),
        key=line.id,
        custom_attrs={"data-operation": line.id, "data-state": line.state},
    )


def _trouble(line: rx.Var[OutboxLine]) -> rx.Component:
    """Why it did not arrive, what to do, and the button that does it."""
    again = rx.cond(line.advice == "redo", t("outbox.redo"), t("outbox.again"))
    return stack(
        rx.el.p(
            rx.cond(line.message != "", line.message, word("outbox.reason", line.reason)),
            class_name="text-danger font-medium",
        ),
        muted(word("outbox.advice", line.advice)),
        rx.cond(
            line.advice != "office",
            button(
                again,
                sign="refresh-cw",
                variant="secondary",
                on_click=do("sendAgain", line.id),
                custom_attrs={"data-again": line.id},
            ),
            rx.fragment(),
        ),
        gap=2,
    )


def _contact() -> rx.Component:
    return row(
        icon("radio-tower", size=20, class_name="text-muted"),
        muted(
            rx.cond(
                outbox.last_contact != "",
                t("outbox.last_contact", at=date_time(outbox.last_contact)),
                t("outbox.never"),
            )
        ),
    )


def _storage() -> rx.Component:
    return stack(
        section_title(t("outbox.storage")),
        rx.cond(
            outbox.persisted,
            notice(t("outbox.persisted"), tone="ok", sign="shield-check"),
            notice(t("sync.not_persisted"), tone="warn", sign="shield-alert"),
        ),
        muted(t("outbox.used", used=outbox.used_mb, free=outbox.free_mb)),
        gap=2,
    )
