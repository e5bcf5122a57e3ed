"""One version of a plan: its versions and what was said."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.frame import plan_frame
from propapp.features.planning.components.story import story_part
from propapp.features.planning.state.plan import PlanState
from propapp.ui.page import page

plan: Any = PlanState


@page("/plans/story", on_load=PlanState.open)
def story_page() -> rx.Component:
    """The plan seen so."""
    return plan_frame(story_part(plan), page=plan, acts=PlanState, view="story")
