"""The outbox: every thing done here and how far it has come; it never says more than is true."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.people.components import export_part
from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page
from propapp.offline.views import LeftLine, NoticesView, OutboxLine, OutboxView
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
from propapp.ui.text import ago, date_time, duration, local, t, word

outbox: Any = view("outbox", OutboxView)
notices: Any = view("notices", NoticesView)

STATES: dict[str, tuple[Tone, str, Any]] = {
    "saved": ("warn", "smartphone", t("state.saved")),
    "sending": ("info", "cloud-upload", t("state.sending")),
    "sent": ("ok", "circle-check", t("state.sent")),
    "attention": ("danger", "triangle-alert", t("state.attention")),
    "told": ("neutral", "check", t("outbox.told_state")),
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
        rx.cond(notices.clock != "", _clock(), rx.fragment()),
        rx.cond(notices.level != "ok", _room(), rx.fragment()),
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
            notices.told.length() > 0,
            stack(
                section_title(t("outbox.told")),
                rx.el.ul(rx.foreach(notices.told, _line), class_name="flex flex-col gap-2"),
                gap=2,
            ),
            rx.fragment(),
        ),
        rx.cond(outbox.other_people > 0, _others(), rx.fragment()),
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
        rx.el.p(
            rx.cond(outbox.cleared_told, t("cleared.told"), t("cleared.untold")),
            id="cleared-told",
            data_told=outbox.cleared_told,
        ),
        rx.el.p(t("cleared.what_to_do")),
        button(t("cleared.seen"), sign="check", on_click=do("clearedSeen"), id="cleared-seen"),
        id="cleared",
        role="alert",
        class_name="flex flex-col gap-3 rounded-card bg-danger-soft text-danger p-4",
    )


def _clock() -> rx.Component:
    """A wrong clock spoils nothing, and its person alone can set it right."""
    gap = duration(notices.minutes)
    return notice(
        rx.el.p(
            rx.cond(
                notices.clock == "fast",
                t("outbox.clock_fast", gap=gap),
                t("outbox.clock_slow", gap=gap),
            ),
            class_name="font-semibold",
        ),
        rx.el.p(t("outbox.clock_what_to_do")),
        tone="warn",
        sign="clock-alert",
        role="status",
        id="clock-wrong",
    )


def _room() -> rx.Component:
    """Little room, or too little for photos: what still works, and how there is room again."""
    return rx.cond(notices.level == "red", _room_of("red", "danger"), _room_of("amber", "warn"))


def _room_of(level: str, tone: Tone) -> rx.Component:
    return notice(
        rx.el.p(t(f"outbox.room_{level}", free=outbox.free_mb), class_name="font-semibold"),
        rx.el.p(t(f"outbox.room_{level}_what_to_do")),
        tone=tone,
        sign="hard-drive",
        role="status",
        id="little-room",
        custom_attrs={"data-level": level},
    )


def _others() -> rx.Component:
    """Of whom how much is left here; what it is is nobody else's business."""
    return notice(
        rx.el.p(t("outbox.other_person", count=outbox.other_people), class_name="font-medium"),
        rx.el.ul(rx.foreach(notices.people, _left), class_name="flex flex-col gap-1 mt-1"),
        tone="neutral",
        sign="users-round",
        id="other-people",
    )


def _left(one: rx.Var[LeftLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(one.name != "", local(one.name, one.name_en), t("outbox.somebody")),
            class_name="font-medium",
        ),
        rx.cond(
            one.waiting > 0,
            rx.el.span(t("outbox.left_waiting", count=one.waiting)),
            rx.fragment(),
        ),
        rx.cond(
            one.attention > 0,
            rx.el.span(t("outbox.left_attention", count=one.attention), class_name="text-danger"),
            rx.fragment(),
        ),
        key=one.id,
        class_name="flex flex-wrap gap-x-3 tabular",
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
            rx.match(
                line.state,
                ("attention", _trouble(line)),
                ("told", muted(_why(line))),
                rx.fragment(),
            ),
            class_name="flex flex-col gap-1",
        ),
        key=line.id,
        custom_attrs={"data-operation": line.id, "data-state": line.state},
    )


def _trouble(line: rx.Var[OutboxLine]) -> rx.Component:
    """Why it did not arrive, what to do, and the button that does it.

    What the server has and judged needs no more than to be read, if its person leaves it at that.
    """
    again = rx.cond(line.advice == "redo", t("outbox.redo"), t("outbox.again"))
    nothing_to_do = (line.advice == "office") | (line.advice == "ended")
    return stack(
        rx.el.p(_why(line), class_name="text-danger font-medium"),
        muted(word("outbox.advice", line.advice)),
        row(
            rx.cond(
                ~nothing_to_do,
                button(
                    again,
                    sign="refresh-cw",
                    variant="secondary",
                    on_click=do("sendAgain", line.id),
                    class_name="flex-1",
                    custom_attrs={"data-again": line.id},
                ),
                rx.fragment(),
            ),
            rx.cond(
                nothing_to_do | (line.advice == "redo"),
                button(
                    t("outbox.seen"),
                    sign="check",
                    variant="secondary",
                    on_click=do("seen", line.id),
                    class_name="flex-1",
                    custom_attrs={"data-seen": line.id},
                ),
                rx.fragment(),
            ),
        ),
        gap=2,
    )


def _why(line: rx.Var[OutboxLine]) -> rx.Var[str]:
    return rx.cond(line.message != "", line.message, word("outbox.reason", line.reason))


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
