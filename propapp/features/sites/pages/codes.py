"""The codes of a site's checkpoints: print them, see which hang, end those that do not count."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.sites.components import point_item, print_part
from propapp.features.sites.state import CodesState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, skeleton, stack
from propapp.ui.page import page
from propapp.ui.text import t

codes: Any = CodesState


@page("/board/codes", on_load=CodesState.open)
def codes_page() -> rx.Component:
    """Every checkpoint, what waits for somebody first."""
    return office_page(
        stack(
            rx.el.h1(t("office.codes.title"), class_name="text-xl font-semibold"),
            muted(t("office.codes.hint")),
            gap=1,
        ),
        rx.cond(
            codes.ready,
            rx.cond(
                codes.points.length() > 0,
                rx.fragment(
                    print_part(codes),
                    rx.el.ul(
                        rx.foreach(
                            codes.points, lambda point: point_item(point, codes, CodesState)
                        ),
                        class_name="grid gap-4 lg:grid-cols-2 items-start",
                    ),
                ),
                empty("qr-code", t("office.codes.empty"), t("office.codes.empty_hint")),
            ),
            skeleton(lines=4),
        ),
        site=codes.site,
        sites=codes.sites,
        on_choose=CodesState.choose_site,
        back="/board",
    )
