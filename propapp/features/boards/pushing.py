"""Bringing a change to a page that is open, from outside an event and in small parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Protocol, TypeVar
from uuid import UUID

import reflex as rx
from reflex.app import App
from reflex.istate.manager.token import BaseStateToken
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import json_dumps

from propapp.core import bell
from propapp.features.boards.live import OPEN, Watcher

# An update to a viewer has at most 3 kB; the names of the vars and the envelope need some of it.
PART = 2400
_NAME = 24

Changes = Mapping[str, Any]


class Living(Protocol):
    """A page's state that can look again."""

    async def _look_again(self) -> Changes | None: ...


StateT = TypeVar("StateT", bound=rx.State)


def keep_alive(state: rx.State, site: UUID) -> None:
    """Let this page look again at every change of the site, for as long as it is open."""
    token, kind = state.router.session.client_token, type(state)
    app = RegistrationContext.get().app
    _listen()
    OPEN.watch(token, Watcher(site, lambda: look_again(app, token, kind)))


async def look_again(app: App, token: str, kind: type[rx.State]) -> bool:
    """Let the page query again and send what has changed; False when nobody looks any more."""
    names = app.event_namespace
    if names is None or not await names._token_manager.is_token_connected(token):  # noqa: SLF001
        return False
    pending: list[Changes] = []
    stays = True

    async def first(state: Any) -> None:
        nonlocal stays
        changes = await state._look_again()  # noqa: SLF001
        stays = changes is not None
        pending.extend(parts(changes or {}))

    await _with_state(app, token, kind, first)
    while pending:
        part = pending.pop(0)
        await _with_state(app, token, kind, lambda state, part=part: _apply(state, part))
    return stays


def parts(changes: Changes, *, limit: int = PART) -> Iterator[dict[str, Any]]:
    """The changes in portions, each small enough for one update."""
    portion: dict[str, Any] = {}
    size = 0
    for name, value in changes.items():
        length = len(json_dumps(value, separators=(",", ":")).encode()) + len(name) + _NAME
        if portion and size + length > limit:
            yield portion
            portion, size = {}, 0
        portion[name] = value
        size += length
    if portion:
        yield portion


async def _apply(state: rx.State, part: Changes) -> None:
    for name, value in part.items():
        setattr(state, name, value)


async def _with_state(
    app: App, token: str, kind: type[rx.State], act: Callable[[Any], Awaitable[None]]
) -> None:
    async with app.modify_state(BaseStateToken(ident=token, cls=kind)) as root:
        await act(await root.get_state(kind))


def _listen() -> None:
    if not _listening:
        _listening.append(True)
        bell.listen(OPEN.rung)


_listening: list[bool] = []
