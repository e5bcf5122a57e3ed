"""Writing a clause of the company's own."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.standards.components.own import own_form
from propapp.features.standards.own_state import OwnClauseState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

own: Any = OwnClauseState


@page("/standards/own", on_load=OwnClauseState.open)
def own_page() -> rx.Component:
    """A promise of the company's own, or a stricter version of what a paper asks."""
    return office_page(
        rx.match(
            own.stage,
            ("asking", rx.fragment(_title(), own_form(own, OwnClauseState))),
            ("absent", empty("book-x", t("office.clause.absent"), t("office.clause.absent_hint"))),
            skeleton(lines=4),
        ),
        site=own.site,
        back="/standards",
    )


def _title() -> rx.Component:
    return stack(
        rx.el.h1(
            rx.cond(
                own.wording.id != "",
                t("own.title_version", number=own.wording.number),
                t("own.title"),
            ),
            class_name="text-xl font-semibold",
        ),
        muted(rx.cond(own.wording.id != "", t("own.hint_version"), t("own.hint"))),
        gap=1,
    )
