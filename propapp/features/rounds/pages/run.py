"""The run: one point at a time, in order, with one thumb."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rounds.models import NO_CODE
from propapp.features.rounds.pages.point import point_part
from propapp.features.rounds.pages.scanner import scanner_dialog
from propapp.features.rounds.pages.summary import finished_part, summary_part
from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page
from propapp.offline.views import RunStep, RunView
from propapp.ui.kit import big_button, empty, icon, link_button, row, skeleton, stack
from propapp.ui.kit.basics import cx
from propapp.ui.page import page
from propapp.ui.text import local, t, word

run: Any = view("run", RunView)


@page("/run")
def run_page() -> rx.Component:
    """The round in hand."""
    return phone_page(
        rx.match(
            run.stage,
            ("loading", skeleton(lines=3)),
            ("absent", _absent()),
            ("finished", finished_part(run)),
            ("summary", stack(_way(), summary_part(run), gap=4)),
            stack(_way(), point_part(run), gap=4),
        ),
        scanner_dialog(run),
        title=local(run.route, run.route_en),
        back="/today",
        action=_action(),
    )


def _way() -> rx.Component:
    """Where on the route: a mark for each point, and the same in words."""
    return stack(
        row(
            rx.el.p(
                t("run.progress", position=run.position, total=run.total),
                class_name="text-sm font-medium",
            ),
            class_name="justify-between",
        ),
        rx.el.ol(
            rx.foreach(run.stops, _stop),
            aria_label=t("run.steps"),
            class_name="flex items-center gap-1 w-full",
        ),
        gap=1,
    )


def _stop(stop: rx.Var[RunStep]) -> rx.Component:
    colour = rx.match(
        stop.state,
        ("done", "h-2.5 bg-ok"),
        ("here", "h-4 bg-primary"),
        ("fault", "h-4 bg-danger text-on-danger"),
        "h-2.5 bg-line",
    )
    return rx.el.li(
        rx.el.span(
            local(stop.name, stop.name_en), " ", word("run.step", stop.state), class_name="sr-only"
        ),
        # A sign as well: without colour a fault would look like any other point that is done.
        rx.cond(stop.state == "fault", icon("x", size=14), rx.fragment()),
        class_name=cx(
            "flex flex-1 items-center justify-center overflow-hidden rounded-full", colour
        ),
        key=stop.id,
        custom_attrs={"data-stop": stop.state},
    )


def _action() -> rx.Component:
    """The one next act, by the stage of the run."""
    return rx.match(
        run.stage,
        ("finished", link_button(t("run.back_today"), href="/today", sign="check", big=True)),
        ("summary", _finish()),
        ("arrived", _complete()),
        ("point", _arrive()),
        rx.fragment(),
    )


def _arrive() -> rx.Component:
    waits = run.point.wait_until != ""
    return rx.cond(
        run.point.coded,
        big_button(
            t("run.scan"), sign="scan-line", id="scan", disabled=waits, on_click=do("scanPoint")
        ),
        big_button(
            t("run.begin_job"),
            sign="hammer",
            id="begin-job",
            disabled=waits,
            on_click=do("confirmByHand", NO_CODE),
        ),
    )


def _complete() -> rx.Component:
    return stack(
        rx.cond(
            run.missing_count > 0,
            rx.el.p(
                t("run.missing", count=run.missing_count),
                class_name="text-sm text-muted text-center",
            ),
            rx.fragment(),
        ),
        big_button(
            t("run.complete"),
            sign="check",
            id="complete-point",
            aria_disabled=~run.ready_to_complete,
            on_click=do("completePoint"),
        ),
        gap=1,
    )


def _finish() -> rx.Component:
    return big_button(t("run.finish"), sign="flag", id="finish-run", on_click=do("finishRun"))


def _absent() -> rx.Component:
    return empty(
        "route",
        t("run.not_found"),
        t("run.not_found_hint"),
        link_button(t("run.back_today"), href="/today", sign="arrow-left"),
    )
