"""Every event passes here first, and nothing is allowed that does not say who may.

A State's public methods are reachable by anybody with a socket, whether a page calls them or
not. So a handler names its permission, ``@handler(Permission.X)`` under ``@rx.event``, and the
person's roles are looked up in the database for each event.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

import reflex as rx
from reflex.app import App
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.registry import RegistrationContext

from propapp.core.access import Actor, Permission
from propapp.core.errors import SignInNeeded
from propapp.ui.session import actor_of, token_of

log = logging.getLogger(__name__)

HandlerT = TypeVar("HandlerT", bound=Callable[..., Any])

MARK = "propapp_permission"
SIGN_IN_PAGE = "/sign-in"
# What Reflex itself needs to show a page and keep it; all else must name a permission.
FRAMEWORK = frozenset(
    {
        "hydrate",
        "hydrate_and_load",
        "on_load_internal",
        "set_is_hydrated",
        "update_vars_internal",
        "handle_frontend_exception",
    }
)


def handler(permission: Permission) -> Callable[[HandlerT], HandlerT]:
    """Say who may call this event handler; put it under ``@rx.event``."""

    def mark(function: HandlerT) -> HandlerT:
        setattr(function, MARK, permission)
        return function

    return mark


def permission_of(function: Callable[..., Any]) -> Permission | None:
    """The permission that opens a handler, if it names one."""
    return getattr(function, MARK, None)


def is_framework(name: str, function: Callable[..., Any]) -> bool:
    """Whether this is one of Reflex's own handlers that a page cannot do without."""
    verb = name.rsplit(".", 1)[-1]
    return verb in FRAMEWORK and function.__module__.split(".")[0] in {"reflex", "reflex_base"}


class BoundSession(rx.State):
    """Remembers, out of the browser's reach, which session this tab's state was filled for."""

    _session: str = ""


class Guard(Middleware):
    """Denies by default."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Nothing to say when the event may run; otherwise where to go instead."""
        del app
        try:
            actor = await actor_of(state)  # type: ignore[arg-type]
        except SignInNeeded:
            await _forget(state)
            return _go(state, SIGN_IN_PAGE)
        await _bind(state)
        if _may(actor, event.name):
            return None
        # The name comes from outside and is not written into the log as it stands.
        log.warning("event %.200r was denied to %s", event.name, actor.person_id)
        return _go(state, "/")


def install(app: App) -> None:
    """Put the guard before every other middleware."""
    app.add_middleware(Guard(), index=0)


def _may(actor: Actor, name: str) -> bool:
    registered = RegistrationContext.get().event_handlers.get(name)
    if registered is None:
        return False
    function = registered.handler.fn
    if is_framework(name, function):
        return True
    permission = permission_of(function)
    return permission is not None and actor.may(permission)


async def _bind(state: BaseState) -> None:
    """A state filled for one session is emptied before another may use it."""
    now = hashlib.sha256(token_of(state).encode()).hexdigest()  # type: ignore[arg-type]
    bound = await state.get_state(BoundSession)
    if bound._session == now:
        return
    if bound._session:
        state._get_root_state().reset()
    bound._session = now


async def _forget(state: BaseState) -> None:
    """What was loaded for a session that has ended is not left lying about."""
    bound = await state.get_state(BoundSession)
    if bound._session:
        state._get_root_state().reset()


def _go(state: BaseState, page: str) -> StateUpdate:
    """To that page and, after signing in, back here; who is there stays, or it would loop."""
    # The path is the browser's word: it is only ever used as a path of our own.
    here = str(state.router.url.path or "/").rstrip("/") or "/"
    if here == page:
        return StateUpdate()
    asked = f"?next={quote(here)}" if page == SIGN_IN_PAGE and here != "/" else ""
    return StateUpdate(events=Event.from_event_type([rx.redirect(page + asked)]))
