"""What leaves the server: caching, security headers, plain page addresses, and who may ask."""

import json
import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from reflex.utils.prerequisites import get_web_dir
from reflex_base.constants import Dirs
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from propapp.core.settings import settings
from propapp.offline import built, policy

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SERVER_PATHS = ("/api/", "/_event", "/_upload", "/_health", "/ping")
HASHED = "/assets/"

PERMANENT_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(script_hashes: list[str]) -> str:
    """The content security policy of a page with these inline scripts."""
    # WebAssembly reads QR codes where the browser cannot; styles are written by React.
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *script_hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; "
        "worker-src 'self'; manifest-src 'self'; font-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class Delivery:
    """Wraps the whole server, the built client included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        static_dir = (get_web_dir() / Dirs.STATIC).resolve()
        self._pages = {url: file.relative_to(static_dir) for url, file in _pages(static_dir)}
        self._policies = _policies(static_dir)
        self._fallback_policy = self._policies.get(built.FALLBACK[1:], content_policy([]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse foreign origins, find the page, and dress the answer."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        if _is_foreign(scope):
            await _refuse(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self.app(_without_origin(scope), receive, send)
            return
        await self.app(self._at_page(scope), receive, self._dressed(scope, send))

    def _at_page(self, scope: Scope) -> Scope:
        """Serve `/today` as it stands, where static files would send the phone to `/today/`."""
        if scope["path"] == "/" or scope["path"] not in self._pages:
            return scope
        path = f"{scope['path']}/"
        return {**scope, "path": path, "raw_path": path.encode()}

    def _dressed(self, scope: Scope, send: Send) -> Send:
        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(scope, message)
            await send(message)

        return send_dressed

    def _dress(self, scope: Scope, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers.setdefault("Cache-Control", caching(scope["path"], status=message["status"]))
        for name, value in PERMANENT_HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", self._policy_for(scope["path"]))
        if "location" in headers:
            headers["location"] = relative(headers["location"], host=_host(scope))

    def _policy_for(self, path: str) -> str:
        page = self._pages.get(path.rstrip("/") or "/")
        name = page.as_posix() if page else path.lstrip("/")
        return self._policies.get(name, self._fallback_policy)


def caching(path: str, *, status: int) -> str:
    """How long an answer may be kept."""
    if path.startswith(SERVER_PATHS):
        return "no-store"
    if not path.startswith(HASHED):
        return "no-cache"
    # Right after an update a phone may ask for a file of the build before: that must not stick.
    return "public, max-age=31536000, immutable" if status < HTTPStatus.BAD_REQUEST else "no-store"


def relative(location: str, *, host: str) -> str:
    """The same place without our own scheme and host, which a proxy may have changed."""
    return re.sub(rf"^https?://{re.escape(host)}(?=/)", "", location) if host else location


def _pages(static_dir: Path) -> list[tuple[str, Path]]:
    return list(built.pages(static_dir).items()) if static_dir.is_dir() else []


def _policies(static_dir: Path) -> dict[str, str]:
    file = static_dir.parent / policy.HASHES_FILE
    hashes = json.loads(file.read_text()) if file.is_file() else {}
    return {page: content_policy(found) for page, found in hashes.items()}


def _host(scope: Scope) -> str:
    return Headers(scope=scope).get("host", "")


def _is_foreign(scope: Scope) -> bool:
    """A page of another site asks for a socket, or asks to change something."""
    if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
        return False
    origin = Headers(scope=scope).get("origin")
    if origin is None or origin in settings().allowed_origins:
        return False
    # Our own address, by whatever name: behind a proxy only the host is sure, not the scheme.
    return urlsplit(origin).netloc != _host(scope)


def _without_origin(scope: Scope) -> Scope:
    """The origin is judged here; Reflex's own list knows only the addresses set in advance."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": headers}


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": "foreign origin"})
        return
    answer = JSONResponse({"code": "foreign_origin"}, status_code=403)
    await answer(scope, receive, send)
