"""What is prepared for a checkpoint, and the forms that prepare more."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.sites.views import ChallengeCard, PointCard
from propapp.ui.kit import (
    button,
    fold_line,
    icon,
    muted,
    notice,
    stack,
    text_area,
    text_button,
    text_field,
)
from propapp.ui.text import local, t, word


def challenges_part(point: rx.Var[PointCard], page: Any, acts: Any) -> rx.Component:
    """Folded away below the point's codes: the list, and a form for each kind."""
    return rx.el.details(
        fold_line(
            icon("dices", size=20, class_name="text-muted shrink-0"),
            rx.el.span(
                t("office.challenges.title"),
                " · ",
                rx.cond(
                    point.challenges.length() > 0,
                    t("office.challenges.count", count=point.challenges.length()),
                    t("office.challenges.none"),
                ),
                class_name="grow text-sm",
            ),
            class_name="",
        ),
        stack(
            muted(t("office.challenges.hint", one_in=page.one_in)),
            rx.el.ul(
                rx.foreach(point.challenges, lambda one: _challenge(one, acts)),
                class_name="flex flex-col gap-2",
            ),
            rx.cond(
                (page.challenge_at == point.id) & (page.challenge_problem != ""),
                notice(
                    word("office.challenges.problem", page.challenge_problem),
                    tone="danger",
                    sign="circle-alert",
                ),
                rx.fragment(),
            ),
            _form(point, acts, "question", _question_fields()),
            _form(point, acts, "detail", []),
            class_name="pb-2",
        ),
        custom_attrs={"data-challenges": point.challenges.length()},
    )


def _challenge(one: rx.Var[ChallengeCard], acts: Any) -> rx.Component:
    return rx.el.li(
        rx.cond(
            one.kind == "detail",
            icon("camera", size=20, class_name="text-muted mt-1"),
            icon("message-square-text", size=20, class_name="text-muted mt-1"),
        ),
        rx.el.div(
            rx.el.p(local(one.text, one.text_en), class_name="font-medium"),
            rx.cond(
                one.right != "",
                muted(t("office.challenges.right_is", text=one.right), " · ", one.others),
                rx.fragment(),
            ),
            class_name="flex-1 min-w-0",
        ),
        text_button(t("office.challenges.drop"), on_click=acts.drop(one.id)),
        key=one.id,
        class_name="flex items-start gap-2 border-t border-line pt-2",
        custom_attrs={"data-challenge": one.id},
    )


def _form(point: Any, acts: Any, kind: str, more: list[rx.Component]) -> rx.Component:
    """A form that is fresh again once what it prepared is in the list."""
    label = "text_detail" if kind == "detail" else "text"
    return rx.el.details(
        fold_line(t(f"office.challenges.{kind}")),
        rx.el.form(
            rx.el.input(type="hidden", name="checkpoint_id", value=point.id),
            rx.el.input(type="hidden", name="kind", value=kind),
            text_field(t(f"office.challenges.{label}"), name="text", max_length=120, required=True),
            *more,
            text_field(t("office.challenges.english"), name="text_en", max_length=120),
            button(t(f"office.challenges.add_{kind}"), sign="plus", type="submit"),
            on_submit=acts.keep,
            key=point.challenges.length().to(str) + kind,
            class_name="flex flex-col gap-2",
        ),
        custom_attrs={"data-form": kind},
    )


def _question_fields() -> list[rx.Component]:
    return [
        text_field(t("office.challenges.right"), name="right", max_length=40, required=True),
        text_area(t("office.challenges.others"), name="others", rows=3, required=True),
    ]
