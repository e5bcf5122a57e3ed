"""Looking for clauses: words, the part of the service, the paper and its level."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.standards.cards import StandardChoice
from propapp.features.standards.models import ServiceArea
from propapp.ui.kit import button, select_field, text_field
from propapp.ui.text import local, t


def search_part(page: Any, acts: Any) -> rx.Component:
    """All that narrows the list."""
    return rx.el.div(
        _words(page, acts),
        rx.el.div(
            select_field(
                t("office.standards.standard"),
                rx.fragment(
                    rx.el.option(t("office.standards.all"), value=""),
                    rx.foreach(page.standards, _standard),
                ),
                value=page.asked.standard,
                on_change=acts.choose_standard,
                id="standard",
            ),
            select_field(
                t("office.standards.area"),
                rx.fragment(
                    rx.el.option(t("office.standards.all"), value=""),
                    *[
                        rx.el.option(t(f"office.area.{area.value}"), value=area.value)
                        for area in ServiceArea
                    ],
                ),
                value=page.asked.area,
                on_change=acts.choose_area,
                id="area",
            ),
            rx.cond(
                page.standard.levels.length() > 0,
                select_field(
                    t("office.standards.level"),
                    rx.fragment(
                        rx.el.option(t("office.standards.side_by_side"), value=""),
                        rx.foreach(page.standard.levels, _level),
                    ),
                    value=page.asked.level,
                    on_change=acts.choose_level,
                    id="level",
                ),
                rx.fragment(),
            ),
            class_name="grid gap-3 grid-cols-2 sm:grid-cols-3",
        ),
        class_name="flex flex-col gap-3",
    )


def _words(page: Any, acts: Any) -> rx.Component:
    return rx.el.form(
        rx.el.div(
            text_field(
                t("office.standards.words"),
                name="words",
                type="search",
                default_value=page.asked.words,
                key=page.ready.to(str),
                max_length=60,
                id="words",
            ),
            class_name="flex-1 min-w-0",
        ),
        button(t("office.standards.search"), sign="search", variant="primary", type="submit"),
        on_submit=acts.look_for,
        role="search",
        class_name="flex items-end gap-2",
    )


def _standard(one: rx.Var[StandardChoice]) -> rx.Component:
    own = rx.cond(one.name == "", t("office.standard_kind.company"), local(one.name, one.name_en))
    return rx.el.option(own, value=one.id, key=one.id)


def _level(one: Any) -> rx.Component:
    return rx.el.option(local(one["name"], one["name_en"]), value=one["code"], key=one["code"])
