"""One goal, down to a photo."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.goals.components.chain import chain_picture
from propapp.features.goals.components.form import goal_form
from propapp.features.goals.components.goal import (
    clauses_part,
    drop_part,
    figure_part,
    history_part,
)
from propapp.features.goals.components.letter import letters_part
from propapp.features.goals.state.goal import GoalState
from propapp.features.goals.state.letter import LetterState
from propapp.offline.office import office_page
from propapp.ui.kit import button, empty, muted, row, section_title, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

goal: Any = GoalState
letter: Any = LetterState


@page("/goals/goal", on_load=[GoalState.open, LetterState.open])
def goal_page() -> rx.Component:
    """The figure with its formula, and the chain that carries it."""
    return office_page(
        rx.match(
            goal.stage,
            ("shown", rx.fragment(*_parts())),
            ("absent", empty("target", t("goal.absent"), t("goal.absent_hint"))),
            skeleton(lines=5),
        ),
        site=goal.site,
        back="/goals",
    )


def _parts() -> list[rx.Component]:
    one = goal.goal
    return [
        figure_part(one.card, one.months),
        rx.cond(one.may_write & (goal.doing == ""), _acts(), rx.fragment()),
        rx.cond(
            goal.doing == "keep",
            goal_form(
                goal, GoalState, one=one.card, title=t("goal.edit"), on_close=GoalState.ask("")
            ),
            rx.fragment(),
        ),
        clauses_part(goal, GoalState),
        drop_part(goal, GoalState),
        rx.el.section(
            section_title(t("chain.title")),
            muted(t("chain.hint")),
            chain_picture(one.chain, choose=GoalState.choose, name="goal-chain"),
            class_name="flex flex-col gap-3",
        ),
        letters_part(letter, LetterState),
        history_part(one.history),
    ]


def _acts() -> rx.Component:
    return row(
        button(t("goal.edit"), sign="pencil", on_click=GoalState.ask("keep"), id="goal-edit"),
        button(
            t("goal.choose_clauses"),
            sign="book-open-check",
            on_click=GoalState.ask("serve"),
            id="goal-serve",
        ),
        button(t("goal.drop"), sign="ban", on_click=GoalState.ask("drop"), id="goal-drop"),
        class_name="flex-wrap",
    )
