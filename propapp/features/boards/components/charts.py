"""Charts of plain boxes: a zero line, direct labels, and one sentence that says what is shown."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.figures import RoundsDay, Speed
from propapp.features.boards.rules import PERIODS
from propapp.offline.office import office_link
from propapp.ui.kit import icon, muted, row, section_title
from propapp.ui.kit.basics import cx
from propapp.ui.text import day, duration, t, word

_DAYS_NAMED = 4
IN_TIME = 100


def charts_part(board: Any, choose_days: Any) -> rx.Component:
    """How quick and how regular the work was."""
    return rx.el.section(
        row(
            section_title(t("board.charts.title")),
            rx.el.div(
                *[_period(days, board.days, choose_days) for days in PERIODS],
                role="group",
                aria_label=t("board.charts.period"),
                class_name="ml-auto flex rounded-control border-2 border-line overflow-hidden",
            ),
            class_name="flex-wrap",
        ),
        rx.el.div(
            _speed_chart(
                "board.charts.response",
                t(
                    "board.charts.response_says",
                    days=board.days,
                    count=board.totals.answered,
                    in_time=board.totals.answered_in_time,
                ),
                board.responses,
            ),
            _speed_chart(
                "board.charts.completion",
                t(
                    "board.charts.completion_says",
                    days=board.days,
                    count=board.totals.finished,
                    in_time=board.totals.finished_in_time,
                ),
                board.completions,
            ),
            class_name="grid gap-4 lg:grid-cols-2",
        ),
        _rounds_chart(board),
        id="board-charts",
        class_name="flex flex-col gap-4",
    )


def _period(days: int, chosen: Any, choose_days: Any) -> rx.Component:
    return rx.el.button(
        t("board.charts.days", count=days),
        type="button",
        on_click=choose_days(days),
        aria_pressed=rx.cond(chosen == days, "true", "false"),
        class_name=cx(
            "min-h-12 px-4 font-medium",
            rx.cond(chosen == days, "bg-primary text-on-primary", "bg-raised text-text"),
        ),
    )


def _speed_chart(title: str, says: Any, speeds: Any) -> rx.Component:
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.h3(t(title), class_name="font-semibold"), rx.el.p(says, class_name="text-sm")
        ),
        rx.cond(
            speeds.length() > 0,
            rx.fragment(
                rx.el.ul(rx.foreach(speeds, _speed), class_name="flex flex-col gap-4 mt-3"),
                _scale(),
            ),
            muted(t("board.charts.empty")),
        ),
        class_name="rounded-card border border-line bg-raised p-4",
    )


def _speed(speed: rx.Var[Speed]) -> rx.Component:
    """Half of the orders within the broad bar, nine of ten within the narrow one."""
    return rx.el.li(
        rx.el.div(
            rx.el.span(word("priority", speed.priority), class_name="font-medium"),
            rx.el.span(
                t(
                    "board.charts.speed",
                    half=duration(speed.median),
                    most=duration(speed.p90),
                    promised=duration(speed.promised),
                ),
                class_name="text-sm tabular",
            ),
            class_name="flex flex-wrap justify-between gap-x-3",
        ),
        rx.el.div(
            _bar(
                speed.p90_share,
                cx(
                    "inset-y-2",
                    rx.cond(speed.p90_share > IN_TIME, "bg-warn-mark", "bg-muted"),
                ),
            ),
            _bar(speed.median_share, "inset-y-0.5 bg-primary"),
            rx.el.div(class_name="absolute -inset-y-1 left-1/2 border-l-2 border-text"),
            rx.cond(
                speed.beyond,
                icon("chevrons-right", size=18, class_name="absolute right-0 inset-y-0.5"),
                rx.fragment(),
            ),
            aria_hidden="true",
            class_name="relative h-6 mt-1 bg-sunken border-l-2 border-text",
        ),
        key=speed.priority,
    )


def _bar(share: Any, look: Any) -> rx.Component:
    # The axis ends at twice the promise.
    return rx.el.div(
        style={"width": (share / 2).to(str) + "%"},
        class_name=cx("absolute left-0 min-w-0.5", look),
    )


def _scale() -> rx.Component:
    return rx.el.div(
        rx.el.span("0"),
        rx.el.span(t("board.charts.promise")),
        rx.el.span(t("board.charts.twice")),
        aria_hidden="true",
        class_name="flex justify-between text-xs text-muted mt-1",
    )


def _rounds_chart(board: Any) -> rx.Component:
    totals = board.totals
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.h3(t("board.charts.rounds"), class_name="font-semibold"),
            rx.el.p(
                t(
                    "board.charts.rounds_says",
                    days=board.days,
                    count=totals.rounds,
                    share=totals.rounds_share,
                    missed=totals.rounds_missed,
                ),
                class_name="text-sm",
            ),
        ),
        rx.cond(
            board.rounds.length() > 0,
            rx.fragment(
                rx.el.div(
                    rx.el.span("100%", class_name="text-xs text-muted tabular"),
                    rx.el.div(
                        rx.foreach(board.rounds, _day),
                        class_name="flex items-end gap-px sm:gap-0.5 h-28 border-b-2 border-text",
                    ),
                    rx.el.div(
                        rx.el.span(day(board.rounds[0].day)),
                        rx.el.span(day(board.rounds[-1].day)),
                        class_name="flex justify-between text-xs text-muted mt-1",
                    ),
                    aria_hidden="true",
                    class_name="mt-3",
                ),
                _missed_days(board),
            ),
            muted(t("board.charts.empty")),
        ),
        class_name="rounded-card border border-line bg-raised p-4",
    )


def _day(one: rx.Var[RoundsDay]) -> rx.Component:
    missed = rx.cond(
        one.missed > 0,
        rx.el.div(
            one.missed,
            class_name="flex-1 min-h-5 bg-danger text-on-danger text-xs leading-5 text-center "
            "tabular overflow-hidden",
        ),
        rx.fragment(),
    )
    return rx.el.div(
        missed,
        rx.el.div(style={"height": one.share.to(str) + "%"}, class_name="bg-ok shrink"),
        key=one.day,
        class_name="flex flex-1 min-w-0 h-full flex-col justify-end",
    )


def _missed_days(board: Any) -> rx.Component:
    """The last days on which a round was missed, as the way to the rounds behind the figure."""
    days: Any = rx.Var(
        f"{board.rounds!s}.filter((day) => day.missed > 0).slice(-{_DAYS_NAMED})",
        _var_type=list[RoundsDay],
        _var_data=board.rounds._get_all_var_data(),  # noqa: SLF001
    ).guess_type()

    def named(one: rx.Var[RoundsDay]) -> rx.Component:
        return office_link(
            rx.el.span(day(one.day)),
            rx.el.span(t("board.rounds.missed", count=one.missed)),
            href="/board/rounds?site=" + board.site.id + "&day=" + one.day,
            key=one.day,
            class_name="inline-flex items-center gap-2 min-h-12 px-3 rounded-control border-2 "
            "border-line text-danger font-medium",
        )

    return rx.cond(
        board.totals.rounds_missed > 0,
        rx.el.div(rx.foreach(days, named), class_name="flex flex-wrap gap-2 mt-3"),
        rx.fragment(),
    )
