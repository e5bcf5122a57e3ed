"""Every site's day on one page, for whoever watches over many."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.overview import SiteDay
from propapp.features.boards.state.sites import SitesState
from propapp.offline.office import office_link, office_page
from propapp.ui.kit import Tone, badge, skeleton
from propapp.ui.page import page
from propapp.ui.text import local, t

sites: Any = SitesState


@page("/board/sites", on_load=SitesState.open)
def sites_page() -> rx.Component:
    """A row for each site, what is wrong first."""
    return office_page(
        rx.el.h1(t("office.sites.title"), class_name="text-xl font-semibold"),
        rx.cond(
            sites.ready,
            rx.el.ul(rx.foreach(sites.days, _site), class_name="grid gap-2 lg:grid-cols-2"),
            skeleton(lines=3),
        ),
        site=sites.site,
        back="/board",
    )


def _site(one: rx.Var[SiteDay]) -> rx.Component:
    return rx.el.li(
        office_link(
            # On a phone a line of its own: beside the counts a long name has no room.
            rx.el.span(
                local(one.name, one.name_en), class_name="font-semibold w-full lg:w-auto lg:grow"
            ),
            rx.el.span(
                t("board.rounds.of", done=one.done, total=one.total),
                class_name="tabular text-muted",
            ),
            _count(one.running, "board.rounds.running", "primary", "footprints"),
            _count(one.late, "board.rounds.late", "warn", "alarm-clock"),
            _count(one.missed - one.offline, "board.rounds.missed", "danger", "circle-x"),
            _count(one.offline, "office.sites.offline", "warn", "wifi-off"),
            _count(one.pressing, "office.sites.pressing", "danger", "siren"),
            href="/board?site=" + one.id,
            class_name="flex flex-wrap items-center gap-2 min-h-14 rounded-card border border-line "
            "bg-raised p-3 active:bg-sunken",
        ),
        key=one.id,
        custom_attrs={"data-site": one.id},
    )


def _count(count: Any, key: str, tone: Tone, sign: str) -> rx.Component:
    return rx.cond(count > 0, badge(t(key, count=count), tone=tone, sign=sign), rx.fragment())
