"""The API as a process that dies where it is told to.

The points of death are wrapped around the product's own functions here, in the process of a test:
the product itself has none, so no request and no setting of a real server can reach one.
"""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server
from sqlalchemy.engine.default import DefaultDialect

from propapp.api import arrivals, sync
from propapp.api.app import create_api
from propapp.core.clock import SystemClock
from propapp.core.stores import disk, durable, photo_store
from propapp.core.sync import apply, books
from propapp.features.photos import jobs
from propapp.features.photos.register import SqlRegister
from propapp.features.rounds.jobs import seal_complete

# Where a function lives, and its name; each gives a point before and a point after it.
PLACES: dict[str, tuple[Any, str]] = {
    "chunk": (disk.durable, "append"),
    "fsync": (durable.os, "fsync"),
    "copies": (disk, "derive"),
    "rename": (disk.durable, "move"),
    "photo row": (SqlRegister, "stored"),
    "photo opened": (SqlRegister, "open"),
    "seal": (arrivals, "seal_ready"),
    "device": (books, "device_of"),
    "effects": (books, "perform"),
    "operation": (apply, "settle"),
    "batch": (sync, "_apply"),
    "commit": (DefaultDialect, "do_commit"),
}
POINTS = [f"{when} {place}" for place in PLACES for when in ("before", "after")]


def arm(point: str, passes: int) -> None:
    """Die at this point, when it is passed for the so-manieth time."""
    when, _, place = point.partition(" ")
    owner, name = PLACES[place]
    left = [passes]

    def pass_by() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, _deadly(getattr(owner, name), when, pass_by))


def _deadly(function: Callable[..., Any], when: str, pass_by: Callable[[], None]) -> Any:
    @functools.wraps(function)
    def deadly(*given: Any, **named: Any) -> Any:
        if when == "before":
            pass_by()
        result = function(*given, **named)
        if when == "after":
            pass_by()
        return result

    return deadly


def serve(port: int, point: str, passes: int, kept: str) -> None:
    """Be a server until something ends it."""
    if point:
        arm(point, passes)
    asyncio.run(_serve(port, Path(kept)))


async def _serve(port: int, kept: Path) -> None:
    server = Server(create_api(), port=port, interface=Interfaces.ASGI, log_enabled=False)
    sweeping = asyncio.create_task(asyncio.to_thread(_keep_house, kept))
    await server.serve()
    await sweeping


def _keep_house(kept: Path) -> None:
    """What a real server does at its start about the one that died before it, and a mark after it.

    A real one does it every minute; what is killed or ends before the mark has not done it.
    """
    try:
        jobs.sweep(photo_store(), SystemClock())
        seal_complete(SystemClock())
    except Exception:
        traceback.print_exc()
        raise
    kept.write_text(str(os.getpid()))
