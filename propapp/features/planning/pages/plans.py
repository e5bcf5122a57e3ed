"""The plans of a site: what waits for me first."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.cards import plan_card
from propapp.features.planning.components.head_form import DEPARTMENTS, head_form
from propapp.features.planning.state.plans import PlansState
from propapp.features.plans.models import PlanKind, PlanStatus
from propapp.offline.office import office_link, office_page
from propapp.ui.kit import button, empty, icon, row, select_field, skeleton
from propapp.ui.page import page
from propapp.ui.text import t, word

plans: Any = PlansState


@page("/plans", on_load=PlansState.open)
def plans_page() -> rx.Component:
    """Which plans there are, narrowed by department, kind and state."""
    return office_page(
        rx.cond(plans.ready, rx.fragment(*_parts()), skeleton(lines=4)),
        site=plans.site,
        sites=plans.sites,
        on_choose=PlansState.choose_site,
        place="plans",
    )


def _parts() -> list[rx.Component]:
    return [
        row(
            rx.el.h1(t("plan.title"), class_name="text-xl font-semibold"),
            rx.cond(
                plans.waiting > 0,
                rx.el.p(t("plan.waiting", count=plans.waiting), class_name="font-medium"),
                rx.fragment(),
            ),
            rx.cond(
                plans.may_write,
                row(
                    _from_a_level(),
                    button(
                        t("plan.new"),
                        sign="plus",
                        variant="primary",
                        on_click=PlansState.write,
                        id="plan-new",
                    ),
                    class_name="flex-wrap lg:ml-auto",
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap gap-x-4",
        ),
        rx.cond(
            plans.writing,
            head_form(
                plans,
                title=t("plan.new"),
                on_submit=PlansState.keep,
                on_close=PlansState.close,
            ),
            rx.fragment(),
        ),
        _filters(),
        rx.cond(
            plans.cards.length() > 0,
            rx.el.ul(
                rx.foreach(plans.cards, plan_card),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            _nothing(),
        ),
    ]


def _from_a_level() -> rx.Component:
    return office_link(
        icon("wand-sparkles", size=20),
        t("plan.from_level"),
        href="/plans/year?site=" + plans.site.id,
        id="plan-from-level",
        class_name="inline-flex items-center gap-2 min-h-12 rounded-control border-2 border-line "
        "bg-raised px-4 font-semibold",
    )


def _filters() -> rx.Component:
    return rx.el.div(
        _filter(
            "department",
            t("plan.department"),
            plans.department,
            ("", t("plan.all")),
            ("site", t("plan.whole_site")),
            *[(one.value, word("role", one.value)) for one in DEPARTMENTS],
        ),
        _filter(
            "kind",
            t("plan.kind"),
            plans.kind,
            ("", t("plan.all")),
            *[(one.value, t(f"plan.kind.{one}")) for one in PlanKind],
        ),
        _filter(
            "state",
            t("plan.state"),
            plans.state,
            ("open", t("plan.open")),
            ("", t("plan.all")),
            *[(one.value, t(f"plan.state.{one}")) for one in PlanStatus],
        ),
        class_name="grid grid-cols-3 gap-2 lg:max-w-2xl",
        id="plan-filters",
    )


def _filter(by: str, label: Any, chosen: Any, *choices: tuple[str, Any]) -> rx.Component:
    return select_field(
        label,
        rx.fragment(*[rx.el.option(name, value=value) for value, name in choices]),
        value=chosen,
        on_change=PlansState.narrow(by),
        id=f"plan-by-{by}",
    )


def _nothing() -> rx.Component:
    narrowed = (plans.department != "") | (plans.kind != "") | (plans.state != "open")
    return rx.cond(
        narrowed,
        empty("list-filter", t("plan.none_so"), t("plan.none_so_hint")),
        empty("clipboard-list", t("plan.none"), t("plan.none_hint")),
    )
