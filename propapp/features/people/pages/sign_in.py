"""The door: a real form, so that it works with the server alone and no script of ours."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do, view
from propapp.offline.views import AccountLine, DoorView
from propapp.ui.client import set_locale
from propapp.ui.kit import icon, link_button, notice, password_field, row, text_field
from propapp.ui.kit.buttons import big_button
from propapp.ui.kit.forms import post_form
from propapp.ui.page import page
from propapp.ui.text import local, locale, t, word

door: Any = view("door", DoorView)


@page("/sign-in")
def sign_in_page() -> rx.Component:
    """Name and password, and in the demo a person to tap."""
    return rx.el.main(
        rx.el.div(
            _languages(),
            _brand(),
            rx.cond(door.error != "", _said(), rx.fragment()),
            rx.cond(
                door.online,
                rx.fragment(),
                notice(t("sign_in.offline"), tone="warn", sign="cloud-off"),
            ),
            _form(),
            rx.cond(door.last_person != "", _continue_offline(), rx.fragment()),
            rx.cond(door.demo, _demo(), rx.fragment()),
            class_name="mx-auto flex w-full max-w-md flex-col gap-5 px-5 py-6",
        ),
        class_name="min-h-dvh bg-surface text-text",
    )


def _languages() -> rx.Component:
    return row(
        _language("zh-CN", "language.zh-CN"),
        _language("en", "language.en"),
        class_name="self-end",
        gap=1,
    )


def _language(code: str, key: str) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        lang=code,
        aria_pressed=rx.cond(locale() == code, "true", "false"),
        on_click=set_locale(code),
        class_name=rx.cond(
            locale() == code,
            "min-h-12 px-3 rounded-control font-semibold text-primary",
            "min-h-12 px-3 rounded-control text-muted",
        ),
    )


def _brand() -> rx.Component:
    return rx.el.div(
        rx.el.img(src="/brand/mark.svg", alt="", class_name="h-20 w-20", width="80", height="80"),
        rx.el.h1(t("app.name"), class_name="text-2xl font-semibold"),
        rx.el.p(t("app.promise"), class_name="text-base text-muted"),
        class_name="flex flex-col items-center gap-2 text-center",
    )


def _said() -> rx.Component:
    """Why the door is shut; a first password is no mistake of anybody's."""
    words = word("sign_in.error", door.error)
    return rx.cond(
        door.error == "first_password",
        notice(words, tone="info", sign="key-round", role="alert"),
        notice(words, tone="danger", sign="circle-alert", role="alert"),
    )


def _own_password() -> rx.Component:
    return password_field(
        t("password.new"),
        shown=door.shown,
        on_show=do("showPassword"),
        hint=t("password.new_hint"),
        name="new_password",
        id="new-password",
        required=True,
    )


def _form() -> rx.Component:
    return post_form(
        text_field(
            t("sign_in.username"),
            name="username",
            id="username",
            auto_complete="username",
            auto_capitalize="none",
            spell_check=False,
            required=True,
            max_length=64,
        ),
        text_field(
            t("sign_in.password"),
            name="password",
            id="password",
            type="password",
            auto_complete="current-password",
            required=True,
            max_length=200,
        ),
        rx.cond(door.first, _own_password(), rx.fragment()),
        rx.el.input(type="hidden", name="next", value=door.next, read_only=True),
        big_button(
            rx.cond(door.first, t("password.set_and_go"), t("sign_in.submit")),
            sign="log-in",
            type="submit",
            id="submit",
        ),
        id="sign-in",
        action="/api/v1/sign-in",
        method="post",
        class_name="flex flex-col gap-4",
    )


def _continue_offline() -> rx.Component:
    return link_button(
        t("sign_in.continue_as", name=door.last_person),
        href="/",
        sign="smartphone",
        variant="secondary",
        big=True,
    )


def _demo() -> rx.Component:
    return rx.el.section(
        notice(
            rx.el.h2(t("sign_in.demo"), class_name="font-semibold"),
            rx.el.p(t("sign_in.demo_hint", password=door.password), class_name="text-sm"),
            tone="warn",
            sign="flask-conical",
        ),
        rx.el.ul(
            rx.foreach(door.accounts, _account),
            class_name="grid grid-cols-2 gap-2",
        ),
        class_name="flex flex-col gap-3",
        id="demo-accounts",
    )


def _account(account: rx.Var[AccountLine]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            icon("circle-user-round", size=26, class_name="text-primary"),
            rx.el.span(
                rx.el.span(local(account.name, account.name_en), class_name="block font-semibold"),
                rx.el.span(
                    word("role", account.role),
                    rx.el.br(),
                    account.username,
                    class_name="block text-sm text-muted",
                ),
                class_name="text-left min-w-0",
            ),
            type="button",
            on_click=do("signInAs", account.username),
            class_name="flex w-full items-center gap-2 min-h-14 rounded-control border border-line "
            "bg-raised px-3 py-2 active:bg-sunken",
            custom_attrs={"data-account": account.username},
        ),
        key=account.username,
    )
