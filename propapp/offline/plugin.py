"""Fits the built client to PropApp: any host, a strict policy, a start without a network."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

from propapp.offline import policy, precache

STATE_JS = "utils/state.js"
ANCHOR = "  const endpoint = new URL(url_str);\n"
PACK = """
const fs = require("node:fs"), zlib = require("node:zlib");
for (const file of process.argv.slice(1)) {
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes));
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
}
"""
SAME_ORIGIN = """\
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


@dataclass
class OfflinePlugin(Plugin):
    """Lets one build serve every address, and writes its service worker."""

    # Pages that must open without a network, by prefix: "/rounds" is "/rounds/7" too.
    # Boards stay out: they are nothing without a server.
    pages: tuple[str, ...] = ("/",)
    # Files that such pages fetch under their own names, by prefix; what they import is found.
    extras: tuple[str, ...] = ("/manifest.webmanifest", "/icons/favicon.svg", "/offline/worker.js")

    def pre_compile(self, **context: Any) -> None:
        """Derive the server's address from the page's own."""
        modify: Callable[[str, Callable[[str], str]], None] = context["add_modify_task"]
        modify(STATE_JS, speak_to_own_origin)

    def post_build(self, **context: Any) -> None:
        """Write the service worker and the policy that fit this very build."""
        static_dir: Path = context["static_dir"]
        kept = precache.Kept(pages=self.pages, extras=self.extras)
        precache.write_service_worker(static_dir, kept)
        pack_decoders(static_dir)
        hashes = policy.script_hashes(static_dir)
        (static_dir.parent / policy.HASHES_FILE).write_text(json.dumps(hashes, indent=1))


def pack_decoders(static_dir: Path) -> None:
    """Compress WebAssembly, which Reflex leaves as it is, in the node that built it."""
    files = [str(file) for file in static_dir.rglob("*.wasm")]
    if files:
        subprocess.run(["node", "--eval", PACK, *files], check=True)


def speak_to_own_origin(source: str) -> str:
    """The client's state.js, with its server at the page's own address."""
    if SAME_ORIGIN in source:
        return source
    if ANCHOR not in source:
        raise RuntimeError(f"{STATE_JS} has changed: nowhere to set the server's address.")
    return source.replace(ANCHOR, ANCHOR + SAME_ORIGIN)
