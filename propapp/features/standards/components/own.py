"""The form of a clause of the company's own; nothing typed is lost by a refusal."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.standards.figures import Unit
from propapp.features.standards.models import ServiceArea
from propapp.features.standards.own import Floor, Subject
from propapp.features.standards.wording import MEASURES, PERCENT, UNITS, LevelRow, LimitRow
from propapp.ui.kit import (
    button,
    card,
    icon,
    link_button,
    muted,
    number_field,
    row,
    section_title,
    select_field,
    text_area,
    text_field,
    tick_field,
)
from propapp.ui.kit.basics import cx
from propapp.ui.kit.fields import problem_line
from propapp.ui.text import local, t, word


def own_form(page: Any, acts: Any) -> rx.Component:
    """What it is about, what it asks, what proves it, and why it is written."""
    one = page.wording
    return rx.el.form(
        _about(page, acts),
        _law(page),
        rx.el.div(
            rx.foreach(one.levels, lambda level: _level(level, page)),
            class_name=cx(
                "grid gap-4 items-start", rx.cond(one.levels.length() > 1, "lg:grid-cols-2", "")
            ),
        ),
        _proof(page),
        _why(page),
        on_submit=acts.keep,
        key=page.begun.to(str),
        id="own-form",
        class_name="flex flex-col gap-6",
    )


def _odd(page: Any, field: str) -> Any:
    """What is odd about a field, in the page's own words."""
    return rx.cond(page.wrong == field, t(f"own.wrong.{field}"), "")


def _odd_level(page: Any, kind: str, level: Any) -> Any:
    at = rx.Var.create(f"{kind}.") + level.number.to(str)
    return rx.cond(page.wrong == at, t(f"own.wrong.{kind}"), "")


def _about(page: Any, acts: Any) -> rx.Component:
    one = page.wording
    new = rx.fragment(
        text_field(
            t("own.number"),
            name="number",
            hint=t("own.number_hint"),
            placeholder="Q01",
            max_length=20,
            required=True,
            problem=_odd(page, "number"),
        ),
        select_field(
            t("own.area"),
            rx.fragment(
                *[rx.el.option(t(f"office.area.{area}"), value=area) for area in ServiceArea]
            ),
            name="area",
            default_value=ServiceArea.ORDER.value,
        ),
        select_field(
            t("own.subject"),
            rx.fragment(
                rx.el.option(t("own.subject_none"), value=""),
                rx.foreach(page.subjects, _subject),
            ),
            name="subject",
            id="own-subject",
            hint=t("own.subject_hint"),
            on_change=acts.choose_subject,
        ),
    )
    return card(
        section_title(t("own.about")),
        rx.el.div(
            rx.cond(one.id == "", new, rx.fragment()),
            text_field(
                t("own.heading"),
                name="heading",
                default_value=one.title,
                max_length=120,
                required=True,
                problem=_odd(page, "title"),
            ),
            text_field(
                t("own.heading_en"),
                name="heading_en",
                default_value=one.title_en,
                max_length=200,
            ),
            text_field(
                t("own.starts"),
                name="starts",
                type="date",
                hint=t("own.starts_hint"),
                default_value=one.starts,
                required=True,
                problem=_odd(page, "starts"),
            ),
            text_field(
                t("own.source"),
                name="source",
                hint=t("own.source_hint"),
                default_value=one.source,
                max_length=300,
                required=True,
                problem=_odd(page, "source"),
            ),
            class_name="grid gap-4 lg:grid-cols-2 items-start",
        ),
        class_name="flex flex-col gap-4",
    )


def _subject(one: rx.Var[Subject]) -> rx.Component:
    return rx.el.option(local(one.name, one.name_en), value=one.code, key=one.code)


def _law(page: Any) -> rx.Component:
    """What may not be gone below, said before anything is typed; and again where it was."""
    return rx.cond(
        page.floors.length() > 0,
        rx.el.section(
            rx.el.h2(
                icon("scale", size=20),
                t("own.law"),
                class_name="flex items-center gap-2 font-semibold",
            ),
            rx.el.ul(rx.foreach(page.floors, _floor), class_name="flex flex-col gap-1"),
            problem_line(rx.cond(page.wrong == "law", local(page.problem, page.problem_en), "")),
            id="own-law",
            class_name="flex flex-col gap-2 rounded-card border-2 border-info bg-info-soft p-4",
        ),
        problem_line(rx.cond(page.wrong == "law", local(page.problem, page.problem_en), "")),
    )


def _floor(one: rx.Var[Floor]) -> rx.Component:
    return rx.el.li(
        rx.el.span(one.number, class_name="tabular font-medium"),
        rx.cond(one.often != "", rx.el.span(local(one.often, one.often_en)), rx.fragment()),
        rx.foreach(one.limits, _limit_said),
        class_name="flex flex-wrap gap-x-3",
    )


