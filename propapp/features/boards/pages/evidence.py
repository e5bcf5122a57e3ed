"""Bundles of evidence: to show somebody else what was done, and that nothing was changed since."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.evidence import bundle_card, dispute_part
from propapp.features.boards.state.evidence import EvidenceState
from propapp.offline.office import office_page
from propapp.ui.kit import empty, muted, skeleton, stack
from propapp.ui.kit.made import made_list
from propapp.ui.page import page
from propapp.ui.text import t

evidence: Any = EvidenceState


@page("/board/evidence", on_load=EvidenceState.open)
def evidence_page() -> rx.Component:
    """What may be asked for, and what was asked for lately."""
    return office_page(
        stack(
            rx.el.h1(t("office.evidence.title"), class_name="text-xl font-semibold"),
            muted(t("office.evidence.hint")),
            gap=1,
        ),
        rx.cond(
            evidence.ready,
            rx.el.div(
                dispute_part(evidence.problem),
                made_list(
                    evidence.made,
                    bundle_card,
                    empty(
                        "package-open",
                        t("office.evidence.empty"),
                        t("office.evidence.empty_hint"),
                    ),
                ),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            skeleton(lines=3),
        ),
        site=evidence.site,
        back="/board",
    )
