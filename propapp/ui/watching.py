"""Staying with files that are still being made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from propapp.core.access import Actor
from propapp.core.errors import SignInNeeded
from propapp.core.making.cards import MadeCard
from propapp.ui.session import actor_of

EVERY = 0.5
# A page left open is not asked about for ever.
LONGEST = 1200


def is_busy(made: list[MadeCard]) -> bool:
    """Whether any of them is still being made."""
    return any(one.status == "waiting" for one in made)


async def watch(state: Any, look: Callable[[Actor], list[MadeCard]]) -> None:
    """Look again until every file is there; for a background event of a page with ``made``."""
    for _ in range(LONGEST):
        await asyncio.sleep(EVERY)
        async with state:
            try:
                actor = await actor_of(state)
            except SignInNeeded:
                state.reset()
                return
            made = await asyncio.to_thread(look, actor)
            if made != state.made:
                state.made = made
            if not is_busy(made):
                return