def _limit_said(one: rx.Var[LimitRow]) -> rx.Component:
    return rx.el.span(
        word("own.measure", one.measure),
        " ",
        rx.cond(one.most, t("own.at_most"), t("own.at_least")),
        " ",
        one.value,
        " ",
        rx.cond(one.unit == PERCENT, PERCENT, word("own.unit", one.unit)),
    )


def _unit(code: str) -> Any:
    return code if code == PERCENT else t(f"own.unit.{code}")


def _level(level: rx.Var[LevelRow], page: Any) -> rx.Component:
    at = level.number.to(str)
    return card(
        rx.el.h2(
            rx.cond(level.code != "", local(level.name, level.name_en), t("own.asks")),
            class_name="text-lg font-semibold",
        ),
        text_area(
            t("own.text"),
            name="text." + at,
            default_value=level.text,
            max_length=300,
            rows=2,
            hint=rx.cond(level.code != "", t("own.text_hint"), ""),
            problem=_odd_level(page, "text", level),
        ),
        text_field(
            t("own.text_en"), name="text_en." + at, default_value=level.text_en, max_length=300
        ),
        _often(level, page),
        rx.el.fieldset(
            rx.el.legend(t("own.limits"), class_name="font-medium"),
            rx.el.div(
                rx.foreach(level.limits, lambda one: _limit(one, at)),
                class_name="flex flex-col gap-3",
            ),
            problem_line(_odd_level(page, "limits", level)),
        ),
        rx.cond(
            level.code != "",
            tick_field(t("own.demanded"), name="demanded." + at, checked=level.demanded),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-4",
        custom_attrs={"data-level": level.code},
    )


def _often(level: rx.Var[LevelRow], page: Any) -> rx.Component:
    at = level.number.to(str)
    return rx.el.fieldset(
        rx.el.legend(t("own.often"), class_name="font-medium"),
        rx.el.div(
            number_field(
                t("own.every"),
                name="span." + at,
                default_value=level.span,
                input_mode="numeric",
            ),
            select_field(
                t("own.unit"),
                rx.fragment(*[rx.el.option(t(f"own.period.{one}"), value=one) for one in Unit]),
                name="unit." + at,
                default_value=level.unit,
            ),
            number_field(
                t("own.times"),
                name="times." + at,
                default_value=level.times,
                input_mode="numeric",
            ),
            class_name="grid grid-cols-3 gap-2",
        ),
        muted(t("own.often_hint")),
        problem_line(_odd_level(page, "often", level)),
    )


def _limit(one: rx.Var[LimitRow], level: Any) -> rx.Component:
    at = level + "." + one.number.to(str)
    return rx.el.div(
        select_field(
            t("own.measure"),
            rx.fragment(
                rx.el.option(t("own.measure_none"), value=""),
                *[rx.el.option(t(f"own.measure.{code}"), value=code) for code in MEASURES],
            ),
            name="measure." + at,
            default_value=one.measure,
        ),
        select_field(
            t("own.sign"),
            rx.fragment(
                rx.el.option(t("own.at_most"), value="most"),
                rx.el.option(t("own.at_least"), value="least"),
            ),
            name="sign." + at,
            default_value=rx.cond(one.most, "most", "least"),
        ),
        number_field(t("own.value"), name="value." + at, default_value=one.value),
        select_field(
            t("own.value_unit"),
            rx.fragment(*[rx.el.option(_unit(unit), value=unit) for unit in UNITS]),
            name="limit_unit." + at,
            default_value=one.unit,
        ),
        class_name="grid grid-cols-2 gap-2 items-end",
    )


def _proof(page: Any) -> rx.Component:
    one = page.wording
    return card(
        section_title(t("own.proof")),
        muted(t("own.proof_hint")),
        rx.el.div(
            number_field(
                t("own.photos"),
                name="photos",
                default_value=one.photos,
                input_mode="numeric",
                problem=_odd(page, "photos"),
            ),
            tick_field(t("own.scan"), name="scan", checked=one.scan),
            tick_field(t("own.document"), name="document", checked=one.document),
            class_name="grid gap-4 sm:grid-cols-3 items-end",
        ),
        class_name="flex flex-col gap-3",
    )


def _why(page: Any) -> rx.Component:
    one = page.wording
    return card(
        text_area(
            t("own.reason"),
            name="reason",
            hint=t("own.reason_hint"),
            max_length=400,
            required=True,
            rows=2,
            problem=_odd(page, "reason"),
        ),
        problem_line(_odd(page, "law_words")),
        problem_line(rx.cond(page.wrong != "law", local(page.problem, page.problem_en), "")),
        row(
            button(t("own.keep"), sign="check", variant="primary", type="submit", id="own-keep"),
            link_button(
                t("nav.close"),
                sign="x",
                variant="secondary",
                href=rx.cond(one.id != "", "/standards/clause?clause=" + one.id, "/standards"),
                fresh=True,
            ),
        ),
        class_name="flex flex-col gap-4",
    )
