"""The gate before everything: pages of other sites and sockets without a session stay outside."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from propapp.api import problems
from propapp.core.errors import ForeignOrigin, PropappError, SignInNeeded
from propapp.core.identity import SESSION_COOKIE, actor_for
from propapp.core.places import OFFICE
from propapp.core.settings import settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
GUARDED = ("/_event", "/_upload")


def is_foreign(scope: Scope) -> bool:
    """Whether a page of another site asks for a socket or asks to change something."""
    if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
        return False
    connection = HTTPConnection(scope)
    origin = connection.headers.get("origin")
    if origin is not None:
        return not is_ours(origin, connection.headers.get("host", ""))
    return connection.headers.get("sec-fetch-site", "none") not in OWN_SITES


def is_ours(origin: str, host: str) -> bool:
    """Configured, or the very address that was asked; behind a proxy only the host is sure."""
    if origin in settings().allowed_origins:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and parts.netloc == host


class Gate:
    """Wraps the server; give it to ``api_transformer`` after the API."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pass or refuse, before a single byte of the body is read."""
        if scope["type"] in {"http", "websocket"}:
            refusal = await _refusal(scope)
            if refusal is not None:
                await _refuse(refusal, scope, receive, send)
                return
        await self.app(scope, receive, send)


async def _refusal(scope: Scope) -> PropappError | None:
    if is_foreign(scope):
        return ForeignOrigin()
    if not _is_guarded(scope):
        return None
    token = HTTPConnection(scope).cookies.get(SESSION_COOKIE, "")
    try:
        await run_in_threadpool(actor_for, token)
    except SignInNeeded as needed:
        return needed
    return None


def _is_guarded(scope: Scope) -> bool:
    if scope["type"] == "websocket":
        return True
    return _is_office(scope) or any(scope["path"].startswith(path) for path in GUARDED)


def _is_office(scope: Scope) -> bool:
    path = f"{scope['path']}/"
    return scope["type"] == "http" and any(path.startswith(f"{place}/") for place in OFFICE)


async def _refuse(error: PropappError, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        # Closed before it was accepted, which the server turns into a 403.
        await send({"type": "websocket.close", "code": 1008, "reason": error.code})
        return
    if _is_office(scope) and isinstance(error, SignInNeeded):
        asked = scope["path"] + (f"?{query}" if (query := scope["query_string"].decode()) else "")
        door = RedirectResponse(f"/sign-in?next={quote(asked)}", status_code=303)
        await door(scope, receive, send)
        return
    await problems.answer(Request(scope), error)(scope, receive, send)
