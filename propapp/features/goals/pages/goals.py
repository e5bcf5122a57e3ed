"""The goals of a site: what is to be reached, and where it stands."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.goals.components.form import goal_form
from propapp.features.goals.components.goal import goal_card
from propapp.features.goals.rules import WHOLE
from propapp.features.goals.state.goals import GoalsState
from propapp.offline.office import office_page
from propapp.ui.kit import badge, button, empty, link_button, muted, row, skeleton
from propapp.ui.page import page
from propapp.ui.text import t

goals: Any = GoalsState


@page("/goals", on_load=GoalsState.open)
def goals_page() -> rx.Component:
    """Each goal with its figure, its target and its state."""
    return office_page(
        rx.cond(goals.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=goals.site,
        sites=goals.sites,
        on_choose=GoalsState.choose_site,
        place="goals",
    )


def _parts() -> list[rx.Component]:
    return [
        row(
            rx.el.h1(
                rx.cond(goals.past, t("goal.title_past"), t("goal.title")),
                class_name="text-xl font-semibold",
            ),
            rx.cond(
                goals.cards.length() > 0,
                rx.cond(
                    goals.past | (goals.weights == WHOLE),
                    muted(t("goal.weights", count=goals.weights), class_name="tabular"),
                    badge(t("goal.weights_odd", count=goals.weights), tone="warn", sign="scale"),
                ),
                rx.fragment(),
            ),
            rx.el.span(class_name="flex-1"),
            link_button(
                t("goal.report"),
                href="/reports?site=" + goals.site.id,
                sign="file-text",
                variant="secondary",
                fresh=True,
            ),
            rx.cond(
                goals.past,
                button(t("goal.present"), sign="target", on_click=GoalsState.look_back(False)),  # noqa: FBT003
                button(t("goal.past"), sign="history", on_click=GoalsState.look_back(True)),  # noqa: FBT003
            ),
            rx.cond(
                goals.may_write,
                button(
                    t("goal.new"),
                    sign="plus",
                    variant="primary",
                    on_click=GoalsState.write,
                    id="goal-new",
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap gap-x-4",
        ),
        rx.cond(
            goals.writing,
            goal_form(
                goals, GoalsState, one=goals.card, title=t("goal.new"), on_close=GoalsState.close
            ),
            rx.fragment(),
        ),
        rx.cond(
            goals.cards.length() > 0,
            rx.el.ul(
                rx.foreach(goals.cards, goal_card),
                class_name="grid gap-4 lg:grid-cols-2 items-stretch",
            ),
            rx.cond(
                goals.past,
                empty("history", t("goal.none_past"), t("goal.none_past_hint")),
                empty("target", t("goal.none"), t("goal.none_hint")),
            ),
        ),
    ]
