"""Fields with a label above, the problem below, and nothing lost of what was typed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.ui.client import tap
from propapp.ui.kit.basics import cx, icon
from propapp.ui.text import t

INPUT = (
    "w-full min-h-12 rounded-control border-2 border-line bg-raised text-text px-3 py-2 text-base "
    "placeholder:text-muted focus:border-primary"
)


def _framed(
    label: Any, control: rx.Component, *, problem: Any = None, hint: Any = None
) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="text-base font-medium"),
        control,
        rx.el.span(hint, class_name="text-sm text-muted") if hint is not None else rx.fragment(),
        problem_line(problem) if problem is not None else rx.fragment(),
        class_name="flex flex-col gap-1",
    )


def problem_line(problem: Any) -> rx.Component:
    """What is wrong, at the place where it arose; nothing while nothing is."""
    return rx.cond(
        problem,
        rx.el.span(
            icon("triangle-alert", size=18),
            problem,
            role="alert",
            class_name="flex items-center gap-1.5 text-sm font-medium text-danger",
        ),
        rx.fragment(),
    )


def text_field(
    label: Any, *, problem: Any = None, hint: Any = None, class_name: str = "", **props: Any
) -> rx.Component:
    """One line of text."""
    control = rx.el.input(class_name=cx(INPUT, class_name), **{"type": "text", **props})
    return _framed(label, control, problem=problem, hint=hint)


def password_field(label: Any, *, shown: Any, on_show: Any, **props: Any) -> rx.Component:
    """A new password; whoever is alone with it may look at what they type."""
    return rx.el.div(
        text_field(
            label,
            type=rx.cond(shown, "text", "password"),
            auto_complete="new-password",
            auto_capitalize="none",
            spell_check=False,
            max_length=200,
            **props,
        ),
        rx.el.button(
            rx.cond(shown, icon("eye-off", size=22), icon("eye", size=22)),
            rx.cond(shown, t("password.hide"), t("password.show")),
            type="button",
            on_click=on_show,
            class_name="inline-flex items-center gap-2 min-h-12 self-start px-1 font-medium "
            "text-primary",
        ),
        class_name="flex flex-col",
    )


def number_field(
    label: Any, *, problem: Any = None, hint: Any = None, **props: Any
) -> rx.Component:
    """A number; the phone shows its keys for decimals."""
    control = rx.el.input(
        class_name=cx(INPUT, "tabular text-lg"),
        **{"type": "text", "input_mode": "decimal", **props},
    )
    return _framed(label, control, problem=problem, hint=hint)


def stepper_field(
    label: Any, *, name: str, value: Any, problem: Any = None, hint: Any = None
) -> rx.Component:
    """A whole number that a thumb counts up and down, or that is typed."""

    def one(sign: str, by: int) -> rx.Component:
        return rx.el.button(
            icon(sign, size=22),
            type="button",
            aria_label=rx.Var.create(label).to(str) + (" +1" if by > 0 else " \N{MINUS SIGN}1"),
            on_click=tap("$/public/ui/stepper.js", "step", name, by),
            tab_index=-1,
            class_name="inline-flex items-center justify-center min-h-12 min-w-12 rounded-control "
            "border-2 border-line bg-raised text-text active:bg-sunken",
        )

    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=name, class_name="flex-1 min-w-0 text-base font-medium"),
            one("minus", -1),
            rx.el.input(
                id=name,
                name=name,
                type="text",
                input_mode="numeric",
                auto_complete="off",
                default_value=value,
                class_name=cx(INPUT, "tabular text-lg text-center !w-20"),
            ),
            one("plus", 1),
            class_name="flex items-center gap-2",
        ),
        rx.el.span(hint, class_name="text-sm text-muted") if hint is not None else rx.fragment(),
        problem_line(problem) if problem is not None else rx.fragment(),
        class_name="flex flex-col gap-1",
    )


def text_area(
    label: Any, *, problem: Any = None, hint: Any = None, rows: int = 3, **props: Any
) -> rx.Component:
    """A few lines of text; the phone's keyboard offers dictation."""
    control = rx.el.textarea(class_name=INPUT, rows=rows, **props)
    return _framed(label, control, problem=problem, hint=hint)


def select_field(
    label: Any, options: Any, *, problem: Any = None, hint: Any = None, **props: Any
) -> rx.Component:
    """One of many, by the phone's own list."""
    return _framed(
        label, rx.el.select(options, class_name=INPUT, **props), problem=problem, hint=hint
    )


def tick_field(label: Any, *, name: Any, checked: Any = False, **props: Any) -> rx.Component:
    """Yes or no; the words are part of what a thumb may hit."""
    return rx.el.label(
        rx.el.input(
            type="checkbox", name=name, default_checked=checked, class_name="size-6", **props
        ),
        label,
        class_name="inline-flex items-center gap-2 min-h-12",
    )
