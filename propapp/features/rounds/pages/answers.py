"""A question of the checklist as a row: two big halves, and more only when something is wrong."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do
from propapp.offline.views import ChoiceView, PhotoView, RowView
from propapp.ui.kit import (
    card,
    icon,
    muted,
    notice,
    number_field,
    photo_button,
    photo_strip,
    photo_thumb,
    row,
    stack,
    text_area,
)
from propapp.ui.kit.basics import cx
from propapp.ui.kit.fields import problem_line
from propapp.ui.text import local, t, word


def answer_row(item: rx.Var[RowView]) -> rx.Component:
    """One question with its way of answering, and the note and photos it asks for."""
    title = local(item.label, item.label_en)
    return card(
        rx.el.h3(
            title,
            rx.cond(
                (item.verdict == "fail") & (item.kind != "pass_fail"),
                icon("triangle-alert", size=20, class_name="inline ml-2 text-danger"),
                rx.fragment(),
            ),
            id="q-" + item.id,
            class_name="text-base font-semibold",
        ),
        rx.match(
            item.kind,
            ("pass_fail", _halves(item)),
            ("number", _number(item)),
            ("single", choices_part(item)),
            ("multiple", choices_part(item, many=True)),
            ("text", _text(item)),
            rx.fragment(),
        ),
        rx.cond(item.needs_note, _note(item), rx.fragment()),
        rx.cond(
            item.needs_photo | (item.photos.length() > 0) | (item.kind == "photo"),
            photos_part(item),
            rx.fragment(),
        ),
        rx.cond(item.problem != "", problem_line(word("problem", item.problem)), rx.fragment()),
        class_name=cx(
            "flex flex-col gap-3",
            rx.cond(item.problem != "", "border-2 !border-danger", ""),
        ),
        role="group",
        aria_labelledby="q-" + item.id,
        custom_attrs={"data-item": item.id, "data-kind": item.kind},
        key=item.id,
    )


_HALF = (
    "flex items-center justify-center gap-2 min-h-14 rounded-control border-2 text-lg "
    "font-semibold select-none "
)


def _halves(item: Any) -> rx.Component:
    return stack(
        rx.el.div(
            _half(item, "pass", "check", "border-ok bg-ok text-raised"),
            _half(item, "fail", "x", "border-danger bg-danger text-on-danger"),
            class_name="grid grid-cols-2 gap-3",
        ),
        _not_applicable(item),
        gap=0,
    )


def _half(item: Any, verdict: str, sign: str, chosen: str) -> rx.Component:
    is_chosen = item.verdict == verdict
    return rx.el.button(
        icon(sign, size=26),
        rx.el.span(t(f"run.{verdict}")),
        type="button",
        aria_pressed=rx.cond(is_chosen, "true", "false"),
        on_click=do("answer", item.id, verdict),
        class_name=cx(
            _HALF, rx.cond(is_chosen, chosen, "border-line bg-surface text-text active:bg-sunken")
        ),
        custom_attrs={"data-verdict": verdict},
    )


def _not_applicable(item: Any) -> rx.Component:
    is_chosen = item.verdict == "not_applicable"
    return rx.el.button(
        rx.cond(is_chosen, icon("check", size=18), rx.fragment()),
        t("run.not_applicable"),
        type="button",
        aria_pressed=rx.cond(is_chosen, "true", "false"),
        on_click=do("answer", item.id, "not_applicable"),
        class_name=cx(
            "self-end -mb-3 inline-flex items-center gap-1 min-h-12 px-3 text-sm rounded-control",
            rx.cond(is_chosen, "bg-sunken text-text font-semibold", "text-muted"),
        ),
    )


def _number(item: Any) -> rx.Component:
    return stack(
        number_field(
            t("run.number_label", unit=item.unit),
            default_value=item.number,
            on_change=do("setNumber", item.id),
            id="n-" + item.id,
            hint=rx.cond(
                (item.low != "") | (item.high != ""),
                t("run.number_hint", low=item.low, high=item.high, unit=item.unit),
                "",
            ),
        ),
        rx.cond(
            item.verdict == "fail",
            notice(t("run.out_of_range"), tone="warn", sign="triangle-alert"),
            rx.fragment(),
        ),
        _not_applicable(item),
        gap=2,
    )


def choices_part(item: Any, *, many: bool = False, big: bool = False) -> rx.Component:
    """The answers that are offered, one below the other."""

    def choice(offered: rx.Var[ChoiceView]) -> rx.Component:
        return rx.el.button(
            rx.cond(
                offered.chosen,
                icon("square-check-big" if many else "circle-check", size=22),
                icon("square" if many else "circle", size=22, class_name="text-muted"),
            ),
            rx.el.span(local(offered.label, offered.label_en), class_name="text-left flex-1"),
            type="button",
            role="checkbox" if many else "radio",
            aria_checked=rx.cond(offered.chosen, "true", "false"),
            on_click=do("choose", item.id, offered.value),
            class_name=cx(
                "flex items-center gap-2 w-full px-3 rounded-control border-2",
                "min-h-14 text-lg" if big else "min-h-12 text-base",
                rx.cond(
                    offered.chosen,
                    rx.cond(
                        offered.fail,
                        "border-danger bg-danger-soft text-danger font-semibold",
                        "border-primary bg-primary-soft text-primary-strong font-semibold",
                    ),
                    "border-line bg-surface",
                ),
            ),
            custom_attrs={"data-choice": offered.value},
            key=offered.value,
        )

    return stack(
        muted(t("run.choose_many")) if many else rx.fragment(),
        rx.el.div(
            rx.foreach(item.choices, choice),
            role="group" if many else "radiogroup",
            aria_labelledby="q-" + item.id,
            class_name="flex flex-col gap-2",
        ),
        gap=1,
    )


def _text(item: Any) -> rx.Component:
    return text_area(
        t("run.text_label"),
        default_value=item.text,
        on_change=do("setText", item.id),
        rows=2,
        id="t-" + item.id,
    )


def _note(item: Any) -> rx.Component:
    return stack(
        row(
            icon("wrench", size=18, class_name="text-muted"),
            muted(t("run.defect_note")),
        ),
        text_area(
            t("run.note"),
            default_value=item.note,
            on_change=do("setNote", item.id),
            rows=2,
            id="note-" + item.id,
        ),
        gap=2,
    )


def photos_part(item: Any) -> rx.Component:
    """The photos so far, and the button for one more."""

    def photo(shot: rx.Var[PhotoView]) -> rx.Component:
        return rx.el.div(
            photo_thumb(shot.url, alt=t("photo.alt")),
            rx.el.button(
                icon("x", size=20, class_name="rounded-full bg-black/70 p-0.5 text-white"),
                type="button",
                aria_label=t("photo.remove"),
                on_click=do("removePhoto", item.id, shot.sha256),
                class_name="absolute -top-1 -right-1 h-12 w-12 flex items-start justify-end p-1",
            ),
            class_name="relative shrink-0",
            key=shot.sha256,
            custom_attrs={"data-photo": shot.sha256},
        )

    return stack(
        photo_strip(item.photos, photo),
        photo_button(
            rx.cond(item.photos.length() > 0, t("run.photo_more"), t("run.photo")),
            on_change=do("addPhoto", item.id),
            class_name="w-full",
            id="photo-" + item.id,
        ),
        gap=2,
    )
