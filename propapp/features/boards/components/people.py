"""Somebody at the site: posts, sign-in name, how far they are, and a first password for them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.staff import StaffLine
from propapp.ui.kit import Tone, badge, button, card, icon, muted, row, status_badge, text_field
from propapp.ui.kit.buttons import big_button
from propapp.ui.kit.folds import fold_line
from propapp.ui.kit.forms import post_form
from propapp.ui.text import date_time, local, t, word

_ENTRIES: dict[str, tuple[Tone, str, Any]] = {
    "own": ("ok", "circle-check", t("staff.entry.own")),
    "first": ("info", "key-round", t("staff.entry.first")),
    "expired": ("warn", "clock-alert", t("staff.entry.expired")),
    "no_password": ("warn", "key-round", t("staff.entry.no_password")),
    "no_name": ("neutral", "circle-minus", t("staff.entry.no_name")),
    "left": ("neutral", "log-out", t("staff.entry.left")),
}


def search_part(page: Any, acts: Any) -> rx.Component:
    """Looking for somebody, where there are many."""
    return rx.cond(
        page.many,
        rx.el.form(
            rx.el.div(
                text_field(
                    t("staff.words"),
                    name="words",
                    type="search",
                    default_value=page.sought,
                    auto_complete="off",
                    max_length=60,
                    id="words",
                ),
                class_name="flex-1 min-w-0",
            ),
            button(t("staff.search"), sign="search", type="submit"),
            on_submit=acts.look_for,
            role="search",
            class_name="flex items-end gap-2",
        ),
        rx.fragment(),
    )


def staff_card(one: rx.Var[StaffLine], site_id: Any) -> rx.Component:
    """One of them; what is rare is folded away."""
    return card(
        row(
            rx.el.h2(
                local(one.name, one.name_en),
                class_name="text-lg font-semibold flex-1 min-w-0 break-words",
            ),
            status_badge(one.entry, _ENTRIES),
        ),
        rx.el.div(
            rx.foreach(one.posts, lambda post: badge(word("role", post))),
            class_name="flex flex-wrap gap-2",
        ),
        rx.cond(
            one.username != "",
            muted(t("staff.username", name=one.username), class_name="break-all"),
            muted(t("staff.no_username")),
        ),
        rx.cond(one.until != "", muted(t("staff.until", at=date_time(one.until))), rx.fragment()),
        rx.cond(one.may, _giving(one, site_id), rx.fragment()),
        key=one.id,
        class_name="flex flex-col gap-2",
        custom_attrs={"data-person": one.username, "data-entry": one.entry},
    )


def _giving(one: Any, site_id: Any) -> rx.Component:
    """Asked once, naming what ends by it."""
    return rx.el.details(
        fold_line(icon("key-round", size=20), t("staff.give")),
        post_form(
            rx.el.input(type="hidden", name="person_id", value=one.id, read_only=True),
            rx.el.input(type="hidden", name="site_id", value=site_id, read_only=True),
            rx.el.p(
                rx.cond(one.entry == "own", t("staff.give_again_hint"), t("staff.give_hint")),
                class_name="text-base",
            ),
            big_button(t("staff.give_now"), sign="key-round", type="submit"),
            action="/api/v1/people/password",
            method="post",
            class_name="flex flex-col gap-3 pt-1",
        ),
        class_name="border-t border-line",
    )
