"""Which kind of thing, taking it out, and bringing it."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

from propapp.features.sheets.views import KindGroup, PlanChoice
from propapp.ui.client import tap
from propapp.ui.kit import (
    card,
    icon,
    link_button,
    muted,
    notice,
    progress_bar,
    section_title,
    select_field,
    stack,
)
from propapp.ui.text import local, t, word

_LIBRARY = "$/public/ui/sheet_upload.js"
_ADDRESS = "/api/v1/sheets/kinds/"


def _upload(name: str) -> rx.Var:
    data = VarData(
        imports={_LIBRARY: [ImportVar(tag="useUpload")]},
        hooks={"const upload_ = useUpload()": None},
    )
    return rx.Var(f"upload_.{name}", _var_data=data)


def kinds_part(page: Any, acts: Any) -> rx.Component:
    """Which kind is looked at, of all that there are, by what people look for."""

    def group(one: rx.Var[KindGroup]) -> rx.Component:
        return rx.el.optgroup(
            rx.foreach(
                one.kinds,
                lambda kind: rx.el.option(
                    word("sheet.kind", kind.code), value=kind.code, key=kind.code
                ),
            ),
            label=word("sheet.group", one.code),
            key=one.code,
        )

    return select_field(
        t("sheet.kinds"),
        rx.foreach(page.groups, group),
        value=page.kind.code,
        on_change=acts.choose_kind,
        id="sheet-kind",
    )


def taking_part(page: Any, acts: Any) -> rx.Component:
    """One kind: what it is, its workbook, an empty one, and where a filled one is brought."""
    return card(
        stack(
            section_title(word("sheet.kind", page.kind.code)),
            muted(word("sheet.about", page.kind.code)),
            rx.cond(page.kind.of_plan, _plan_choice(page, acts), rx.fragment()),
            rx.cond(
                page.kind.of_plan & (page.plan == ""),
                notice(t("sheet.no_plan"), tone="info", sign="info"),
                _workbooks(page),
            ),
            gap=4,
        ),
        id="sheet-place",
        custom_attrs={
            "data-kind": page.kind.code,
            "data-site": page.site.id,
            "data-plan": page.plan,
        },
    )


def _plan_choice(page: Any, acts: Any) -> rx.Component:
    def option(one: rx.Var[PlanChoice]) -> rx.Component:
        return rx.el.option(
            t(
                "sheet.plan_option",
                name=local(one.name, one.name_en),
                version=one.version,
                status=word("office.plan_status", one.status),
            ),
            value=one.id,
            key=one.id,
        )

    return rx.cond(
        page.plans.length() > 0,
        select_field(
            t("sheet.plan"),
            rx.foreach(page.plans, option),
            value=page.plan,
            on_change=acts.choose_plan,
            id="sheet-plan",
        ),
        rx.fragment(),
    )


def _workbooks(page: Any) -> rx.Component:
    asked = page.kind.code + "?site=" + page.site.id
    address = rx.cond(page.kind.of_plan, asked + "&plan=" + page.plan, asked)
    return rx.fragment(
        rx.el.div(
            link_button(
                t("sheet.export"),
                href=_ADDRESS + address,
                sign="file-down",
                variant="secondary",
                fresh=True,
                id="sheet-export",
            ),
            rx.cond(
                page.kind.writes,
                link_button(
                    t("sheet.template"),
                    href=_ADDRESS + address + "&empty=true",
                    sign="file-spreadsheet",
                    variant="secondary",
                    fresh=True,
                    id="sheet-template",
                ),
                rx.fragment(),
            ),
            class_name="flex flex-wrap gap-3",
        ),
        rx.cond(
            page.kind.may,
            rx.cond(
                page.kind.of_plan & ~page.plan_draft,
                notice(t("sheet.no_draft"), tone="info", sign="lock"),
                _bring(),
            ),
            rx.cond(
                page.kind.writes,
                muted(t("sheet.not_yours")),
                muted(word("sheet.export_only", page.kind.code)),
            ),
        ),
    )


def _bring() -> rx.Component:
    busy, code = _upload("busy").to(bool), _upload("code").to(str)
    message = _upload("message").to(str)
    return stack(
        rx.cond(
            code != "",
            notice(
                rx.cond(message != "", message, t("sheet.offline")),
                tone="danger",
                sign="circle-alert",
                role="alert",
                custom_attrs={"data-problem": code},
            ),
            rx.fragment(),
        ),
        rx.cond(busy, _sending(), _choose()),
        gap=2,
    )


def _choose() -> rx.Component:
    return rx.el.label(
        icon("file-up", size=28, class_name="text-primary"),
        rx.el.span(t("sheet.choose"), class_name="font-semibold text-primary-strong"),
        rx.el.span(t("sheet.choose_hint"), class_name="text-sm text-muted"),
        rx.el.input(
            type="file",
            accept=".xlsx",
            id="sheet-file",
            on_change=tap(_LIBRARY, "bringSheet"),
            # It covers the whole place, so that a file may also be dropped on it.
            class_name="absolute inset-0 h-full w-full opacity-0 cursor-pointer",
        ),
        class_name="relative flex flex-col items-center justify-center gap-1 min-h-32 px-4 py-5 "
        "rounded-card border-2 border-dashed border-primary bg-primary-soft text-center "
        "focus-within:outline-3 focus-within:outline-focus",
    )


def _sending() -> rx.Component:
    percent = _upload("percent").to(int)
    return stack(
        rx.el.p(t("sheet.sending", percent=percent), role="status"),
        progress_bar(percent, 100, label=t("sheet.choose")),
        gap=1,
    )
