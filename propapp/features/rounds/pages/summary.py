"""What was found, before and after the round is finished."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do
from propapp.offline.views import FaultView, PhotoView, VisitLine
from propapp.ui.kit import (
    button,
    card,
    icon,
    muted,
    notice,
    photo_strip,
    photo_thumb,
    row,
    section_title,
    stack,
    text_area,
    text_button,
)
from propapp.ui.text import duration, local, t, word


def summary_part(run: Any) -> rx.Component:
    """Everything once more, and what is still open, before the last tap."""
    return stack(
        section_title(t("run.summary")),
        muted(t("run.summary_hint")),
        _figures(run),
        _faults(run),
        rx.cond(run.unvisited > 0, _unvisited(run), rx.fragment()),
        text_area(
            rx.cond(run.unvisited > 0, t("run.unvisited_note"), t("run.finish_note")),
            default_value=run.note,
            on_change=do("setRunNote"),
            rows=2,
            id="run-note",
            problem=rx.cond(run.problem != "", word("problem", run.problem), ""),
        ),
        _visits(run),
        gap=4,
    )


def finished_part(run: Any) -> rx.Component:
    """The round is done; the words about sending are only what is true."""
    return stack(
        rx.el.div(
            icon("circle-check-big", size=64, class_name="text-ok"),
            rx.el.h2(t("run.finished"), class_name="text-xl font-semibold"),
            rx.el.p(
                rx.match(
                    run.send_state,
                    ("sent", t("run.finished_sent")),
                    ("sending", t("run.finished_sending")),
                    ("attention", t("run.finished_attention")),
                    t("run.finished_saved"),
                ),
                role="status",
                id="run-send-state",
                custom_attrs={"data-state": run.send_state},
                class_name="text-lg",
            ),
            class_name="flex flex-col items-center gap-3 py-8 text-center",
        ),
        _figures(run),
        _faults(run),
        gap=4,
    )


def _figures(run: Any) -> rx.Component:
    return rx.el.dl(
        _figure(run.count_pass, t("run.count_pass")),
        _figure(run.count_fail, t("run.count_fail")),
        _figure(run.count_photos, t("run.count_photos")),
        _figure(duration(run.minutes), t("run.minutes")),
        class_name="grid grid-cols-4 gap-2 rounded-card border border-line bg-raised p-3 "
        "text-center",
    )


def _figure(value: Any, name: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dd(value, class_name="text-lg font-semibold tabular"),
        rx.el.dt(name, class_name="text-sm text-muted"),
        class_name="flex flex-col-reverse",
    )


def _faults(run: Any) -> rx.Component:
    return rx.cond(
        run.faults.length() > 0,
        stack(section_title(t("run.fails")), rx.foreach(run.faults, _fault), gap=2),
        notice(t("run.no_fails"), tone="ok", sign="circle-check"),
    )


def _fault(fault: rx.Var[FaultView]) -> rx.Component:
    def photo(shot: rx.Var[PhotoView]) -> rx.Component:
        return photo_thumb(shot.url, alt=t("photo.alt"), key=shot.sha256)

    return card(
        row(
            icon("triangle-alert", size=20, class_name="text-danger"),
            rx.el.p(local(fault.label, fault.label_en), class_name="font-semibold"),
        ),
        muted(local(fault.point, fault.point_en)),
        rx.el.p(fault.note),
        photo_strip(fault.photos, photo),
        class_name="flex flex-col gap-1",
        key=fault.id,
    )


def _unvisited(run: Any) -> rx.Component:
    return stack(
        notice(
            row(
                t("run.unvisited"),
                rx.el.strong(run.unvisited, class_name="tabular"),
            ),
            tone="warn",
            sign="triangle-alert",
        ),
        button(t("run.next"), sign="arrow-left", on_click=do("backToRoute")),
        gap=2,
    )


def _visits(run: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(run.visits, _visit), class_name="flex flex-col")


def _visit(visit: rx.Var[VisitLine]) -> rx.Component:
    return rx.el.li(
        rx.match(
            visit.state,
            ("done", icon("circle-check", size=22, class_name="text-ok")),
            ("fault", icon("triangle-alert", size=22, class_name="text-danger")),
            icon("circle-dashed", size=22, class_name="text-muted"),
        ),
        rx.el.span(visit.position, class_name="tabular text-muted w-7 text-right"),
        rx.el.span(local(visit.name, visit.name_en), class_name="flex-1"),
        text_button(t("run.reopen"), on_click=do("reopenPoint", visit.id)),
        class_name="flex items-center gap-2 min-h-12 border-b border-line",
        key=visit.id,
    )
