"""The frame of an office page: places at the left on a tablet, below on a phone."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from propapp.offline.shell import TABS, me, session_notice
from propapp.ui.client import centred
from propapp.ui.kit import icon, spoken
from propapp.ui.kit.basics import cx
from propapp.ui.text import local, t


def office_page(
    *children: Any,
    site: Any,
    sites: Any = None,
    on_choose: Any = None,
    back: str = "",
    place: str = "",
) -> rx.Component:
    """A page that is nothing without its server, and says so when the server is away.

    ``place`` is which of the office's own places this is; a page behind another has none.
    """
    return rx.el.div(
        _places(),
        rx.el.header(
            rx.el.div(
                _way_back(back) if back else rx.fragment(),
                _site(site, sites, on_choose),
                live_light(),
                class_name="mx-auto flex w-full max-w-7xl items-center gap-2 px-4 lg:px-6 h-16",
            ),
            class_name="bg-raised border-b border-line",
        ),
        rx.el.main(
            session_notice(),
            _office_places(place, site) if place else rx.fragment(),
            *children,
            class_name="mx-auto w-full max-w-7xl flex flex-col gap-6 px-4 lg:px-6 pt-4 "
            "pb-28 lg:pb-8",
        ),
        class_name="min-h-dvh bg-surface text-text lg:pl-20",
    )


# The office's own places: which word, where, and who sees them.
OFFICE_PLACES: tuple[tuple[str, str, str, str], ...] = (
    ("board", "/board", "layout-dashboard", "board:read"),
    ("goals", "/goals", "target", "goal:read"),
    ("plans", "/plans", "clipboard-list", "plan:read"),
    ("schedules", "/schedules", "calendar-clock", "schedule:read"),
    ("roster", "/roster", "calendar-days", "roster:read"),
    ("standards", "/standards", "book-open-check", "standard:read"),
    ("people", "/people", "users-round", "staff:write"),
    ("sheets", "/sheets", "file-spreadsheet", "plan:read"),
    ("reports", "/reports", "file-text", "report:make"),
)

_HERE = "office-here"


def _office_places(here: str, site: Any) -> rx.Component:
    """One row; on a phone it is pushed sideways, and the place of the moment is in view."""
    return rx.el.nav(
        rx.el.ul(
            *[_office_place(*one, here=here, site=site) for one in OFFICE_PLACES],
            class_name="flex gap-2 lg:gap-1.5 overflow-x-auto lg:flex-wrap lg:overflow-visible "
            "-mx-4 px-4 -my-1 py-1 lg:mx-0 lg:px-0 min-h-14 [scrollbar-width:none]",
        ),
        aria_label=t("office.places"),
        custom_attrs={"data-places": centred(_HERE, me.permissions.length())},
    )


def _office_place(  # noqa: PLR0913 - what a place is
    code: str, href: str, sign: str, needs: str, *, here: str, site: Any
) -> rx.Component:
    is_here = code == here
    entry = office_link(
        icon(sign, size=18),
        t(f"office.place.{code}"),
        href=href + "?site=" + site.id,
        aria_current="page" if is_here else "false",
        **({"id": _HERE} if is_here else {}),
        class_name=cx(
            "inline-flex items-center gap-1.5 min-h-12 rounded-control px-3 font-medium border-2 "
            "whitespace-nowrap",
            "border-primary bg-primary-soft text-primary-strong"
            if is_here
            else "border-line bg-raised text-text",
        ),
    )
    return rx.cond(me.permissions.contains(needs), rx.el.li(entry), None)


def office_link(*children: Any, href: Any, **props: Any) -> rx.Component:
    """A link that loads its page afresh, so that this page's connection ends with it."""
    return rx.el.a(*children, href=href, **props)


def live_light() -> rx.Component:
    """Whether what is shown is what is, as a sign and a word."""
    away = rx.el.span(
        icon("wifi-off", size=20), t("board.away"), class_name="flex items-center gap-1.5 text-warn"
    )
    here = rx.el.span(
        icon("radio", size=20), t("board.live"), class_name="flex items-center gap-1.5 text-ok"
    )
    return rx.el.p(
        rx.cond(has_connection_errors, away, here),
        role="status",
        id="live-light",
        class_name="shrink-0 text-sm font-medium",
    )


def _way_back(href: str) -> rx.Component:
    return office_link(
        icon("chevron-left", size=26),
        spoken(t("nav.back")),
        href=href,
        class_name="inline-flex items-center justify-center min-h-12 min-w-12 -ml-3 "
        "rounded-control",
    )


def _site(site: Any, sites: Any, on_choose: Any) -> rx.Component:
    name = rx.el.p(
        local(site.name, site.name_en), class_name="text-lg font-semibold truncate flex-1 min-w-0"
    )
    if on_choose is None:
        return name

    def option(one: Any) -> rx.Component:
        return rx.el.option(local(one.name, one.name_en), value=one.id, key=one.id)

    choice = rx.el.label(
        spoken(t("board.site")),
        rx.el.select(
            rx.foreach(sites, option),
            value=site.id,
            on_change=on_choose,
            id="board-site",
            class_name="min-h-12 max-w-full rounded-control border-2 border-line bg-raised px-3 "
            "text-lg font-semibold",
        ),
        class_name="flex-1 min-w-0",
    )
    return rx.cond(sites.length() > 0, choice, name)


def _places() -> rx.Component:
    return rx.el.nav(
        rx.el.ul(
            *[_place(code, href, sign) for code, href, sign in TABS],
            class_name="flex items-stretch justify-around lg:flex-col lg:justify-start lg:gap-1 "
            "lg:pt-3",
        ),
        aria_label=t("nav.tabs"),
        class_name="fixed z-20 bg-raised border-line bottom-0 inset-x-0 border-t "
        "pb-[env(safe-area-inset-bottom)] lg:inset-y-0 lg:right-auto lg:w-20 lg:border-t-0 "
        "lg:border-r",
    )


def _place(code: str, href: str, sign: str) -> rx.Component:
    here = code == "board"
    entry = office_link(
        icon(sign, size=26),
        rx.el.span(t(f"nav.{code}"), class_name="text-xs"),
        href=href,
        aria_current="page" if here else "false",
        class_name=cx(
            "flex flex-col items-center justify-center gap-0.5 min-h-16 px-2",
            "text-primary font-semibold" if here else "text-muted",
        ),
    )
    return rx.cond(me.tabs.contains(code), rx.el.li(entry, class_name="flex-1 lg:flex-none"), None)
