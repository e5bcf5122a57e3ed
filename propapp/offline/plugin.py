"""Fits the built client to PropApp: any host, a strict policy, a start without a network."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

from propapp.offline import policy, precache, slim, state_js


@dataclass
class OfflinePlugin(Plugin):
    """Lets one build serve every address, and writes its service worker."""

    # Pages that must open without a network, by prefix: "/rounds" is "/rounds/7" too.
    # Boards stay out: they are nothing without a server.
    pages: tuple[str, ...] = ("/",)
    # Files that such pages fetch under their own names, by prefix; what they import is found.
    extras: tuple[str, ...] = ("/manifest.webmanifest", "/icons/favicon.svg", "/offline/worker.js")

    def pre_compile(self, **context: Any) -> None:
        """Fit Reflex's own script to phones and to any address."""
        modify: Callable[[str, Callable[[str], str]], None] = context["add_modify_task"]
        modify(state_js.STATE_JS, lambda _present: state_js.adapt(state_js.pristine(), self.pages))
        modify(slim.ROOT_JSX, slim.root)
        modify(slim.VITE_CONFIG, slim.vite)

    def post_build(self, **context: Any) -> None:
        """Write the service worker and the policy that fit this very build."""
        static_dir: Path = context["static_dir"]
        kept = precache.Kept(pages=self.pages, extras=self.extras)
        precache.write_service_worker(static_dir, kept)
        hashes = policy.script_hashes(static_dir)
        (static_dir.parent / policy.HASHES_FILE).write_text(json.dumps(hashes, indent=1))
