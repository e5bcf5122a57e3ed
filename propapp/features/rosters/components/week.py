"""The week by person, the planner's answer, and what waits to be decided."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rosters.duty import DutyRule
from propapp.features.rosters.views import (
    Cell,
    DayHead,
    Hurdle,
    Lack,
    PersonRow,
    ShiftMark,
)
from propapp.ui.kit import button, card, icon, muted, notice, row, stack
from propapp.ui.kit.basics import cx
from propapp.ui.text import local, t, word

_KINDS = ("workday", "make_up_workday", "rest_day", "holiday")
# Wide enough for the hours of a shift in one line.
_COLUMNS = "grid grid-cols-[minmax(7.5rem,1.2fr)_repeat(7,minmax(6.5rem,1fr))] min-w-[53rem]"
# Whose row it is stays in view while the days are pushed sideways.
_WHO = "sticky left-0 z-10 p-2 border-r border-line"


def week_table(roster: Any, on_pick: Any) -> rx.Component:
    """A row for each person, a column for each day; on a phone it is pushed sideways."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    t("office.roster.person"), role="columnheader", class_name=cx(_WHO, "bg-sunken")
                ),
                rx.foreach(roster.heads, _head),
                role="row",
                class_name=cx(_COLUMNS, "bg-sunken text-sm font-medium"),
            ),
            rx.foreach(roster.rows, lambda one: _person(one, roster, on_pick)),
            role="table",
            aria_label=t("office.roster.title"),
        ),
        class_name="overflow-x-auto rounded-card border border-line bg-raised",
        tab_index=0,
        role="region",
        aria_label=t("office.roster.title"),
    )


def _head(head: rx.Var[DayHead]) -> rx.Component:
    free = (head.kind == "rest_day") | (head.kind == "holiday")
    return rx.el.div(
        rx.el.span(weekday(head.weekday), class_name="font-semibold"),
        rx.el.span(head.date, class_name="tabular text-muted"),
        rx.match(
            head.kind,
            *[(kind, rx.el.span(t(f"office.day.{kind}"), class_name="text-xs")) for kind in _KINDS],
            rx.fragment(),
        ),
        rx.cond(
            head.announced,
            rx.fragment(),
            rx.el.span(t("office.day.not_announced"), class_name="text-xs text-warn font-medium"),
        ),
        role="columnheader",
        key=head.day,
        class_name=cx("flex flex-col p-2", rx.cond(free, "text-danger", "text-text")),
    )


def weekday(number: Any) -> rx.Component:
    """The day of the week in a word."""
    names = [(day, rx.el.span(t(f"office.weekday.{day}"))) for day in range(7)]
    return rx.match(number, *names, rx.fragment())


def _person(person: rx.Var[PersonRow], roster: Any, on_pick: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p(local(person.name, person.name_en), class_name="font-semibold"),
            rx.el.p(
                rx.el.span(word("role", person.role), class_name="whitespace-nowrap"),
                rx.el.span(
                    t("office.roster.hours", count=person.hours), class_name="whitespace-nowrap"
                ),
                class_name="text-sm text-muted tabular flex flex-wrap gap-x-2",
            ),
            role="rowheader",
            class_name=cx(_WHO, "bg-raised"),
        ),
        rx.foreach(person.cells, lambda cell: _cell(cell, roster, on_pick)),
        role="row",
        key=person.id,
        class_name=cx(_COLUMNS, "border-t border-line"),
    )


def _cell(cell: rx.Var[Cell], roster: Any, on_pick: Any) -> rx.Component:
    look = cx(
        "flex flex-col items-stretch gap-1 w-full h-full min-h-14 p-1 text-left",
        rx.cond(roster.picked.key == cell.key, "bg-primary-soft outline-2 outline-primary", ""),
    )
    face = (
        rx.foreach(cell.shifts, _mark),
        rx.cond(
            cell.away,
            rx.el.span(t("office.roster.away"), class_name="text-sm text-warn font-medium px-1"),
            rx.fragment(),
        ),
        rx.cond(
            (cell.shifts.length() == 0) & ~cell.away,
            rx.el.span("–", class_name="text-muted px-1"),
            rx.fragment(),
        ),
    )
    return rx.el.div(
        rx.cond(
            roster.may_write,
            rx.el.button(
                *face,
                type="button",
                on_click=on_pick(cell.key),
                class_name=look,
                custom_attrs={"data-cell": cell.key},
            ),
            rx.el.div(*face, class_name=look),
        ),
        role="cell",
        key=cell.key,
        class_name="border-r border-line last:border-r-0",
    )


def _mark(shift: rx.Var[ShiftMark]) -> rx.Component:
    return rx.el.span(
        rx.el.span(local(shift.name, shift.name_en), class_name="font-medium"),
        rx.el.span(shift.hours, class_name="tabular text-xs whitespace-nowrap"),
        key=shift.id,
        class_name="flex flex-col rounded-control bg-info-soft text-info px-1.5 py-0.5 text-sm",
    )


