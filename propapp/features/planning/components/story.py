"""How a plan came to be as it is: its versions, what this one changes, and who said what."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.marks import state_badge
from propapp.features.planning.differing import DiffLine, FieldLine
from propapp.features.planning.looking import Happened, VersionLine
from propapp.offline.office import office_link
from propapp.ui.kit import badge, muted, row, section_title
from propapp.ui.kit.badges import TONES
from propapp.ui.kit.basics import cx
from propapp.ui.text import date_time, local, name_of, t, word

_KINDS = {"added": "ok", "removed": "danger", "changed": "warn"}


def story_part(page: Any) -> rx.Component:
    """Differences first: that is what a reader of a version asks."""
    story = page.story
    return rx.el.div(
        rx.cond(
            story.against > 0,
            rx.el.section(
                section_title(t("plan.changes", count=story.against)),
                rx.cond(story.head.length() > 0, _head(story.head), rx.fragment()),
                rx.cond(
                    story.changes.length() > 0,
                    rx.el.ul(rx.foreach(story.changes, _change), class_name="flex flex-col gap-2"),
                    muted(t("plan.no_changes")),
                ),
                id="plan-changes",
                class_name="flex flex-col gap-2",
            ),
            rx.fragment(),
        ),
        rx.el.section(
            section_title(t("plan.versions")),
            rx.el.ul(rx.foreach(story.versions, _version), class_name="flex flex-col gap-2"),
            class_name="flex flex-col gap-2",
        ),
        rx.el.section(
            section_title(t("plan.history")),
            rx.el.ol(rx.foreach(story.history, _happened), class_name="flex flex-col gap-3"),
            class_name="flex flex-col gap-2",
            id="plan-history",
        ),
        class_name="grid gap-6 lg:grid-cols-2 items-start",
    )


def _head(fields: Any) -> rx.Component:
    """What the plan itself says otherwise: its days, its level, who judges it."""
    return rx.el.div(
        rx.el.span(t("plan.itself"), class_name="font-semibold"),
        rx.el.ul(rx.foreach(fields, _field), class_name="text-sm tabular"),
        id="plan-head-changes",
        class_name="rounded-card border border-line bg-raised p-3 flex flex-col gap-1",
    )


def _change(one: rx.Var[DiffLine]) -> rx.Component:
    return rx.el.li(
        row(
            rx.el.span(
                word("plan.change", one.kind),
                class_name=cx(
                    "rounded-full px-2.5 py-0.5 text-sm font-medium",
                    rx.match(one.kind, *[(code, TONES[tone]) for code, tone in _KINDS.items()], ""),
                ),
            ),
            rx.el.span(name_of(one), class_name="font-semibold"),
            rx.foreach(one.roles, lambda role: badge(word("role", role))),
            class_name="flex-wrap",
        ),
        rx.el.ul(rx.foreach(one.fields, _field), class_name="text-sm tabular"),
        key=one.key,
        custom_attrs={"data-change": one.kind},
        class_name="rounded-card border border-line bg-raised p-3 flex flex-col gap-1",
    )


def _field(one: rx.Var[FieldLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(word("plan.field", one.field), class_name="text-muted"),
        " ",
        rx.el.s(local(one.old, one.old_en), class_name="text-muted"),
        " → ",
        rx.el.strong(local(one.new, one.new_en)),
        key=one.field,
    )


def _version(one: rx.Var[VersionLine]) -> rx.Component:
    return rx.el.li(
        office_link(
            rx.el.span(t("plan.version", count=one.version), class_name="font-semibold tabular"),
            state_badge(one.status),
            rx.cond(one.here, rx.el.span(t("plan.here"), class_name="text-sm"), rx.fragment()),
            muted(one.reason, class_name="basis-full"),
            href="/plans/story?plan=" + one.id,
            aria_current=rx.cond(one.here, "page", "false"),
            class_name=cx(
                "flex flex-wrap items-center gap-2 min-h-12 rounded-card border bg-raised p-3",
                rx.cond(one.here, "border-primary", "border-line"),
            ),
        ),
        key=one.id,
    )


def _happened(one: rx.Var[Happened]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.cond(one.who.id != "", name_of(one.who), t("plan.house")),
            " ",
            rx.el.span(word("plan.did", one.did), class_name="font-medium"),
            " ",
            rx.el.span(t("plan.version", count=one.version), class_name="text-sm text-muted"),
        ),
        rx.cond(
            one.text != "",
            rx.el.p("“", one.text, "”", class_name="text-sm"),
            rx.fragment(),
        ),
        muted(date_time(one.at), class_name="tabular"),
        key=one.id,
        class_name="border-l-2 border-line pl-3",
    )
