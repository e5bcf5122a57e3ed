"""The frame of a phone page: where I am, whether my work has arrived, and the way to the rest."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do, view
from propapp.offline.views import MeView, SyncView, UnsavedView
from propapp.ui.kit import icon, link, notice, spoken
from propapp.ui.kit.basics import cx
from propapp.ui.text import local, t, word

me: Any = view("me", MeView)
sync: Any = view("sync", SyncView)
unsaved: Any = view("unsaved", UnsavedView)

_SYNC_SIGNS = {
    "offline": "cloud-off",
    "saved": "smartphone",
    "sending": "cloud-upload",
    "sent": "circle-check",
    "attention": "triangle-alert",
    "sign_in": "lock",
}
_SYNC_TONES = {
    "offline": "text-muted",
    "saved": "text-warn",
    "sending": "text-info",
    "sent": "text-ok",
    "attention": "text-danger",
    "sign_in": "text-danger",
}
MOST_UNREAD = 9
TABS: tuple[tuple[str, str, str], ...] = (
    ("board", "/board", "layout-dashboard"),
    ("today", "/today", "route"),
    ("orders", "/orders", "wrench"),
    ("my", "/my", "house"),
    ("messages", "/messages", "bell"),
    ("me", "/me", "circle-user-round"),
)


def sync_light() -> rx.Component:
    """A sign and a word for where my work is; a tap opens the outbox."""
    return link(
        rx.match(
            sync.sign,
            *[(code, icon(sign, size=20)) for code, sign in _SYNC_SIGNS.items()],
            icon("circle-dashed", size=20),
        ),
        rx.el.span(word("sync", sync.word)),
        rx.cond(
            sync.count > 0,
            rx.el.span(sync.count, class_name="tabular font-semibold"),
            rx.fragment(),
        ),
        href="/outbox",
        id="sync-light",
        custom_attrs={"data-word": sync.word},
        class_name=cx(
            "inline-flex items-center gap-1.5 min-h-12 px-3 -mr-3 text-sm font-medium "
            "rounded-control",
            rx.match(sync.sign, *_SYNC_TONES.items(), "text-muted"),
        ),
    )


def top_bar(title: Any, *, back: Any = "") -> rx.Component:
    """The place, the way back, and the sync light."""
    return rx.el.header(
        rx.el.div(
            _way_back(back),
            rx.el.h1(title, class_name="text-lg font-semibold truncate flex-1 min-w-0"),
            sync_light(),
            class_name="mx-auto flex w-full max-w-5xl items-center gap-2 px-4 h-14",
        ),
        class_name="sticky top-0 z-20 bg-raised border-b border-line",
    )


def _way_back(href: Any) -> rx.Component:
    """An arrow to there; nothing while there is nowhere to go back to."""
    arrow = link(
        icon("chevron-left", size=26),
        spoken(t("nav.back")),
        href=href,
        class_name="inline-flex items-center justify-center min-h-12 min-w-12 -ml-3"
        " rounded-control",
    )
    if isinstance(href, rx.Var):
        return rx.cond(href != "", arrow, rx.fragment())
    return arrow if href else rx.fragment()


def tab_bar(current: str) -> rx.Component:
    """At most four places, the same every day: at the thumb on a phone, a rail on a tablet."""
    return rx.el.nav(
        rx.el.ul(
            *[_tab(code, href, sign, current=code == current) for code, href, sign in TABS],
            class_name="mx-auto flex max-w-2xl items-stretch justify-around "
            "lg:flex-col lg:justify-start lg:gap-1 lg:pt-3",
        ),
        aria_label=t("nav.tabs"),
        class_name="fixed bottom-0 inset-x-0 z-20 bg-raised border-t border-line "
        "pb-[env(safe-area-inset-bottom)] h-[calc(4rem+env(safe-area-inset-bottom))] "
        "lg:right-auto lg:top-0 lg:h-auto lg:w-20 lg:border-t-0 lg:border-r",
    )


def _tab(code: str, href: str, sign: str, *, current: bool) -> rx.Component:
    look = "text-primary font-semibold" if current else "text-muted"
    entry = link(
        rx.el.span(
            icon(sign, size=26),
            rx.cond(me.unread > 0, _unread(), rx.fragment())
            if code == "messages"
            else rx.fragment(),
            class_name="relative",
        ),
        rx.el.span(t(f"nav.{code}"), class_name="text-xs"),
        href=href,
        aria_current="page" if current else "false",
        class_name=f"flex flex-col items-center justify-center gap-0.5 min-h-16 px-2 {look}",
    )
    return rx.cond(
        me.tabs.contains(code), rx.el.li(entry, class_name="flex-1 lg:flex-none"), rx.fragment()
    )


def _unread() -> rx.Component:
    return rx.el.span(
        rx.cond(me.unread > MOST_UNREAD, f"{MOST_UNREAD}+", me.unread.to(str)),
        spoken(t("nav.unread")),
        class_name="absolute -top-1.5 -right-3 min-w-5 h-5 px-1 rounded-full bg-danger "
        "text-on-danger "
        "text-xs font-semibold inline-flex items-center justify-center tabular",
    )


def session_notice() -> rx.Component:
    """The session has ended: everything stays on the phone until its person signs in again."""
    return rx.cond(
        sync.word == "sign_in",
        link(
            icon("lock", size=22),
            rx.el.span(t("sync.sign_in_notice"), class_name="flex-1"),
            rx.el.span(t("nav.sign_in"), class_name="font-semibold underline"),
            href="/sign-in",
            class_name="flex items-center gap-3 rounded-card bg-danger-soft text-danger px-4 py-3",
        ),
        rx.fragment(),
    )


def _unsaved_notice() -> rx.Component:
    """A tap came to nothing: over the page, wherever it is scrolled to, so that nobody goes on."""
    return rx.cond(
        unsaved.said,
        rx.el.div(
            icon("triangle-alert", size=20),
            rx.el.p(t("problem.not_saved"), class_name="flex-1 font-medium"),
            rx.el.button(
                t("nav.close"),
                type="button",
                on_click=do("unsavedSeen"),
                class_name="min-h-12 px-4 font-semibold underline",
            ),
            role="alert",
            id="unsaved",
            class_name="fixed inset-x-4 top-16 z-30 mx-auto max-w-2xl flex items-center gap-3 "
            "rounded-card bg-danger-soft text-danger pl-4 py-1 shadow-lg",
        ),
        rx.fragment(),
    )


def unkept_notice() -> rx.Component:
    """Before anything is kept here: the browser has not promised to keep it, and what to do."""
    return rx.cond(
        sync.unkept,
        notice(t("sync.not_persisted"), tone="warn", sign="shield-alert"),
        rx.fragment(),
    )


def phone_page(
    *children: Any,
    title: Any,
    tab: str = "",
    back: Any = "",
    action: Any = None,
    wide: bool = False,
) -> rx.Component:
    """One screen, one question; ``action`` is its one primary act, held at the thumb."""
    bottom = _action_bar(action, above_tabs=bool(tab)) if action is not None else rx.fragment()
    room = "pb-48" if tab and action is not None else "pb-28"
    return rx.el.div(
        top_bar(title, back=back),
        _unsaved_notice(),
        rx.el.main(
            session_notice(),
            *children,
            class_name=cx(
                "mx-auto w-full flex flex-col gap-4 px-4 pt-4",
                "max-w-5xl" if wide else "max-w-2xl",
                room,
            ),
        ),
        bottom,
        tab_bar(tab) if tab else rx.fragment(),
        class_name=cx("min-h-dvh bg-surface text-text", "lg:pl-20" if tab else ""),
    )


def _action_bar(action: Any, *, above_tabs: bool) -> rx.Component:
    place = (
        "bottom-[calc(4rem+env(safe-area-inset-bottom))] lg:bottom-0 lg:left-20"
        if above_tabs
        else "bottom-0 pb-[env(safe-area-inset-bottom)]"
    )
    return rx.el.section(
        rx.el.div(action, class_name="mx-auto max-w-2xl px-4 py-3"),
        aria_label=t("nav.action"),
        class_name=f"fixed inset-x-0 z-10 bg-raised border-t border-line {place}",
    )


def site_name() -> rx.Var:
    """The name of the place this person works or lives at."""
    return local(me.site, me.site_en)
