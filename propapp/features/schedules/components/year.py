"""Twelve months with what each day is, the breaks in words, and the form of a year's notice."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.core.dates.workdays import Festival
from propapp.features.schedules.components.form import problem
from propapp.features.schedules.years import Break, DayCell, MonthGrid
from propapp.ui.kit import button, card, muted, notice, row, section_title, spoken, text_field
from propapp.ui.kit.basics import cx
from propapp.ui.text import date, t, word

_LOOKS = {
    "holiday": "bg-danger-soft text-danger font-semibold",
    "make_up_workday": "bg-warn-soft text-warn font-semibold",
    "rest_day": "text-muted",
}
_MARKED = ("holiday", "make_up_workday")


def known_part(page: Any) -> rx.Component:
    """Whether the exchanges of days are known: the mark that nobody may overlook."""
    return rx.match(
        page.known,
        ("announced", notice(t("office.year.announced"), tone="ok", sign="circle-check")),
        (
            "entered",
            notice(t("office.year.entered", source=page.source), tone="ok", sign="circle-check"),
        ),
        notice(
            rx.el.p(t("office.year.unknown", year=page.named), class_name="text-lg font-semibold"),
            rx.el.p(t("office.year.unknown_hint")),
            tone="warn",
            sign="triangle-alert",
            id="year-unknown",
        ),
    )


def months_part(page: Any) -> rx.Component:
    """The year at a glance; each mark is a word as well as a colour."""
    return rx.el.section(
        rx.el.div(
            *[
                rx.el.span(
                    rx.el.span(
                        t(f"office.year.mark.{kind}"),
                        class_name=f"rounded-control px-2 {_LOOKS[kind]}",
                    ),
                    t(f"office.day.{kind}"),
                    class_name="inline-flex items-center gap-1.5",
                )
                for kind in _MARKED
            ],
            muted(t("office.year.workdays", count=page.workdays)),
            class_name="flex flex-wrap items-center gap-4",
        ),
        rx.el.ol(
            rx.foreach(page.months, _month),
            class_name="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4",
        ),
        class_name="flex flex-col gap-3",
    )


def _month(month: rx.Var[MonthGrid]) -> rx.Component:
    return rx.el.li(
        rx.el.h2(word("office.year.month", month.month), class_name="font-semibold"),
        rx.el.div(
            *[
                rx.el.span(t(f"office.year.column.{day}"), class_name="text-center")
                for day in range(7)
            ],
            aria_hidden="true",
            class_name="grid grid-cols-7 gap-1 text-xs text-muted mt-2",
        ),
        rx.el.ol(
            rx.foreach(month.days, _day), class_name="grid grid-cols-7 gap-1 text-sm tabular mt-1"
        ),
        key=month.month,
        custom_attrs={"data-month": month.month},
        class_name="rounded-card border border-line bg-raised p-3",
    )


def _day(day: rx.Var[DayCell]) -> rx.Component:
    return rx.el.li(
        day.number,
        rx.match(
            day.kind,
            *[
                (
                    kind,
                    rx.fragment(
                        rx.el.span(
                            t(f"office.year.mark.{kind}"),
                            aria_hidden="true",
                            class_name="text-xs leading-none",
                        ),
                        spoken(t(f"office.day.{kind}")),
                    ),
                )
                for kind in _MARKED
            ],
            rx.fragment(),
        ),
        key=day.number,
        style={"gridColumnStart": day.column},
        custom_attrs={"data-kind": day.kind},
        class_name=cx(
            "flex flex-col items-center justify-center min-h-11 py-1 leading-tight rounded-control",
            rx.match(day.kind, *_LOOKS.items(), ""),
        ),
    )


def breaks_part(page: Any) -> rx.Component:
    """Each break in one line: from when, until when, and which weekends are worked for it."""
    return rx.el.section(
        section_title(t("office.year.breaks")),
        rx.el.ul(
            rx.foreach(page.breaks, _break), class_name="grid gap-2 lg:grid-cols-2 items-start"
        ),
        id="year-breaks",
        class_name="flex flex-col gap-2",
    )


def _break(one: rx.Var[Break]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(
                one.name != "", word("office.year.festival", one.name), t("office.day.holiday")
            ),
            class_name="font-semibold min-w-20",
        ),
        rx.el.span(
            rx.cond(
                one.count > 1,
                t(
                    "office.year.from_to",
                    first=date(one.first),
                    last=date(one.last),
                    count=one.count,
                ),
                date(one.first),
            ),
            class_name="tabular",
        ),
        rx.cond(
            one.make_ups.length() > 0,
            rx.el.span(
                t("office.year.made_up_by"),
                rx.foreach(
                    one.make_ups,
                    lambda day: rx.el.span(date(day), key=day, class_name="whitespace-nowrap"),
                ),
                class_name="text-warn tabular flex flex-wrap gap-x-3",
            ),
            rx.fragment(),
        ),
        key=one.first,
        custom_attrs={"data-break": one.name},
        class_name="flex flex-wrap items-baseline gap-x-4 rounded-card border border-line "
        "bg-raised px-4 py-3",
    )


def notice_form(page: Any, acts: Any) -> rx.Component:
    """The State Council's notice, a row for each festival."""
    return rx.cond(
        page.doing,
        card(
            rx.el.form(
                section_title(t("office.year.form", year=page.named)),
                muted(t("office.year.form_hint")),
                *[_row(one.value, page) for one in Festival],
                text_field(
                    t("office.year.source"),
                    name="source",
                    default_value=page.source,
                    max_length=200,
                    required=True,
                    hint=t("office.year.source_hint"),
                ),
                problem(page),
                row(
                    button(
                        t("office.schedule.keep"),
                        sign="check",
                        variant="primary",
                        type="submit",
                        id="notice-keep",
                    ),
                    button(t("nav.close"), sign="x", on_click=acts.begin(False)),  # noqa: FBT003
                ),
                on_submit=acts.enter,
                id="notice-form",
                key=page.named,
                class_name="flex flex-col gap-4",
            )
        ),
        rx.fragment(),
    )


def _row(name: str, page: Any) -> rx.Component:
    stands = page.typed[name]
    return rx.el.fieldset(
        rx.el.legend(t(f"office.year.festival.{name}"), class_name="font-semibold"),
        rx.el.div(
            text_field(
                t("office.year.first"),
                name=f"first_{name}",
                type="date",
                default_value=stands.first,
            ),
            text_field(
                t("office.year.last"), name=f"last_{name}", type="date", default_value=stands.last
            ),
            text_field(
                t("office.year.made_up"),
                name=f"made_up_{name}",
                default_value=stands.make_ups.join(" "),
                placeholder="02-14 02-28",
            ),
            class_name="grid gap-3 sm:grid-cols-3",
        ),
    )
