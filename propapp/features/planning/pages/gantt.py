"""One version of a plan: bars over its days."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.frame import leaves, plan_frame
from propapp.features.planning.components.gantt import gantt_part
from propapp.features.planning.state.plan import PlanState
from propapp.ui.page import page

plan: Any = PlanState


@page("/plans/gantt", on_load=PlanState.open)
def gantt_page() -> rx.Component:
    """The plan seen so."""
    return plan_frame(
        gantt_part(plan), leaves(plan, PlanState), page=plan, acts=PlanState, view="gantt"
    )
