"""A plan in the list."""

from __future__ import annotations

import reflex as rx

from propapp.features.planning.components.marks import state_badge, whose
from propapp.features.planning.views import PlanCard
from propapp.offline.office import office_link
from propapp.ui.kit import badge, icon, muted, row
from propapp.ui.kit.basics import cx
from propapp.ui.text import name_of, t, word


def plan_card(one: rx.Var[PlanCard]) -> rx.Component:
    """What it is, where it stands, and whose turn it is."""
    mine = one.waits != ""
    return rx.el.li(
        office_link(
            row(
                rx.el.h2(name_of(one), class_name="text-lg font-semibold flex-1 min-w-0"),
                state_badge(one.status, submitted=one.submitted & (one.status == "draft")),
                class_name="flex-wrap",
            ),
            rx.cond(
                mine,
                rx.el.p(
                    icon("bell-ring", size=18),
                    word("plan.waits", one.waits),
                    class_name="flex items-center gap-1.5 font-medium text-primary",
                ),
                rx.cond(
                    one.judge.id != "",
                    muted(t("plan.waits_for", name=name_of(one.judge))),
                    rx.fragment(),
                ),
            ),
            row(
                badge(word("plan.kind", one.kind), tone="primary"),
                badge(whose(one.department)),
                rx.cond(one.version > 1, badge(t("plan.version", count=one.version)), None),
                class_name="flex-wrap",
            ),
            rx.el.p(
                t("plan.span", first=one.starts, last=one.ends),
                " · ",
                t("plan.tasks", count=one.tasks),
                class_name="tabular text-sm",
            ),
            rx.cond(
                one.parent.id != "",
                muted(t("plan.part_of", name=name_of(one.parent))),
                rx.fragment(),
            ),
            href="/plans/plan?plan=" + one.id,
            class_name=cx(
                "flex flex-col gap-2 rounded-card border bg-raised shadow-card p-4",
                rx.cond(mine, "border-primary", "border-line"),
            ),
        ),
        key=one.id,
        custom_attrs={"data-plan": one.id, "data-waits": one.waits, "data-status": one.status},
    )
