"""Asking for bundles of evidence, and the list of them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.core.making.cards import MadeCard
from propapp.ui.kit import button, card, muted, notice, stack, text_field
from propapp.ui.kit.forms import post_form
from propapp.ui.kit.made import made_file, made_sign
from propapp.ui.text import t, word

ACTION = "/api/v1/evidence/exports"


def export_form(subject: str, *fields: rx.Component, **values: Any) -> rx.Component:
    """A button that asks for a bundle; the browser itself sends it and is led to the list."""
    hidden = [
        rx.el.input(type="hidden", name=name, value=value)
        for name, value in {"subject": subject, **values}.items()
    ]
    return post_form(
        *hidden,
        *fields,
        button(t("office.evidence.export"), sign="package", type="submit", class_name="w-full"),
        action=ACTION,
        method="post",
        class_name="flex flex-col gap-3 sm:max-w-sm",
    )


def dispute_part(problem: Any) -> rx.Component:
    """An order by its number, with the round that found it: what a dispute is about."""
    return card(
        stack(
            rx.el.h2(t("office.evidence.dispute"), class_name="text-lg font-semibold"),
            muted(t("office.evidence.dispute_hint")),
            rx.cond(
                problem != "",
                notice(
                    word("office.evidence.problem", problem), tone="danger", sign="circle-alert"
                ),
                rx.fragment(),
            ),
            export_form(
                "order",
                text_field(
                    t("office.evidence.number"), name="number", required=True, max_length=40,
                    placeholder="WX-20260310-0001", auto_complete="off",
                ),
            ),
        ),
    )  # fmt: skip


def bundle_card(bundle: rx.Var[MadeCard]) -> rx.Component:
    """One bundle."""
    return made_file(bundle, sign=made_sign("shield-check"), address=ACTION)
