"""The composition root: gathers the pages and makes the app."""

import reflex as rx

from propapp.api.headers import Delivery
from propapp.ui.theme import first_paint

HEAD = [
    first_paint(),
    rx.el.link(rel="icon", href="/icons/favicon.svg", type="image/svg+xml"),
    rx.el.link(rel="apple-touch-icon", href="/icons/apple-touch-icon-180.png"),
    rx.el.link(rel="manifest", href="/manifest.webmanifest"),
    rx.el.meta(name="theme-color", content="#0f5c63"),
    rx.el.meta(name="mobile-web-app-capable", content="yes"),
    rx.el.script(src="/offline/worker.js", type="module"),
]


class Greeting(rx.State):
    """Proof that a tap reaches the server and comes back."""

    taps: int = 0

    @rx.event
    def tap(self) -> None:
        """Count one tap."""
        self.taps += 1


def blank() -> rx.Component:
    """The first page, until there is a better one."""
    return rx.el.main(
        rx.el.h1("PropApp", class_name="text-2xl"),
        rx.el.button(Greeting.taps, id="tap", on_click=Greeting.tap, class_name="p-4"),
    )


app = rx.App(
    html_lang="zh-CN",
    toaster=None,
    stylesheets=["/styles/propapp.css"],
    head_components=HEAD,
    api_transformer=[Delivery],
)
# Reflex's own overlay shows raw addresses; PropApp's comes here.
app.app_wraps[5, "Overlay"] = lambda _stateful: None
app.add_page(blank, route="/", title="PropApp")
