"""A clause and how it was kept."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.clause import (
    clause_head,
    ending_part,
    month_part,
    tasks_part,
    versions_part,
)
from propapp.features.boards.state.clause import ClauseState
from propapp.features.goals.components.chain import chain_picture
from propapp.offline.office import office_page
from propapp.ui.kit import empty, section_title, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

clause: Any = ClauseState


@page("/standards/clause", on_load=ClauseState.open)
def clause_page() -> rx.Component:
    """What a clause asks, and its proof in any month."""
    return office_page(
        rx.match(
            clause.stage,
            ("shown", _shown()),
            ("gone", empty("trash-2", t("office.clause.gone"), t("office.clause.gone_hint"))),
            ("absent", empty("book-x", t("office.clause.absent"), t("office.clause.absent_hint"))),
            skeleton(lines=4),
        ),
        site=clause.site,
        sites=clause.sites,
        on_choose=ClauseState.choose_site,
        back="/standards",
    )


def _chain() -> rx.Component:
    """Which goals the clause serves, and which tasks serve it."""
    return rx.el.section(
        section_title(t("chain.title")),
        chain_picture(clause.chain, name="clause-chain"),
        class_name="flex flex-col gap-3",
    )


def _shown() -> rx.Component:
    return rx.fragment(
        clause_head(clause.card),
        _chain(),
        month_part(clause, ClauseState),
        tasks_part(clause),
        versions_part(clause),
        ending_part(clause, ClauseState),
    )
