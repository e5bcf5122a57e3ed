"""The seeds of random rounds, published before and opened after."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.schedules.views import (
    SeedCard,
)
from propapp.ui.kit import (
    muted,
    section_title,
)
from propapp.ui.text import t


def seeds_part(page: Any) -> rx.Component:
    """What random rounds were bound to, and the seeds of days that are over."""
    return rx.cond(
        page.seeds.length() > 0,
        rx.el.section(
            section_title(t("office.seed.title")),
            muted(t("office.seed.hint")),
            rx.el.dl(rx.foreach(page.seeds, _seed), class_name="flex flex-col gap-2 text-sm"),
            class_name="flex flex-col gap-2",
        ),
        rx.fragment(),
    )


def _seed(one: rx.Var[SeedCard]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(one.day, class_name="font-semibold tabular"),
        rx.el.dd(
            t("office.seed.commitment"), " ", rx.el.code(one.commitment, class_name="break-all")
        ),
        rx.el.dd(
            rx.cond(
                one.seed != "",
                rx.el.span(
                    t("office.seed.seed"), " ", rx.el.code(one.seed, class_name="break-all")
                ),
                t("office.seed.later"),
            )
        ),
        key=one.day,
    )
