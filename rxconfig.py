"""How Reflex compiles and serves PropApp."""

import reflex as rx
from reflex_base.plugins import Plugin
from reflex_base.plugins.sitemap import SitemapPlugin

from propapp.core.settings import settings
from propapp.offline.plugin import OfflinePlugin
from propapp.ui.tokens import TAILWIND

# What opens without a network; boards stay out, they are nothing without a server.
PHONE_PAGES = (
    "/",
    "/sign-in",
    "/today",
    "/week",
    "/duty",
    "/letters",
    "/run",
    "/orders",
    "/report",
    "/my",
    "/matter",
    "/messages",
    "/me",
    "/outbox",
)

PLUGINS: list[Plugin] = [rx.plugins.TailwindV4Plugin(TAILWIND), OfflinePlugin(pages=PHONE_PAGES)]

config = rx.Config(
    app_name="propapp",
    plugins=PLUGINS,
    disable_plugins=[SitemapPlugin],
    # Reserved for the field client; what no page imports is not shipped.
    frontend_packages=["idb@8.0.4", "barcode-detector@3.2.2", "zxing-wasm@3.1.3"],
    frontend_compression_formats=["brotli", "gzip"],
    cors_allowed_origins=settings().allowed_origins,
    show_built_with_reflex=False,
    telemetry_enabled=False,
)
