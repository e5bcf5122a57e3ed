"""Report trouble in under a minute: what, where, a few words, a photo."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.orders.components.marks import CATEGORIES
from propapp.features.orders.components.pictures import draft_photos
from propapp.features.orders.pages.reported import reported
from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page, unkept_notice
from propapp.offline.views import PlaceView, ReportView
from propapp.ui.client import type_into
from propapp.ui.kit import (
    big_button,
    button,
    icon,
    muted,
    section_title,
    select_field,
    skeleton,
    stack,
    text_area,
)
from propapp.ui.kit.basics import cx
from propapp.ui.kit.fields import problem_line
from propapp.ui.page import page
from propapp.ui.text import local, t, word

report: Any = view("report", ReportView)

# What is said most often of each kind of trouble, for a tap instead of typing.
_OFTEN: dict[str, tuple[str, ...]] = {
    "water": ("leak", "blocked", "no_water"),
    "electric": ("dark", "no_power", "socket"),
    "lift": ("stopped", "noise", "lift_door"),
    "door": ("no_close", "lock", "entry"),
    "fire": ("alarm", "extinguisher", "exit_blocked"),
    "cleaning": ("dirty", "rubbish", "smell"),
    "garden": ("branch", "dead_plant", "insects"),
    "public": ("broken", "loose", "wall"),
    "other": (),
    "complaint": (),
}
_TILE = (
    "flex flex-col items-center justify-center gap-1 min-h-20 rounded-card border-2 px-1 text-base "
)
# Nothing to mend: it stands apart from the kinds of trouble.
_APART = "complaint"
_LINE = "flex w-full items-center gap-3 min-h-14 px-3 rounded-control border-2 text-left text-base "
_CHOSEN = "border-primary bg-primary-soft text-primary-strong font-semibold"


@page("/report")
def report_page() -> rx.Component:
    """The owner's and everybody's way to say that something is broken."""
    return phone_page(
        rx.cond(
            report.ready,
            rx.cond(report.stage == "saved", reported(report), _writing()),
            skeleton(lines=4),
        ),
        title=t("report.title"),
        back=rx.cond(report.own, "/my", "/orders"),
        action=rx.cond(report.stage == "saved", _again(), _submit()),
    )


def _writing() -> rx.Component:
    return stack(
        unkept_notice(),
        _part("category_missing", t("report.what"), _categories()),
        _part("place_missing", t("report.where"), _places()),
        _part("photo_required", t("report.photos"), _photos()),
        _part("note_required", t("report.words"), _words()),
        rx.cond(_is_elsewhere(), problem_line(word("problem", report.problem)), rx.fragment()),
        gap=6,
    )


def _is_elsewhere() -> Any:
    placed = ("category_missing", "place_missing", "photo_required", "note_required")
    found = report.problem == ""
    for code in placed:
        found = found | (report.problem == code)
    return ~found


def _part(code: str, title: Any, body: rx.Component) -> rx.Component:
    return rx.el.section(
        section_title(title),
        body,
        rx.cond(report.problem == code, problem_line(t(f"problem.{code}")), rx.fragment()),
        class_name="flex flex-col gap-2",
    )


def _categories() -> rx.Component:
    return rx.el.div(
        *[_tile(code, sign) for code, sign in CATEGORIES.items()],
        role="radiogroup",
        aria_label=t("report.what"),
        class_name="grid grid-cols-3 gap-2",
    )


def _tile(code: str, sign: str) -> rx.Component:
    chosen = report.category == code
    return rx.el.button(
        icon(sign, size=28),
        t(f"category.{code}"),
        type="button",
        role="radio",
        aria_checked=rx.cond(chosen, "true", "false"),
        on_click=do("setReport", "category", code),
        class_name=cx(
            _TILE,
            "col-span-3" if code == _APART else "",
            rx.cond(chosen, _CHOSEN, "border-line bg-raised"),
        ),
        custom_attrs={"data-category": code},
    )


def _places() -> rx.Component:
    return rx.cond(
        report.own,
        stack(rx.foreach(report.units, _own_unit), _public()),
        stack(_public(), _units()),
    )


def _own_unit(unit: rx.Var[PlaceView]) -> rx.Component:
    chosen = report.place_id == unit.id
    return rx.el.button(
        icon("house", size=24),
        rx.el.span(t("report.home"), class_name="font-semibold"),
        rx.el.span(local(unit.name, unit.name_en), class_name="flex-1"),
        rx.cond(
            chosen, icon("circle-check", size=24), icon("circle", size=24, class_name="text-muted")
        ),
        type="button",
        aria_pressed=rx.cond(chosen, "true", "false"),
        on_click=do("setReport", "place_id", unit.id),
        class_name=cx(_LINE, rx.cond(chosen, _CHOSEN, "border-line bg-raised")),
        key=unit.id,
    )


def _public() -> rx.Component:
    return _choose("report-place", t("report.public"), report.places)


def _units() -> rx.Component:
    return rx.cond(
        report.units.length() > 0,
        _choose("report-unit", t("report.unit"), report.units),
        rx.fragment(),
    )


def _choose(field_id: str, label: Any, places: Any) -> rx.Component:
    def option(place: rx.Var[PlaceView]) -> rx.Component:
        return rx.el.option(local(place.name, place.name_en), value=place.id, key=place.id)

    return select_field(
        label,
        rx.fragment(rx.el.option(t("report.choose"), value=""), rx.foreach(places, option)),
        # The phone's own list shows what is chosen only if it is one of its places.
        value=report.place_id,
        on_change=do("setReport", "place_id"),
        id=field_id,
    )


def _photos() -> rx.Component:
    return draft_photos(
        report.photos,
        add="addReportPhoto",
        remove="removeReportPhoto",
        live=False,
        input_id="report-photo",
    )


def _words() -> rx.Component:
    often = [(code, _quick(code, words)) for code, words in _OFTEN.items() if words]
    return stack(
        rx.match(report.category, *often, rx.fragment()),
        text_area(
            t("report.words_label"),
            default_value=report.text,
            on_change=do("setReport", "text"),
            max_length=2000,
            rows=3,
            id="report-text",
        ),
        gap=2,
    )


def _quick(category: str, words: tuple[str, ...]) -> rx.Component:
    return rx.el.div(
        *[
            button(
                t(f"report.often.{one}"),
                on_click=type_into("report-text", t(f"report.often.{one}")),
                class_name="font-normal",
            )
            for one in words
        ],
        class_name="flex flex-wrap gap-2",
        key=category,
    )


def _submit() -> rx.Component:
    return stack(
        rx.cond(
            report.problem != "",
            muted(t("report.look"), class_name="text-center"),
            rx.fragment(),
        ),
        big_button(
            t("report.submit"), sign="send", id="submit-report", on_click=do("submitReport")
        ),
        gap=1,
    )


def _again() -> rx.Component:
    return big_button(
        t("report.again"),
        sign="plus",
        variant="secondary",
        id="new-report",
        on_click=do("newReport"),
    )
