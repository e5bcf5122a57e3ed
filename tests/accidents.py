"""Accidents for tests: everything valid by default, a test names only what matters to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from propapp.core.ids import uuid7
from propapp.features.accidents.models import Accident, AccidentKind
from tests.world import NOON, World, save


def an_accident_asked(world: World, **values: Any) -> dict[str, Any]:
    """An accident as somebody registers it."""
    return {
        "accident_id": uuid7(),
        "site_id": world.site.id,
        "kind": "fall",
        "occurred_at": NOON - timedelta(hours=1),
        "place": "Hall of building 2",
        "text": "An owner slipped on the wet floor",
        "injured": 1,
    } | values


def an_accident(world: World, **values: Any) -> Accident:
    """An accident that is registered."""
    made: dict[str, Any] = {
        "id": uuid7(),
        "site_id": world.site.id,
        "kind": AccidentKind.FALL,
        "occurred_at": NOON - timedelta(hours=1),
        "place": "Hall of building 2",
        "text": "An owner slipped on the wet floor",
        "injured": 1,
        "recorded_by": world.actor("supervisor").person_id,
        "recorded_at": NOON,
    } | values
    accident = Accident(**made)
    save(accident)
    return accident
