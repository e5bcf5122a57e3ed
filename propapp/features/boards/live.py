"""Open boards look again soon after a change at their site, and once a minute for the clock's sake.

One process serves its own sockets: it knows which boards are open here, hears the bell that rings
after every commit, and lets each board query again. Nothing but a tab's token and its site is
kept, and a tab that has gone is forgotten at the next look.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

log = logging.getLogger(__name__)

# A burst of commits is one look.
PAUSE = 0.3
TICK = 60.0


@dataclass(frozen=True)
class Watcher:
    """An open page: which site it shows, and how it looks again; False when it has gone."""

    site: UUID
    look_again: Callable[[], Awaitable[bool]]


@dataclass
class OpenBoards:
    """The boards that are open in this process."""

    pause: float = PAUSE
    tick: float = TICK
    _open: dict[str, Watcher] = field(default_factory=dict)
    _dirty: set[UUID] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None
    _task: asyncio.Task[None] | None = None
    _timer: asyncio.TimerHandle | None = None

    def watch(self, token: str, watcher: Watcher) -> None:
        """Let the tab's page look again from now on, instead of what the tab showed before."""
        self._loop = asyncio.get_running_loop()
        self._open[token] = watcher
        if self._timer is None:
            self._timer = self._loop.call_later(self.tick, self._minute)

    def forget(self, token: str) -> None:
        """This tab needs no more looks."""
        self._open.pop(token, None)

    def rung(self, sites: frozenset[UUID]) -> None:
        """Something changed at these sites; called in any thread, returns at once."""
        loop = self._loop
        if loop is not None and self._open and not loop.is_closed():
            loop.call_soon_threadsafe(self._mark, sites)

    def is_looking(self) -> bool:
        """Whether a look is due or under way."""
        return bool(self._dirty or self._task)

    def is_idle(self) -> bool:
        """Whether nothing is open, waiting or running."""
        return not (self._open or self._timer or self.is_looking())

    def _minute(self) -> None:
        self._timer = None
        if self._open and self._loop is not None:
            self._timer = self._loop.call_later(self.tick, self._minute)
            self._mark(frozenset(watcher.site for watcher in self._open.values()))

    def _mark(self, sites: frozenset[UUID]) -> None:
        self._dirty |= sites & {watcher.site for watcher in self._open.values()}
        if self._dirty and self._task is None and self._loop is not None:
            self._task = self._loop.create_task(self._look(), name="open boards")

    async def _look(self) -> None:
        try:
            while self._dirty:
                await asyncio.sleep(self.pause)
                dirty, self._dirty = self._dirty, set()
                touched = [one for one in self._open.items() if one[1].site in dirty]
                await asyncio.gather(*(self._look_once(*one) for one in touched))
        finally:
            self._task = None

    async def _look_once(self, token: str, watcher: Watcher) -> None:
        try:
            stays = await watcher.look_again()
        except Exception:
            # One board that fails must not keep the others from looking.
            log.exception("an open board could not look again")
            return
        if not stays and self._open.get(token) is watcher:
            self.forget(token)


OPEN = OpenBoards()
