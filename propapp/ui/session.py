"""Who acts behind a State, asked anew each time; no identity is ever kept in a State."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager
from http.cookies import CookieError, SimpleCookie

import reflex as rx

from propapp.core.access import Actor
from propapp.core.identity import SESSION_COOKIE, actor_for
from propapp.core.unit_of_work import UnitOfWork, looking, unit_of_work


def token_of(state: rx.State) -> str:
    """The session token that came with the socket; its page never sees it."""
    try:
        cookies = SimpleCookie(state.router.headers.cookie)
    except CookieError:
        return ""
    held = cookies.get(SESSION_COOKIE)
    return held.value if held else ""


async def actor_of(state: rx.State) -> Actor:
    """The person behind this event; ``SignInNeeded`` when the session has ended."""
    return await asyncio.to_thread(actor_for, token_of(state))


async def work(state: rx.State) -> AbstractContextManager[UnitOfWork]:
    """Open one change on the person's behalf, to be entered and committed by ``with``."""
    return unit_of_work(await actor_of(state))


async def read(state: rx.State) -> AbstractContextManager[UnitOfWork]:
    """Open one look at the database on the person's behalf, to be entered by ``with``."""
    return looking(await actor_of(state))
