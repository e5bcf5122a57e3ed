"""The live board of a site."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.charts import charts_part
from propapp.features.boards.components.defects import defects_part
from propapp.features.boards.components.now import now_part
from propapp.features.boards.components.orders import orders_part
from propapp.features.boards.components.photo import photo_dialog
from propapp.features.boards.components.rounds import rounds_part
from propapp.features.boards.state.board import COMING, DEFECTS, NEEDS, ROUTES, BoardState
from propapp.features.boards.state.photo import PhotoState
from propapp.offline.office import office_link, office_page
from propapp.ui.kit import empty, icon, link_button, row, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

board: Any = BoardState


@page("/board", on_load=BoardState.open)
def board_page() -> rx.Component:
    """What is wrong now, since when and whose; then everything else."""
    return office_page(
        rx.cond(
            board.gone, _gone(), rx.cond(board.ready, rx.fragment(*_parts()), skeleton(lines=5))
        ),
        photo_dialog(PhotoState.facts),
        site=board.site,
        place="board",
        sites=board.sites,
        on_choose=BoardState.choose_site,
    )


def _parts() -> list[rx.Component]:
    return [
        rx.cond(
            board.sites.length() > 0,
            _way("/board/sites", "building-2", t("office.sites.all")),
            rx.fragment(),
        ),
        rx.cond(board.lost_phones > 0, _lost_phones(), rx.fragment()),
        rx.cond(board.looks > 0, _looks(), rx.fragment()),
        now_part(board, NEEDS.var(BoardState)),
        rounds_part(board, ROUTES.var(BoardState)),
        rx.el.div(
            orders_part(board, COMING.var(BoardState)),
            defects_part(board, DEFECTS.var(BoardState), PhotoState.look_at),
            class_name="grid gap-6 lg:grid-cols-2",
        ),
        charts_part(board, BoardState.choose_days),
        row(
            rx.cond(
                board.judges,
                _way("/board/looks", "scan-eye", t("board.way.looks")),
                rx.fragment(),
            ),
            rx.cond(
                board.prints,
                _way("/board/codes", "qr-code", t("board.way.codes")),
                rx.fragment(),
            ),
            rx.cond(
                board.exports,
                _way("/board/evidence", "package", t("board.way.evidence")),
                rx.fragment(),
            ),
            rx.cond(
                board.cares,
                rx.fragment(
                    _way("/board/parcels", "file-up", t("board.way.parcels")),
                    _way("/board/phones", "smartphone", t("board.way.phones")),
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap gap-x-6",
        ),
    ]


def _lost_phones() -> rx.Component:
    """Somebody's work may be gone: this stands above everything until it is settled."""
    return office_link(
        icon("smartphone", size=22),
        rx.el.span(t("board.phones_lost", count=board.lost_phones), class_name="flex-1"),
        icon("chevron-right", size=20),
        href="/board/phones",
        id="lost-phones",
        class_name="flex items-center gap-3 rounded-card bg-danger-soft text-danger px-4 py-3 "
        "min-h-12 font-medium",
    )


def _looks() -> rx.Component:
    """Visits that somebody is to look at once more; nothing while there are none."""
    return office_link(
        icon("scan-eye", size=22),
        rx.el.span(t("board.looks_waiting", count=board.looks), class_name="flex-1"),
        icon("chevron-right", size=20),
        href="/board/looks",
        id="second-looks",
        class_name="flex items-center gap-3 rounded-card bg-warn-soft text-warn px-4 py-3 "
        "min-h-12 font-medium",
    )


def _way(href: str, sign: str, name: rx.Var) -> rx.Component:
    return office_link(
        icon(sign, size=20),
        name,
        icon("chevron-right", size=20),
        href=href,
        class_name="inline-flex items-center gap-2 min-h-12 self-start text-primary font-medium",
    )


def _gone() -> rx.Component:
    return empty(
        "lock",
        t("board.gone"),
        t("board.gone_hint"),
        link_button(t("nav.sign_in"), href="/sign-in?next=/board", sign="log-in"),
    )
