"""An accident as a card, and the form in which it is registered."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.accidents.models import AccidentKind
from propapp.features.accidents.views import AccidentCard
from propapp.ui.kit import (
    Tone,
    badge,
    button,
    card,
    fold_line,
    icon,
    muted,
    number_field,
    row,
    select_field,
    status_badge,
    text_area,
    text_field,
)
from propapp.ui.kit.fields import problem_line
from propapp.ui.text import date_time, local, t, word

_STATUSES: dict[str, tuple[Tone, str, Any]] = {
    "open": ("warn", "circle-help", t("accident.status.open")),
    "liable": ("danger", "circle-alert", t("accident.status.liable")),
    "not_liable": ("ok", "circle-check", t("accident.status.not_liable")),
    "withdrawn": ("neutral", "circle-x", t("accident.status.withdrawn")),
}


def _odd(page: Any, field: str) -> Any:
    return rx.cond((page.wrong == field) & (page.at_fault == ""), t(f"accident.wrong.{field}"), "")


def record_form(page: Any, acts: Any) -> rx.Component:
    """When, where, what, and who was hurt; nothing typed is lost by a refusal."""
    return card(
        rx.el.form(
            rx.el.h2(t("accident.new"), class_name="text-lg font-semibold"),
            rx.el.div(
                text_field(
                    t("accident.at"),
                    name="occurred_at",
                    type="datetime-local",
                    required=True,
                    problem=_odd(page, "occurred_at"),
                ),
                select_field(
                    t("accident.kind"),
                    rx.fragment(
                        *[
                            rx.el.option(t(f"accident.kind.{one}"), value=one)
                            for one in AccidentKind
                        ]
                    ),
                    name="kind",
                ),
                text_field(
                    t("accident.place"),
                    name="place",
                    max_length=120,
                    required=True,
                    problem=_odd(page, "place"),
                ),
                number_field(
                    t("accident.injured"),
                    name="injured",
                    default_value="0",
                    input_mode="numeric",
                    problem=_odd(page, "injured"),
                ),
                class_name="grid gap-4 sm:grid-cols-2 items-start",
            ),
            text_area(
                t("accident.text"),
                name="text",
                hint=t("accident.text_hint"),
                max_length=800,
                required=True,
                problem=_odd(page, "text"),
            ),
            problem_line(rx.cond(page.at_fault == "", local(page.problem, page.problem_en), "")),
            row(
                button(
                    t("accident.record"),
                    sign="check",
                    variant="primary",
                    type="submit",
                    id="accident-record",
                ),
                button(t("nav.close"), sign="x", on_click=acts.write(False)),  # noqa: FBT003
            ),
            on_submit=acts.record,
            id="accident-form",
            class_name="flex flex-col gap-4",
        )
    )


def accident_item(one: rx.Var[AccidentCard], page: Any, acts: Any) -> rx.Component:
    """What happened, what was found, and the way to say so."""
    return rx.el.li(
        card(
            row(
                rx.el.h2(date_time(one.at), class_name="text-lg font-semibold tabular"),
                badge(word("accident.kind", one.kind)),
                status_badge(one.status, _STATUSES),
                class_name="flex-wrap",
            ),
            rx.el.p(one.place, class_name="font-medium"),
            rx.el.p(one.text, class_name="whitespace-pre-line"),
            row(
                rx.cond(
                    one.injured > 0,
                    badge(t("accident.hurt", count=one.injured), tone="danger", sign="heart-pulse"),
                    muted(t("accident.nobody_hurt")),
                ),
                muted(t("accident.recorded", who=local(one.who, one.who_en))),
                class_name="flex-wrap",
            ),
            rx.cond(one.reason != "", _found(one), rx.fragment()),
            rx.cond(one.finds, _finding(one, page, acts), rx.fragment()),
            class_name="flex flex-col gap-2",
        ),
        key=one.id,
        custom_attrs={"data-accident": one.id, "data-status": one.status},
    )


def _found(one: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(one.reason, class_name="whitespace-pre-line"),
        muted(
            t(
                "accident.found",
                who=local(one.finder, one.finder_en),
                at=date_time(one.found_at),
            )
        ),
        class_name="border-t border-line pt-2",
    )


def _finding(one: Any, page: Any, acts: Any) -> rx.Component:
    here = page.at_fault == one.id
    return rx.el.details(
        fold_line(icon("gavel", size=20), t("accident.find")),
        rx.el.form(
            rx.el.input(type="hidden", name="accident_id", value=one.id),
            select_field(
                t("accident.finding"),
                rx.fragment(
                    *[
                        rx.el.option(t(f"accident.find.{code}"), value=code)
                        for code in ("liable", "not_liable", "withdraw")
                    ]
                ),
                name="found",
            ),
            text_area(
                t("accident.reason"),
                name="reason",
                max_length=400,
                rows=2,
                problem=rx.cond(here & (page.wrong == "reason"), t("accident.wrong.reason"), ""),
            ),
            problem_line(rx.cond(here, local(page.problem, page.problem_en), "")),
            button(t("accident.keep"), sign="check", variant="primary", type="submit"),
            on_submit=acts.find,
            class_name="flex flex-col gap-3",
        ),
    )
