"""Photos with real bytes, brought to the house the way a phone brings them."""

from __future__ import annotations

import hashlib
from typing import Any

from propapp.core.stores import photo_store
from propapp.features.photos.commands import Shot
from propapp.features.photos.deliveries import Chunk, take
from propapp.features.photos.register import intake_of
from tests.world import World, a_shot


def shot_of(data: bytes, **values: Any) -> Shot:
    """The photo as the phone names it."""
    sha256 = hashlib.sha256(data).hexdigest()
    return a_shot(size=len(data), **values).model_copy(update={"sha256": sha256})


def bring(world: World, who: str, data: bytes) -> Shot:
    """Every byte of it comes in."""
    shot = shot_of(data)
    chunk = Chunk(shot.sha256, 0, len(data), data)
    take(intake_of(photo_store(), world.clock), world.actor(who).person_id, chunk)
    return shot
