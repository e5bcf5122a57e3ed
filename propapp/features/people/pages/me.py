"""Me: who I am here, my language, my display, and the way out that loses nothing."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do, view
from propapp.offline.shell import me, phone_page, sync
from propapp.offline.views import AppView, DoorView
from propapp.ui.client import set_theme
from propapp.ui.kit import (
    badge,
    button,
    card,
    fold_line,
    icon,
    link_button,
    muted,
    notice,
    password_field,
    row,
    section_title,
    sheet,
    stack,
    text_field,
)
from propapp.ui.kit.basics import cx
from propapp.ui.kit.forms import post_form
from propapp.ui.page import page
from propapp.ui.text import local, locale, t, word
from propapp.ui.theme import theme

app: Any = view("app", AppView)
door: Any = view("door", DoorView)


@page("/me")
def me_page() -> rx.Component:
    """The last tab of everybody."""
    return phone_page(
        _person(),
        rx.cond(app.update_ready, _update(), rx.fragment()),
        _languages(),
        _themes(),
        _password(),
        rx.cond(app.can_install, _install(), rx.fragment()),
        _sign_out(),
        _jobs(),
        title=t("me.title"),
        tab="me",
    )


def _person() -> rx.Component:
    return card(
        icon("circle-user-round", size=48, class_name="text-primary"),
        rx.el.div(
            rx.el.h2(local(me.name, me.name_en), class_name="text-xl font-semibold"),
            muted(local(me.site, me.site_en)),
            rx.el.div(
                rx.foreach(me.roles, lambda role: badge(word("role", role), tone="primary")),
                class_name="flex flex-wrap gap-2 mt-2",
            ),
            # As high as it will be: what is below must not move away from under a thumb.
            class_name="min-h-[5.6rem]",
        ),
        class_name="flex items-center gap-4",
    )


def _choice(text: Any, *, chosen: Any, sign: str, on_click: Any, **props: Any) -> rx.Component:
    return rx.el.button(
        icon(sign, size=22),
        text,
        type="button",
        aria_pressed=rx.cond(chosen, "true", "false"),
        on_click=on_click,
        class_name=cx(
            "flex-1 inline-flex items-center justify-center gap-2 min-h-12 px-2 "
            "rounded-control border-2",
            rx.cond(
                chosen,
                "border-primary bg-primary-soft text-primary-strong font-semibold",
                "border-line bg-raised",
            ),
        ),
        **props,
    )


def _languages() -> rx.Component:
    return stack(
        section_title(t("me.language")),
        row(
            *[
                _choice(
                    t(f"language.{code}"),
                    chosen=locale() == code,
                    sign="languages",
                    on_click=do("chooseLanguage", code),
                    lang=code,
                )
                for code in ("zh-CN", "en")
            ]
        ),
        gap=2,
    )


def _themes() -> rx.Component:
    signs = {"auto": "sun-moon", "light": "sun", "dark": "moon"}
    return stack(
        section_title(t("me.theme")),
        row(
            *[
                _choice(
                    t(f"me.theme_{code}"),
                    chosen=theme == code,
                    sign=sign,
                    on_click=set_theme(code),
                )
                for code, sign in signs.items()
            ]
        ),
        gap=2,
    )


def _password() -> rx.Component:
    """One's own password, folded away; open where the last try said why not."""
    return rx.el.details(
        fold_line(icon("key-round", size=22), t("password.change")),
        rx.cond(
            door.error != "",
            notice(
                word("sign_in.error", door.error),
                tone="danger",
                sign="circle-alert",
                role="alert",
                class_name="mb-3",
            ),
            rx.fragment(),
        ),
        rx.cond(
            door.saved == "password",
            notice(t("password.saved"), tone="ok", sign="circle-check", role="status"),
            rx.cond(
                sync.online,
                _password_form(),
                notice(t("password.offline"), tone="warn", sign="cloud-off"),
            ),
        ),
        open=(door.error != "") | (door.saved == "password"),
        id="change-password",
    )


def _password_form() -> rx.Component:
    return post_form(
        muted(t("password.change_hint")),
        text_field(
            t("password.old"),
            name="password",
            id="password",
            type="password",
            auto_complete="current-password",
            required=True,
            max_length=200,
        ),
        password_field(
            t("password.new"),
            shown=door.shown,
            on_show=do("showPassword"),
            hint=t("password.new_hint"),
            name="new_password",
            id="new-password",
            required=True,
        ),
        button(
            t("password.save"), sign="check", variant="primary", type="submit", class_name="w-full"
        ),
        action="/api/v1/password",
        method="post",
        class_name="flex flex-col gap-3",
    )


def _install() -> rx.Component:
    return card(
        row(
            icon("monitor-smartphone", size=26, class_name="text-primary"),
            rx.el.h2(t("me.install"), class_name="text-lg font-semibold"),
        ),
        muted(rx.cond(app.ios, t("me.install_ios"), t("me.install_hint"))),
        rx.cond(
            app.ios,
            rx.fragment(),
            button(t("me.install"), sign="plus", on_click=do("installApp"), class_name="w-full"),
        ),
        class_name="flex flex-col gap-2",
    )


def _update() -> rx.Component:
    return notice(
        rx.el.p(t("me.version"), class_name="font-semibold"),
        rx.el.p(t("me.version_hint"), class_name="text-sm"),
        button(t("me.update"), on_click=do("updateApp"), class_name="mt-2"),
        tone="info",
        sign="refresh-cw",
    )


def _jobs() -> rx.Component:
    """The way to what is due today, for who has some without a tab for it.

    Below all else: nothing may move when it is known who somebody is.
    """
    may = me.roles.contains("service_desk") | me.roles.contains("supervisor")
    return rx.cond(
        may & ~me.tabs.contains("today"),
        link_button(t("me.jobs"), href="/today", sign="route", id="my-jobs", class_name="w-full"),
        rx.fragment(),
    )


def _sign_out() -> rx.Component:
    return stack(
        rx.cond(
            sync.other_people > 0,
            notice(
                t("outbox.other_person", count=sync.other_people),
                tone="neutral",
                sign="users-round",
                id="other-people",
            ),
            rx.fragment(),
        ),
        button(
            t("me.sign_out"),
            sign="log-out",
            id="sign-out",
            on_click=do("leave"),
            class_name="w-full",
        ),
        muted(t("me.sign_out_hint"), class_name="text-center"),
        sheet(
            rx.el.p(t("me.unsent_hint")),
            link_button(
                t("outbox.retry"),
                href="/outbox",
                sign="cloud-upload",
                id="send-first",
                class_name="w-full",
            ),
            button(
                t("me.leave"),
                sign="smartphone",
                variant="secondary",
                id="leave-here",
                on_click=do("signOut"),
                class_name="w-full",
            ),
            dialog_id="leaving",
            title=t("me.unsent", count=sync.unsent),
            wanted=door.leaving,
            close=do("stay"),
        ),
        gap=2,
        class_name="mt-4",
    )
