"""Work orders: the list by what burns and, beside it or over it, the one that is asked for."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.orders.components.ask import verb_sheet
from propapp.features.orders.components.cards import order_card
from propapp.features.orders.components.detail import order_detail
from propapp.offline.bindings import do, view
from propapp.offline.shell import me, phone_page
from propapp.offline.views import OrderCard, OrdersView, OrderView
from propapp.ui.client import query
from propapp.ui.kit import empty, icon, link_button, notice, photo_viewer, skeleton, stack
from propapp.ui.kit.basics import cx
from propapp.ui.page import page
from propapp.ui.text import date_time, t

orders: Any = view("orders", OrdersView)
order: Any = view("order", OrderView)
asked: Any = query("order")

_FILTERS = {"mine": "user-round", "open": "hand", "done": "circle-check-big"}


@page("/orders")
def orders_page() -> rx.Component:
    """Everybody's way to what is broken."""
    return phone_page(
        rx.el.div(
            rx.el.section(
                rx.cond(orders.ready, _list(), skeleton(lines=4)),
                aria_label=t("nav.orders"),
                class_name=cx("min-w-0", rx.cond(asked != "", "hidden lg:block", "")),
            ),
            rx.el.section(
                rx.cond(asked != "", order_detail(order, home="/orders"), _choose_one()),
                aria_label=t("order.one"),
                class_name=cx("min-w-0", rx.cond(asked != "", "", "hidden lg:block")),
            ),
            class_name="grid gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] items-start",
        ),
        verb_sheet(order),
        photo_viewer(),
        title=t("nav.orders"),
        tab="orders",
        back=rx.cond(asked != "", "/orders", ""),
        wide=True,
    )


def _list() -> rx.Component:
    return stack(
        rx.cond(orders.stale, _stale(), rx.fragment()),
        rx.cond(orders.may_report, _report(), rx.fragment()),
        _filters(),
        rx.cond(
            orders.shown.length() > 0,
            rx.el.ul(rx.foreach(orders.shown, _card), class_name="flex flex-col gap-3"),
            _nothing(),
        ),
        gap=4,
    )


def _card(card: rx.Var[OrderCard]) -> rx.Component:
    return order_card(
        card,
        href="/orders?order=",
        may_claim=me.permissions.contains("order:claim"),
        chosen=card.id == asked,
    )


def _filters() -> rx.Component:
    counts = {"mine": orders.mine_count, "open": orders.open_count, "done": orders.done_count}
    return rx.el.div(
        *[_filter(code, sign, counts[code]) for code, sign in _FILTERS.items()],
        role="group",
        aria_label=t("order.filter"),
        class_name="grid grid-cols-[repeat(auto-fit,minmax(6rem,1fr))] gap-1 rounded-card "
        "bg-sunken p-1 border border-line",
    )


def _filter(code: str, sign: str, count: Any) -> rx.Component:
    chosen = orders.filter == code
    return rx.el.button(
        icon(sign, size=20),
        rx.el.span(_filter_name(code), class_name="whitespace-nowrap"),
        rx.el.span(count, class_name="tabular"),
        type="button",
        aria_pressed=rx.cond(chosen, "true", "false"),
        on_click=do("showOrders", code),
        class_name=cx(
            "flex min-h-12 items-center justify-center gap-1.5 rounded-control px-1 text-base",
            rx.cond(
                chosen,
                "bg-raised text-primary font-semibold shadow-card border border-line",
                "text-muted",
            ),
        ),
        custom_attrs={"data-filter": code},
    )


def _filter_name(code: str) -> rx.Var:
    # Who claims sees what is free to take; who directs or watches sees all that is not done.
    if code == "open":
        return rx.cond(_claims(), t("order.filter_open"), t("order.filter_all"))
    return t(f"order.filter_{code}")


def _claims() -> Any:
    may = me.permissions
    return may.contains("order:claim") & ~may.contains("order:assign")


def _report() -> rx.Component:
    return link_button(
        t("order.report"), href="/report", sign="plus", variant="secondary", class_name="w-full"
    )


def _nothing() -> rx.Component:
    return rx.match(
        orders.filter,
        ("mine", empty("coffee", t("order.none_mine"), t("order.none_mine_hint"))),
        ("open", empty("circle-check-big", t("order.none_open"), t("order.none_open_hint"))),
        empty("clipboard-check", t("order.none_done"), t("order.none_done_hint")),
    )


def _choose_one() -> rx.Component:
    return empty("mouse-pointer-click", t("order.choose"), t("order.choose_hint"))


def _stale() -> rx.Component:
    return notice(
        t("order.stale", at=date_time(orders.fetched_at)), tone="neutral", sign="cloud-off"
    )
