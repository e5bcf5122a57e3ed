"""Bars of a plan over its days, pushed sideways where they are longer than the screen."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

from propapp.features.planning.gantt import Arrow, Bar, Mark
from propapp.ui.kit import icon, muted, notice
from propapp.ui.text import name_of, t, word

_ID = "plan-gantt"


def gantt_part(page: Any) -> rx.Component:
    """The names at the left stay while the bars are pushed."""
    drawn = page.gantt
    return rx.el.section(
        _legend(),
        rx.cond(
            drawn.clashes.length() > 0,
            notice(
                t("plan.clashes", count=drawn.clashes.length()),
                rx.el.ul(
                    rx.foreach(drawn.clashes, lambda one: rx.el.li(name_of(one), key=one.id)),
                    class_name="text-sm list-disc pl-5",
                ),
                tone="warn",
                sign="triangle-alert",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            rx.el.div(
                rx.el.div(class_name="h-8"),
                rx.foreach(drawn.bars, _label),
                class_name="sticky left-0 z-10 w-28 sm:w-48 shrink-0 bg-raised border-r "
                "border-line",
            ),
            _drawing(drawn),
            class_name="flex overflow-x-auto rounded-card border border-line bg-raised",
            id=_ID,
            tab_index=0,
            role="region",
            aria_label=t("plan.view.gantt"),
            custom_attrs={"data-today": _shown_from(drawn)},
        ),
        class_name="flex flex-col gap-3",
    )


def _shown_from(drawn: Any) -> rx.Var:
    """Today stands in the view at first, wherever in the year it is."""
    data = VarData.merge(
        drawn._get_all_var_data(),  # noqa: SLF001
        VarData(
            imports={"$/public/ui/scroll.js": [ImportVar(tag="useScrolledTo")]},
            hooks={f'const scrolled_ = useScrolledTo("{_ID}", {drawn.today!s})': None},
        ),
    )
    return rx.Var("scrolled_", _var_data=data).to(str)


def _label(bar: rx.Var[Bar]) -> rx.Component:
    return rx.el.div(
        rx.el.p(name_of(bar), class_name="truncate text-sm leading-5"),
        rx.el.p(word("role", bar.role), class_name="truncate text-xs leading-4 text-muted"),
        key=bar.key,
        title=bar.name,
        class_name="h-10 px-2 flex flex-col justify-center border-t border-line",
    )


def _drawing(drawn: Any) -> rx.Component:
    height = drawn.height.to(str)
    return rx.el.svg(
        rx.el.title(t("plan.gantt_says", count=drawn.bars.length())),
        rx.foreach(drawn.marks, lambda one: _mark(one, height)),
        rx.foreach(drawn.arrows, _arrow),
        rx.foreach(drawn.bars, _bar),
        rx.cond(
            drawn.today >= 0,
            rx.el.svg.path(
                d="M" + drawn.today.to(str) + " 0V" + height,
                class_name="stroke-danger stroke-2",
                custom_attrs={"data-today-line": "true"},
            ),
            rx.fragment(),
        ),
        width=drawn.width.to(str),
        height=height,
        role="img",
        class_name="shrink-0",
    )


def _mark(mark: rx.Var[Mark], height: Any) -> rx.Component:
    x = mark.x.to(str)
    return rx.el.svg.g(
        rx.el.svg.path(d="M" + x + " 0V" + height, class_name="stroke-line"),
        rx.el.svg.text(mark.label, x=x, dx="4", y="20", class_name="fill-muted text-xs tabular"),
        key=x,
    )


def _arrow(arrow: rx.Var[Arrow]) -> rx.Component:
    return rx.el.svg.path(
        d=arrow.path,
        key=arrow.key,
        custom_attrs={"data-arrow": arrow.key},
        class_name="fill-none stroke-[1.5] "
        + rx.cond(arrow.clash, "stroke-danger [stroke-dasharray:4_3]", "stroke-muted"),
    )


def _bar(bar: rx.Var[Bar]) -> rx.Component:
    return rx.el.svg.g(
        rx.el.svg.path(d=bar.band, class_name="fill-info-soft stroke-info"),
        rx.el.svg.path(d=bar.days, class_name="stroke-info stroke-2"),
        rx.el.svg.path(d=bar.bar, class_name="fill-primary"),
        rx.el.svg.path(d=bar.milestone, class_name="fill-warn-mark stroke-text"),
        key=bar.key,
        custom_attrs={"data-bar": bar.key},
    )


def _legend() -> rx.Component:
    def sign(look: str, key: str) -> rx.Component:
        return rx.el.span(
            rx.el.span(class_name=f"inline-block {look}"),
            t(key),
            class_name="inline-flex items-center gap-1.5",
        )

    return muted(
        sign("w-5 h-3 bg-primary", "plan.legend.once"),
        sign("w-5 h-3 bg-info-soft border border-info", "plan.legend.again"),
        sign("size-3 rotate-45 bg-warn-mark border border-text", "plan.milestone"),
        rx.el.span(
            icon("move-right", size=16),
            t("plan.legend.after"),
            class_name="inline-flex items-center gap-1.5",
        ),
        sign("w-0.5 h-4 bg-danger", "plan.legend.today"),
        class_name="flex flex-wrap gap-x-4 gap-y-1",
    )
