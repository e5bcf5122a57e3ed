"""One version of a plan: a month of it, day by day."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.frame import plan_frame
from propapp.features.planning.components.month import month_part
from propapp.features.planning.state.plan import PlanState
from propapp.ui.page import page

plan: Any = PlanState


@page("/plans/month", on_load=PlanState.open)
def month_page() -> rx.Component:
    """The plan seen so."""
    return plan_frame(month_part(plan, PlanState), page=plan, acts=PlanState, view="month")
