"""Between Playwright and Chromium: whoever drives a phone does not listen to its service worker.

Playwright attaches itself to every worker, and Chromium 156 does not end a worker that somebody is
attached to. Where a new version was called just as a tab opened, later tabs never opened at all: in
4 of 50 tries attached, in 0 of 50 unattached. Nobody is attached to a phone in a pocket.
"""

from __future__ import annotations

import json
import threading
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import Server, ServerConnection, serve

# The rest as Chromium has it where nothing is said.
LISTENS_TO = [
    {"type": "service_worker", "exclude": True},
    {"type": "browser", "exclude": True},
    {"type": "tab", "exclude": True},
    {},
]


class Unwatched:
    """Hands on what Playwright and the browser at ``address`` say, but for that one wish."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._server: Server = serve(
            self._relay, "127.0.0.1", 0, max_size=None, compression=None, ping_interval=None
        )
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()

    def _relay(self, driver: ServerConnection) -> None:
        with connect(self._address, max_size=None, compression=None, ping_interval=None) as browser:
            back = threading.Thread(target=_hand_on, args=(browser, driver), daemon=True)
            back.start()
            try:
                for said in driver:
                    browser.send(_without_workers(json.loads(said)))
            except ConnectionClosed:
                """The battery is out."""
            browser.close()
            back.join()


def _hand_on(browser: ClientConnection, driver: ServerConnection) -> None:
    try:
        for said in browser:
            driver.send(said)
    except ConnectionClosed:
        """Nobody drives it any more."""
    driver.close()


def _without_workers(said: dict[str, Any]) -> str:
    if said["method"] == "Target.setAutoAttach":
        said["params"]["filter"] = LISTENS_TO
    return json.dumps(said)
