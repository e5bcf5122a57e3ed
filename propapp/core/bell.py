"""Bells tell open boards that something changed; they carry no rows."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID

Listener = Callable[[frozenset[UUID]], None]

_lock = threading.Lock()
_versions: Counter[UUID] = Counter()
_listeners: list[Listener] = []


def ring(sites: Iterable[UUID]) -> None:
    """Count up the sites' versions and wake whoever listens; called only after a commit."""
    changed = frozenset(sites)
    if not changed:
        return
    with _lock:
        _versions.update(changed)
        listeners = list(_listeners)
    for listener in listeners:
        listener(changed)


def version(site_id: UUID) -> int:
    """How often the site's bell has rung in this process."""
    with _lock:
        return _versions[site_id]


def listen(listener: Listener) -> None:
    """Be told of every ring; must return at once, for it runs in the writer's thread."""
    with _lock:
        _listeners.append(listener)
