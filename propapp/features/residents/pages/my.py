"""The owner's first screen: my home, my matters, and the way to report one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.residents.components import closed_matter, open_matter
from propapp.offline.bindings import view
from propapp.offline.shell import phone_page, site_name
from propapp.offline.views import MyView
from propapp.ui.kit import (
    empty,
    icon,
    link_button,
    notice,
    row,
    section_title,
    skeleton,
    stack,
)
from propapp.ui.page import page
from propapp.ui.text import local, t

my: Any = view("my", MyView)


@page("/my")
def my_page() -> rx.Component:
    """Where my matter is, when it will be done and who answers."""
    return phone_page(
        rx.cond(my.ready, _ready(), skeleton(lines=3)),
        title=site_name(),
        tab="my",
    )


def _ready() -> rx.Component:
    return stack(
        rx.cond(my.stale, _stale(), rx.fragment()),
        _greeting(),
        link_button(t("my.report"), href="/report", sign="megaphone", big=True, id="report"),
        rx.cond(
            (my.open.length() > 0) | (my.closed.length() > 0),
            stack(
                _section("open-matters", t("my.open"), my.open, open_matter),
                _section("closed-matters", t("my.closed"), my.closed, closed_matter),
                gap=6,
            ),
            empty("house", t("my.none"), t("my.none_hint")),
        ),
        gap=4,
    )


def _greeting() -> rx.Component:
    return rx.el.div(
        rx.el.h2(
            t("today.hello", name=local(my.name, my.name_en)), class_name="text-xl font-semibold"
        ),
        row(
            icon("house", size=20, class_name="text-primary"),
            rx.el.span(local(my.home_name, my.home_name_en), class_name="text-lg"),
        ),
    )


def _section(section_id: str, title: Any, matters: Any, matter: Any) -> rx.Component:
    return rx.cond(
        matters.length() > 0,
        rx.el.section(
            section_title(title),
            rx.el.ul(rx.foreach(matters, matter), class_name="flex flex-col gap-3"),
            id=section_id,
            class_name="flex flex-col gap-3",
        ),
        rx.fragment(),
    )


def _stale() -> rx.Component:
    return notice(t("my.stale"), tone="neutral", sign="cloud-off")
