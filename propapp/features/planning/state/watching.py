"""Work in a thread that is watched: the page learns how far it is while it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from propapp.core.progress import Tell

# So often somebody looks, in seconds; what is quicker shows no bar.
_LOOK = 0.3


async def watched(work: Callable[[Tell], None]) -> AsyncGenerator[tuple[int, int], None]:
    """How much is done, of how much, again and again until it is over; what it raises is raised."""
    far = (0, 0)

    def tell(done: int, total: int) -> None:
        nonlocal far
        far = done, total

    going = asyncio.ensure_future(asyncio.to_thread(work, tell))
    while not going.done():
        await asyncio.wait({going}, timeout=_LOOK)
        yield far
    going.result()
