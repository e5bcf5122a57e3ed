"""What PropApp changes in Reflex's own client script, each change with its reason.

Every anchor must be found, so that an upgrade of Reflex cannot silently undo a change.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

STATE_JS = "utils/state.js"

_ENDPOINT = "  const endpoint = new URL(url_str);\n"
_SAME_ORIGIN = """\
  if (typeof window !== "undefined") {
    // Wherever the page came from is where its server is, whatever was known at build time.
    const secure = window.location.protocol === "https:";
    const socket = endpoint.protocol.startsWith("ws");
    endpoint.protocol = socket ? (secure ? "wss:" : "ws:") : secure ? "https:" : "http:";
    endpoint.host = window.location.host;
    if (!window.location.port) endpoint.port = "";
    return endpoint;
  }
"""

_IMPORT = 'import io from "socket.io-client";\n'
# A phone page never needs the socket: it would only drain the battery in a basement, and it is
# a tenth of the first load. Office pages fetch it when they open.
_LATE_IMPORT = """\
let io = null;
const fieldPages = %s;
const isFieldPage = () =>
  fieldPages.includes(window.location.pathname.replace(/\\/$/, "") || "/");
const loadSocket = async () => {
  io ??= (await import("socket.io-client")).default;
};
"""
_WARMUP = "      socketStarted ||\n"
_NO_WARMUP = "      !io ||\n" + _WARMUP
_CONNECT = "  const ensureSocketConnected = useCallback(async () => {\n"
_CONNECT_IN_OFFICE = _CONNECT + "    if (isFieldPage()) return;\n    await loadSocket();\n"
_NAVIGATION = "    addEvents(app.onLoadInternalEvent());\n"
# Without a socket these would only pile up.
_NAVIGATION_IN_OFFICE = "    if (!isFieldPage()) addEvents(app.onLoadInternalEvent());\n"


def pristine() -> str:
    """Reflex's state.js as it ships; the working copy may carry an older build's changes."""
    return (files("reflex_base") / ".templates" / "web" / STATE_JS).read_text(encoding="utf-8")


def adapt(source: str, field_pages: Sequence[str]) -> str:
    """Reflex's state.js with its server at the page's own address and no socket on phone pages."""
    changes = {
        _ENDPOINT: _ENDPOINT + _SAME_ORIGIN,
        _IMPORT: _LATE_IMPORT % json.dumps(list(field_pages)),
        _WARMUP: _NO_WARMUP,
        _CONNECT: _CONNECT_IN_OFFICE,
        _NAVIGATION: _NAVIGATION_IN_OFFICE,
    }
    for anchor, replacement in changes.items():
        if source.count(anchor) != 1:
            raise RuntimeError(f"{STATE_JS} has changed: {anchor.strip()!r} is not there once.")
        source = source.replace(anchor, replacement)
    return source
