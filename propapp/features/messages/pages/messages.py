"""Messages, newest first; a tap goes to the thing they speak of."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page
from propapp.offline.views import MessageLine, MessagesView
from propapp.ui.kit import badge, button, card_link, empty, icon, muted, skeleton, stack
from propapp.ui.kit.basics import cx
from propapp.ui.page import page
from propapp.ui.text import ago, sentence, t

messages: Any = view("messages", MessagesView)


@page("/messages")
def messages_page() -> rx.Component:
    """The third tab of everybody."""
    return phone_page(
        rx.cond(messages.ready, _ready(), skeleton(lines=4)),
        title=t("messages.title"),
        tab="messages",
    )


def _ready() -> rx.Component:
    return rx.cond(
        messages.lines.length() > 0,
        stack(
            rx.cond(
                messages.unread > 0,
                button(
                    t("messages.read_all"),
                    sign="check-check",
                    on_click=do("markMessagesRead"),
                    class_name="self-end",
                ),
                rx.fragment(),
            ),
            rx.el.ul(rx.foreach(messages.lines, _line), class_name="flex flex-col gap-2"),
        ),
        empty("bell", t("messages.empty"), t("messages.empty_hint")),
    )


def _line(line: rx.Var[MessageLine]) -> rx.Component:
    return rx.el.li(
        card_link(
            icon("message-square-text", size=24, class_name="text-primary mt-0.5"),
            rx.el.div(
                rx.el.p(
                    sentence("message", line.kind, line.facts),
                    class_name=rx.cond(line.unread, "font-semibold", ""),
                ),
                muted(ago(line.created_at)),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(
                line.unread,
                badge(t("messages.new"), tone="danger", class_name="self-start"),
                rx.fragment(),
            ),
            href=line.href,
            # A page of the office needs the server, so it loads afresh.
            fresh=line.href.startswith("/plans") | line.href.startswith("/roster"),
            class_name=cx("flex gap-3", rx.cond(line.unread, "border-primary", "")),
        ),
        key=line.id,
    )
