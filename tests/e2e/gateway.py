"""A gateway before the server that fails a phone's first installations, as a bad network does."""

from __future__ import annotations

import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.serving import free_port

PER_CONNECTION = {"connection", "keep-alive", "transfer-encoding"}


class Asked:
    """What the gateway knows of a request of an installation."""

    def __init__(self, headers: Any) -> None:
        self.script = headers.get("service-worker") == "script"
        self.file = (headers.get("referer") or "").endswith("/sw.js")


class Gateway:
    """Hands everything on, but the first ``fails`` requests of an installation.

    ``what`` is ``script`` (the worker) or ``file`` (what it keeps). Of those that fail one is
    answered 503 and the next not at all, by turns.
    """

    def __init__(self, target: int, *, what: str, fails: int) -> None:
        self.port, self.left, self.installations, self.failed = free_port(), fails, 0, 0
        self._lock = threading.Lock()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = Asked(self.headers)
                count = gateway._counted(asked, what)
                if count == 0:
                    _hand_on(self, target)
                elif count % 2:
                    self.send_error(503)
                else:
                    self.close_connection = True

            do_POST = do_PUT = do_GET  # noqa: N815 - the names that the class asks for

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _counted(self, asked: Asked, what: str) -> int:
        """Which failure this is, from 1; 0 if it is none."""
        with self._lock:
            self.installations += asked.script
            if not getattr(asked, what) or self.left == 0:
                return 0
            self.left -= 1
            self.failed += 1
            return self.failed


def _hand_on(handler: BaseHTTPRequestHandler, target: int) -> None:
    server = HTTPConnection("127.0.0.1", target, timeout=30)
    try:
        length = int(handler.headers.get("content-length") or 0)
        body = handler.rfile.read(length) if length else None
        headers = dict(handler.headers.items())
        server.request(handler.command, handler.path, body, {**headers, "Connection": "close"})
        answer = server.getresponse()
        content = answer.read()
    except OSError:
        handler.close_connection = True
        return
    finally:
        server.close()
    handler.send_response(answer.status)
    for name, value in answer.getheaders():
        if name.lower() not in {*PER_CONNECTION, "content-length"}:
            handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
