"""A visit that waits for a second look: what is known of it, and three ways to settle it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.photo import photo_tile
from propapp.features.boards.components.run import evidence_part
from propapp.features.boards.components.twins import twins_part
from propapp.features.boards.look_views import LookCard
from propapp.offline.office import office_link
from propapp.ui.kit import badge, button, card, fold_line, icon, muted, notice, row, text_area
from propapp.ui.text import date_time, local, t, word


def look_card(
    look: rx.Var[LookCard], *, at_fault: Any, problem: Any, on_judge: Any, look_at: Any
) -> rx.Component:
    """The visit with its reasons and photos; believing it is one tap."""
    return card(
        row(
            rx.el.h2(local(look.point, look.point_en), class_name="font-semibold flex-1 min-w-0"),
            rx.cond(
                look.look == "asked",
                badge(t("office.look.asked"), tone="info", sign="message-circle-question"),
                rx.fragment(),
            ),
        ),
        muted(
            t(
                "office.look.by",
                who=local(look.who, look.who_en),
                route=local(look.route, look.route_en),
                at=date_time(look.at),
            )
        ),
        evidence_part(look),
        rx.cond(
            look.photos.length() > 0,
            rx.el.div(
                rx.foreach(
                    look.photos,
                    lambda sha256: photo_tile(
                        sha256, alt=local(look.point, look.point_en), look_at=look_at, small=True
                    ),
                ),
                class_name="flex flex-wrap gap-2",
            ),
            muted(t("office.look.no_photo")),
        ),
        twins_part(look.twins, look_at),
        rx.cond(look.note != "", rx.el.p(look.note, class_name="font-medium"), rx.fragment()),
        office_link(
            icon("route", size=20),
            t("office.look.run"),
            href="/board/run?run=" + look.run,
            class_name="inline-flex items-center gap-2 min-h-12 self-start text-primary "
            "font-medium",
        ),
        rx.cond(
            at_fault == look.id,
            rx.cond(
                problem != "",
                notice(word("office.look.problem", problem), tone="danger", sign="circle-alert"),
                rx.fragment(),
            ),
            rx.fragment(),
        ),
        _believe(look, on_judge),
        _doubt(look, on_judge),
        key=look.id,
        class_name="flex flex-col gap-2",
        custom_attrs={"data-look": look.id},
    )


def _believe(look: Any, on_judge: Any) -> rx.Component:
    return rx.el.form(
        _hidden("visit_id", look.id),
        _hidden("step", "believe"),
        button(
            t("office.look.believe"),
            sign="shield-check",
            variant="primary",
            type="submit",
            class_name="w-full",
        ),
        on_submit=on_judge,
    )


def _doubt(look: Any, on_judge: Any) -> rx.Component:
    """What is not believed wants a few words, so it opens first."""
    return rx.el.details(
        fold_line(
            t("office.look.otherwise"), class_name="justify-center font-semibold text-primary"
        ),
        rx.el.form(
            _hidden("visit_id", look.id),
            rx.cond(look.look == "waiting", _choice("ask", chosen=True), rx.fragment()),
            _choice("doubt", chosen=look.look != "waiting"),
            text_area(t("office.look.note"), name="note", max_length=800, rows=2),
            button(t("office.look.send"), sign="send", type="submit", class_name="w-full"),
            on_submit=on_judge,
            class_name="flex flex-col gap-2",
        ),
    )


def _choice(step: str, *, chosen: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="step",
            value=step,
            default_checked=chosen,
            class_name="size-6 accent-primary",
        ),
        rx.el.span(word("office.look.step", step)),
        class_name="flex items-center gap-3 min-h-12",
    )


def _hidden(name: str, value: Any) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value)
