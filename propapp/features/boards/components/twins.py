"""A photo beside the earlier one that it is again, so that whoever judges can compare."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.photo import photo_tile
from propapp.features.boards.twin_views import TwinLine
from propapp.ui.kit import muted
from propapp.ui.text import date_time, local, t


def twins_part(twins: Any, look_at: Any) -> rx.Component:
    """All of them; nothing where no photo was used before."""
    return rx.cond(
        twins.length() > 0,
        rx.el.div(
            rx.foreach(twins, lambda twin: _twin(twin, look_at)), class_name="flex flex-col gap-2"
        ),
        rx.fragment(),
    )


def _twin(twin: rx.Var[TwinLine], look_at: Any) -> rx.Component:
    place = rx.cond(twin.order != "", twin.order + " ", "") + local(twin.where, twin.where_en)
    return rx.el.div(
        _photo(twin.photo, t("office.twin.now"), look_at),
        _photo(twin.earlier, t("office.twin.before"), look_at),
        rx.el.div(
            rx.el.p(t("office.twin.taken", at=date_time(twin.at)), class_name="font-medium"),
            muted(place),
            class_name="min-w-0 grow basis-36 text-sm",
        ),
        key=twin.photo + twin.earlier,
        class_name="flex flex-wrap items-start gap-3 rounded-control bg-warn-soft p-3",
        custom_attrs={"data-twin": twin.earlier},
    )


def _photo(sha256: Any, name: Any, look_at: Any) -> rx.Component:
    return rx.el.figure(
        photo_tile(sha256, alt=name, look_at=look_at, small=True),
        rx.el.figcaption(name, class_name="text-sm text-center"),
    )
