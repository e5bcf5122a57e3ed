"""What was drawn for this visit: one clear card, answered by one tap or one photo."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.rounds.pages.answers import choices_part, photos_part
from propapp.offline.bindings import do
from propapp.ui.kit import card, icon, icon_button, muted, row, stack
from propapp.ui.kit.basics import cx
from propapp.ui.kit.fields import problem_line
from propapp.ui.text import local, t, word

_SKIPPED = "not_applicable"


def challenge_part(item: Any) -> rx.Component:
    """Nothing where nothing was drawn."""
    return rx.cond(item.id != "", _card(item), rx.fragment())


def _card(item: Any) -> rx.Component:
    title = local(item.label, item.label_en)
    return card(
        row(
            icon("dices", size=24, class_name="text-primary"),
            rx.el.span(t("run.challenge"), class_name="flex-1 font-semibold text-primary-strong"),
            icon_button("volume-2", label=t("run.read_aloud"), on_click=do("readAloud", title)),
        ),
        rx.el.h3(title, id="q-" + item.id, class_name="text-xl font-semibold"),
        rx.cond(item.kind == "photo", _detail(item), choices_part(item, big=True)),
        rx.cond(item.problem != "", problem_line(word("problem", item.problem)), rx.fragment()),
        rx.cond(item.photos.length() > 0, rx.fragment(), _skip(item)),
        class_name=cx(
            "flex flex-col gap-3 border-2",
            rx.cond(item.problem != "", "!border-danger", "border-primary"),
        ),
        role="group",
        aria_labelledby="q-" + item.id,
        custom_attrs={"data-challenge": "drawn", "data-item": item.id, "data-kind": item.kind},
    )


def _detail(item: Any) -> rx.Component:
    return stack(muted(t("run.challenge_detail")), photos_part(item), gap=2)


def _skip(item: Any) -> rx.Component:
    """Passing it over is one tap and can be taken back; it keeps nobody from going on."""
    is_skipped = item.verdict == _SKIPPED
    return rx.el.button(
        rx.cond(is_skipped, icon("check", size=20), rx.fragment()),
        rx.cond(is_skipped, t("run.challenge_skipped"), t("run.challenge_skip")),
        type="button",
        id="challenge-skip",
        aria_pressed=rx.cond(is_skipped, "true", "false"),
        on_click=do("answer", item.id, _SKIPPED),
        class_name=cx(
            "flex items-center justify-center gap-2 min-h-12 w-full rounded-control",
            rx.cond(is_skipped, "bg-sunken text-text font-semibold", "text-muted"),
        ),
    )