def picked_panel(roster: Any, on_put: Any, on_take: Any, on_close: Any) -> rx.Component:
    """What may be done with the picked day of a person."""

    def take(shift: rx.Var[ShiftMark]) -> rx.Component:
        return rx.el.div(
            _mark(shift),
            button(t("office.roster.take_off"), sign="user-minus", on_click=on_take(shift.id)),
            key=shift.id,
            class_name="flex items-center gap-2",
        )

    def put(shift: rx.Var[ShiftMark]) -> rx.Component:
        return rx.el.div(
            _mark(shift),
            button(t("office.roster.put_on"), sign="user-plus", on_click=on_put(shift.id)),
            key=shift.id,
            class_name="flex items-center gap-2",
        )

    return rx.cond(
        roster.picked.key != "",
        card(
            stack(
                row(
                    rx.el.h2(
                        local(roster.picked_name, roster.picked_name_en),
                        " · ",
                        roster.picked.date,
                        " ",
                        weekday(roster.picked.weekday),
                        class_name="text-lg font-semibold flex-1",
                    ),
                    button(t("nav.close"), sign="x", on_click=on_close),
                ),
                rx.el.div(
                    rx.foreach(roster.picked.shifts, take),
                    rx.foreach(roster.offered, put),
                    class_name="flex flex-wrap gap-x-6 gap-y-2",
                ),
            ),
            id="roster-picked",
        ),
        rx.fragment(),
    )


def problem_part(page: Any) -> rx.Component:
    """Why it was refused, with the rule's own word."""
    return rx.cond(
        page.problem != "",
        notice(
            rx.el.p(local(page.problem, page.problem_en), class_name="font-medium"),
            rx.match(
                page.problem_rule,
                *[
                    (rule.value, rx.el.p(t(f"office.duty.{rule.value}"), class_name="text-sm"))
                    for rule in DutyRule
                ],
                rx.fragment(),
            ),
            tone="danger",
            sign="circle-alert",
            role="alert",
        ),
        rx.fragment(),
    )


def proposal_part(roster: Any, on_adopt: Any, on_drop: Any) -> rx.Component:
    """The planner's answer: it can be, or which rule stands in the way and who is overloaded."""
    return rx.cond(
        roster.proposed != "",
        card(
            stack(
                rx.cond(
                    roster.proposed == "feasible",
                    notice(t("office.roster.feasible"), tone="ok", sign="circle-check"),
                    notice(
                        rx.el.p(
                            t("office.roster.infeasible", count=roster.open_turns.length()),
                            class_name="font-semibold",
                        ),
                        rx.el.ul(rx.foreach(roster.hurdles, hurdle_line), class_name="mt-1"),
                        rx.el.ul(
                            rx.foreach(roster.open_turns, turn_line),
                            class_name="mt-1 flex flex-wrap gap-x-4 text-sm",
                        ),
                        tone="warn",
                        sign="triangle-alert",
                    ),
                ),
                row(
                    button(
                        t("office.roster.adopt"),
                        sign="check",
                        variant="primary",
                        on_click=on_adopt,
                        id="roster-adopt",
                    ),
                    button(t("office.roster.drop"), sign="x", on_click=on_drop),
                    muted(t("office.roster.planned_by", planner=roster.planner)),
                    class_name="flex-wrap",
                ),
            ),
            id="roster-proposal",
        ),
        rx.fragment(),
    )


def good_line(text: Any) -> rx.Component:
    """It can be."""
    return rx.el.p(
        icon("circle-check", size=20, class_name="mt-0.5"),
        rx.el.span(text),
        class_name="flex gap-2 rounded-control bg-ok-soft text-ok px-3 py-2 font-medium",
    )


def hurdle_line(hurdle: rx.Var[Hurdle]) -> rx.Component:
    rules = [(rule.value, rx.el.span(t(f"office.duty.{rule.value}"))) for rule in DutyRule]
    return rx.el.li(
        rx.match(hurdle.rule, *rules, rx.fragment()),
        rx.cond(
            hurdle.names != "",
            rx.el.span(
                t("office.roster.overloaded", names=local(hurdle.names, hurdle.names_en)),
                class_name="font-medium",
            ),
            rx.fragment(),
        ),
        key=hurdle.rule,
    )


def turn_line(lack: rx.Var[Lack]) -> rx.Component:
    return rx.el.li(
        lack.date,
        " ",
        weekday(lack.weekday),
        " ",
        local(lack.name, lack.name_en),
        " ",
        lack.hours,
        rx.cond(lack.count > 1, " × " + lack.count.to(str), ""),
        key=lack.key,
        class_name="tabular",
    )
