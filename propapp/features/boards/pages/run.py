"""A run with its checkpoints and photos, for whoever watches over it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.evidence import export_form
from propapp.features.boards.components.photo import photo_dialog
from propapp.features.boards.components.run import head_part, step_card
from propapp.features.boards.state.photo import PhotoState
from propapp.features.boards.state.run import STEPS, RunState
from propapp.features.goals.components.chain import chain_picture
from propapp.offline.office import office_page
from propapp.ui.kit import empty, link_button, section_title, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

run: Any = RunState


@page("/board/run", on_load=RunState.open)
def run_page() -> rx.Component:
    """What was done, seen and photographed, point by point."""
    return office_page(
        rx.match(
            run.stage,
            ("shown", rx.fragment(head_part(run.head), _serves(), _export(), _steps())),
            ("absent", _absent()),
            skeleton(lines=4),
        ),
        photo_dialog(PhotoState.facts),
        site=run.site,
        back="/board",
    )


def _serves() -> rx.Component:
    """What the run and each of its photos are for: up to the goals of the year."""
    return rx.cond(
        run.chain.length() > 0,
        rx.el.section(
            section_title(t("chain.serves")),
            chain_picture(run.chain, name="run-chain"),
            class_name="flex flex-col gap-3",
        ),
        rx.fragment(),
    )


def _export() -> rx.Component:
    """Evidence of a run may be taken away by those who answer for it."""
    return rx.cond(run.exports, export_form("run", run_id=run.head.id), rx.fragment())


def _steps() -> rx.Component:
    return rx.el.div(
        rx.foreach(STEPS.var(RunState), _step),
        rx.foreach(run.further, _step),
        class_name="grid gap-4 lg:grid-cols-2 items-start",
    )


def _step(step: Any) -> rx.Component:
    return step_card(step, lambda sha256: PhotoState.look_at(sha256, run.head.id))


def _absent() -> rx.Component:
    return empty(
        "route-off",
        t("board.run.absent"),
        t("board.run.absent_hint"),
        link_button(t("board.run.to_board"), href="/board", sign="arrow-left"),
    )
