"""One version of a plan: hours a week of each post."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.frame import plan_frame
from propapp.features.planning.components.load import load_part
from propapp.features.planning.state.plan import PlanState
from propapp.ui.page import page

plan: Any = PlanState


@page("/plans/load", on_load=PlanState.open)
def load_page() -> rx.Component:
    """The plan seen so."""
    return plan_frame(load_part(plan, PlanState), page=plan, acts=PlanState, view="load")
