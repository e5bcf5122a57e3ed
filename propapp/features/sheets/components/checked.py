"""What became of a workbook: how many rows are what, and what is wrong with which."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.sheets.views import NoticeLine, ProblemLine, SheetCard
from propapp.ui.kit import (
    Tone,
    button,
    card,
    empty,
    icon,
    link_button,
    muted,
    notice,
    progress_bar,
    row,
    section_title,
    stack,
    status_badge,
)
from propapp.ui.kit.basics import cx
from propapp.ui.text import date_time, local, t, word

_STATES: dict[str, tuple[Tone, str, Any]] = {
    "waiting": ("info", "scan-search", t("sheet.status.waiting")),
    "checked": ("info", "list-checks", t("sheet.status.checked")),
    "taking": ("info", "refresh-cw", t("sheet.status.taking")),
    "taken": ("ok", "circle-check", t("sheet.status.taken")),
    "refused": ("danger", "circle-x", t("sheet.status.refused")),
    "failed": ("danger", "circle-x", t("sheet.status.failed")),
}
_COUNTS = (
    ("new", "plus", "text-ok"),
    ("changed", "pencil", "text-info"),
    ("unchanged", "equal", "text-muted"),
    ("wrong", "triangle-alert", "text-danger"),
)


def checked_part(page: Any, acts: Any) -> rx.Component:
    """The workbook that is looked at, else the way to bring one."""
    return rx.cond(
        page.shown.length() > 0,
        rx.fragment(rx.foreach(page.shown, lambda sheet: _one(sheet, page, acts))),
        rx.cond(
            page.kind.may,
            card(empty("list-checks", t("sheet.none"), t("sheet.none_hint"))),
            rx.fragment(),
        ),
    )


def _one(sheet: rx.Var[SheetCard], page: Any, acts: Any) -> rx.Component:
    under_way = (sheet.status == "waiting") | (sheet.status == "taking")
    return card(
        stack(
            row(
                section_title(
                    rx.cond(sheet.name != "", sheet.name, t("sheet.unnamed")),
                    class_name="flex-1 min-w-0 break-words",
                ),
                status_badge(sheet.status, _STATES),
            ),
            muted(
                word("sheet.kind", sheet.kind),
                " · ",
                t("sheet.brought", who=local(sheet.who, sheet.who_en), at=date_time(sheet.at)),
            ),
            rx.cond(under_way, _progress(sheet), rx.fragment()),
            rx.cond(
                sheet.refusal != "",
                notice(
                    local(sheet.refusal, sheet.refusal_en),
                    tone="danger",
                    sign="circle-alert",
                    role="alert",
                ),
                rx.fragment(),
            ),
            rx.cond(
                sheet.status == "failed",
                notice(t("sheet.failed_hint"), tone="danger", sign="circle-alert"),
                rx.fragment(),
            ),
            rx.cond((sheet.status == "checked") | (sheet.status == "taken"), _counts(sheet), None),
            rx.cond(
                (sheet.status == "checked") & (page.notices.length() > 0),
                _notices(page.notices),
                rx.fragment(),
            ),
            rx.cond(sheet.status == "checked", _decide(sheet, acts), rx.fragment()),
            rx.cond(sheet.status == "taken", _taken(sheet), rx.fragment()),
            rx.cond(
                (sheet.status == "refused") | (sheet.status == "failed"),
                _let_go(acts),
                rx.fragment(),
            ),
            rx.cond(page.problems.length() > 0, _problems(sheet, page.problems), rx.fragment()),
            gap=3,
        ),
        custom_attrs={"data-sheet": sheet.status},
    )


def _progress(sheet: Any) -> rx.Component:
    return stack(
        progress_bar(sheet.done, sheet.total, label=t("sheet.working")),
        rx.cond(
            sheet.total > 0,
            muted(t("sheet.progress", done=sheet.done, total=sheet.total), role="status"),
            muted(t("sheet.working"), role="status"),
        ),
        gap=1,
    )


def _counts(sheet: Any) -> rx.Component:
    def count(name: str, sign: str, tone: str) -> rx.Component:
        return rx.el.div(
            rx.el.dt(
                icon(sign, size=18),
                t(f"sheet.count.{name}"),
                class_name=cx("flex items-center gap-1.5 text-sm", tone),
            ),
            rx.el.dd(getattr(sheet, name), class_name="text-2xl font-semibold tabular"),
            class_name="rounded-control border border-line px-3 py-2",
            custom_attrs={"data-count": name},
        )

    return rx.el.dl(
        *[count(*one) for one in _COUNTS],
        class_name="grid grid-cols-2 sm:grid-cols-4 gap-2",
    )


def _notices(notices: Any) -> rx.Component:
    """What the rows do not say by themselves, before the button that takes them in."""

    def line(one: rx.Var[NoticeLine]) -> rx.Component:
        return rx.el.li(local(one.text, one.text_en), class_name="break-words")

    return notice(
        rx.el.ul(rx.foreach(notices, line), class_name="flex flex-col gap-1"),
        tone="warn",
        sign="triangle-alert",
        custom_attrs={"data-notices": ""},
    )


def _decide(sheet: Any, acts: Any) -> rx.Component:
    changes = sheet.new + sheet.changed
    return rx.cond(
        sheet.wrong > 0,
        stack(
            notice(t("sheet.mend", count=sheet.wrong), tone="warn", sign="triangle-alert"),
            row(
                link_button(
                    t("sheet.problems_file"),
                    href="/api/v1/sheets/" + sheet.id + "/problems",
                    sign="file-down",
                    fresh=True,
                    id="sheet-problems",
                ),
                _let_go(acts),
                class_name="flex-wrap",
            ),
        ),
        rx.cond(
            changes > 0,
            row(
                button(
                    t("sheet.take_in", count=changes),
                    sign="check",
                    variant="primary",
                    on_click=acts.take_in,
                    id="sheet-take-in",
                ),
                _let_go(acts),
                class_name="flex-wrap",
            ),
            stack(
                notice(t("sheet.nothing_new"), tone="ok", sign="circle-check"),
                _let_go(acts),
            ),
        ),
    )


def _taken(sheet: Any) -> rx.Component:
    return notice(
        t("sheet.taken", new=sheet.new, changed=sheet.changed),
        tone="ok",
        sign="circle-check",
        role="status",
    )


def _let_go(acts: Any) -> rx.Component:
    return button(t("sheet.drop"), sign="x", variant="quiet", on_click=acts.drop, id="sheet-drop")


def _problems(sheet: Any, problems: Any) -> rx.Component:
    return stack(
        rx.el.h3(t("sheet.problems"), class_name="font-semibold"),
        rx.el.ul(rx.foreach(problems, _problem), class_name="flex flex-col divide-y divide-line"),
        rx.cond(
            sheet.wrong > problems.length(),
            muted(t("sheet.more_problems")),
            rx.fragment(),
        ),
        gap=1,
    )


def _problem(one: rx.Var[ProblemLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(t("sheet.row", row=one.row), class_name="tabular font-semibold"),
            rx.cond(
                one.column != "",
                rx.el.span(local(one.column, one.column_en), class_name="text-muted"),
                rx.fragment(),
            ),
            class_name="flex flex-wrap gap-x-2",
        ),
        rx.el.p(local(one.text, one.text_en)),
        class_name="py-2",
        custom_attrs={"data-row": one.row},
    )


def earlier_part(page: Any, acts: Any) -> rx.Component:
    """What was brought before, to be looked at again."""

    def entry(one: rx.Var[SheetCard]) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(
                    rx.el.span(
                        rx.cond(one.name != "", one.name, t("sheet.unnamed")),
                        class_name="block font-medium truncate",
                    ),
                    rx.el.span(
                        word("sheet.kind", one.kind),
                        " · ",
                        date_time(one.at),
                        class_name="block text-sm text-muted",
                    ),
                    class_name="min-w-0 flex-1 text-left",
                ),
                status_badge(one.status, _STATES),
                type="button",
                on_click=acts.show(one.id),
                class_name="flex w-full items-center gap-3 min-h-14 py-2",
            ),
            key=one.id,
        )

    return rx.cond(
        page.sheets.length() > 0,
        card(
            section_title(t("sheet.earlier")),
            rx.el.ul(
                rx.foreach(page.sheets, entry), class_name="flex flex-col divide-y divide-line"
            ),
        ),
        rx.fragment(),
    )
