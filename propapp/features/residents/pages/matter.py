"""One matter of an owner: its photos, its story, and what its owner may say about it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.orders.components.ask import verb_sheet
from propapp.features.orders.components.detail import order_detail
from propapp.offline.bindings import view
from propapp.offline.shell import phone_page
from propapp.offline.views import OrderView
from propapp.ui.kit import photo_viewer
from propapp.ui.page import page
from propapp.ui.text import t

order: Any = view("order", OrderView)


@page("/matter")
def matter_page() -> rx.Component:
    """A page of its own, so that the owner's first screen stays light."""
    return phone_page(
        order_detail(order, home="/my"),
        verb_sheet(order),
        photo_viewer(),
        title=t("order.one"),
        tab="my",
        back="/my",
    )
