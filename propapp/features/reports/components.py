"""Asking for reports, and the list of them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.core.making.cards import MadeCard
from propapp.ui.kit import button, card, muted, notice, select_field, stack
from propapp.ui.kit.forms import post_form
from propapp.ui.kit.made import made_file, made_sign
from propapp.ui.text import locale, name_of, t, word

ACTION = "/api/v1/reports"


def problem_line(problem: Any) -> rx.Component:
    """Why nothing was begun."""
    return rx.cond(
        problem != "",
        notice(word("reports.problem", problem), tone="danger", sign="circle-alert"),
        rx.fragment(),
    )


def month_form(page: Any) -> rx.Component:
    """A month of the site: what it is to say, and in which form."""
    return card(
        _heading("reports.month.title", "reports.month.hint"),
        _form(
            page,
            "month",
            rx.el.input(type="hidden", name="site_id", value=page.site.id),
            rx.el.fieldset(
                rx.el.legend(t("reports.kind"), class_name="text-base font-medium pb-1"),
                _kind("performance", chosen=True),
                _kind("plan", chosen=False),
                class_name="flex flex-col gap-2",
            ),
            select_field(
                t("reports.which_month"),
                rx.foreach(page.months, lambda one: rx.el.option(one, value=one, key=one)),
                name="month",
                id="report-month",
            ),
        ),
        class_name="flex flex-col gap-3",
    )


def plan_form(page: Any) -> rx.Component:
    """A plan from its first day to its last."""
    return rx.cond(
        page.plans.length() > 0,
        card(
            _heading("reports.plan.title", "reports.plan.hint"),
            _form(
                page,
                "plan",
                select_field(
                    t("reports.which_plan"),
                    rx.foreach(page.plans, _plan_option),
                    name="plan_id",
                    id="report-plan",
                    default_value=page.plan,
                    key=page.site.id,
                ),
            ),
            class_name="flex flex-col gap-3",
        ),
        rx.fragment(),
    )


def report_card(made: rx.Var[MadeCard]) -> rx.Component:
    """One report."""
    sign = rx.match(
        made.form,
        ("xlsx", made_sign("file-spreadsheet")),
        made_sign("file-text"),
    )
    return made_file(made, sign=sign, address=ACTION)


def _plan_option(one: Any) -> rx.Component:
    return rx.el.option(name_of(one), value=one.id, key=one.id)


def _heading(title: str, hint: str) -> rx.Component:
    return stack(rx.el.h2(t(title), class_name="text-lg font-semibold"), muted(t(hint)), gap=1)


def _form(page: Any, subject: str, *fields: rx.Component) -> rx.Component:
    """Sent by the browser itself, which is led to the list; the button says which form."""
    hidden = {"subject": subject, "site": page.site.id, "locale": locale()}
    return post_form(
        *[rx.el.input(type="hidden", name=name, value=value) for name, value in hidden.items()],
        *fields,
        rx.el.div(
            _submit("pdf", "file-text", primary=True),
            _submit("xlsx", "file-spreadsheet", primary=False),
            class_name="grid grid-cols-2 gap-2",
        ),
        action=ACTION,
        method="post",
        class_name="flex flex-col gap-4",
        id=f"report-{subject}-form",
    )


def _submit(form: str, sign: str, *, primary: bool) -> rx.Component:
    return button(
        t(f"reports.make.{form}"),
        sign=sign,
        variant="primary" if primary else "secondary",
        type="submit",
        name="form",
        value=form,
        class_name="w-full",
    )


def _kind(code: str, *, chosen: bool) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="kind",
            value=code,
            default_checked=chosen,
            class_name="size-5 accent-primary shrink-0",
        ),
        rx.el.span(
            rx.el.span(t(f"reports.kind.{code}"), class_name="font-medium"),
            rx.el.span(t(f"reports.kind.{code}_hint"), class_name="text-sm text-muted"),
            class_name="flex flex-col",
        ),
        class_name="flex items-center gap-3 min-h-12 rounded-control border-2 border-line "
        "bg-raised px-3 py-2 has-[:checked]:border-primary has-[:checked]:bg-primary-soft",
    )
