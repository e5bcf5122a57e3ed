"""The head of a plan: what it is, who judges it, and the next step as a button."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.planning.components.marks import state_badge, whose
from propapp.features.planning.deciding import NEEDS_WORDS, TAKES_WORDS
from propapp.features.schedules.components.form import problem
from propapp.offline.office import office_link
from propapp.ui.kit import badge, button, card, link_button, muted, notice, row, text_area
from propapp.ui.text import date_time, name_of, t, word

# The sign of each verb; the first three are what a plan waits for.
_SIGNS = {
    "review": "eye",
    "approve": "stamp",
    "put_in_force": "circle-check",
    "submit": "send",
    "keep": "pencil",
    "revise": "history",
    "send_back": "undo-2",
    "drop": "trash-2",
    "close": "archive",
}
_FORWARD = ("review", "approve", "put_in_force", "submit")


def head_part(page: Any, acts: Any, *, writes: bool) -> rx.Component:
    """What it is and where it stands; the head is written where its form is."""
    head = page.head
    return card(
        row(
            rx.el.h1(name_of(head), class_name="text-xl font-semibold flex-1 min-w-0"),
            state_badge(
                head.status, submitted=(head.submitted_at != "") & (head.status == "draft")
            ),
            class_name="flex-wrap",
        ),
        row(
            badge(word("plan.kind", head.kind), tone="primary"),
            badge(whose(head.department)),
            badge(t("plan.version", count=head.version)),
            class_name="flex-wrap",
        ),
        rx.el.p(
            t("plan.span", first=head.starts, last=head.ends),
            " · ",
            t("plan.tasks", count=head.tasks),
            class_name="tabular",
        ),
        rx.cond(
            head.parent.id != "",
            office_link(
                t("plan.part_of", name=name_of(head.parent)),
                href="/plans/plan?plan=" + head.parent.id,
                class_name="inline-flex items-center min-h-12 text-primary font-medium",
            ),
            rx.fragment(),
        ),
        rx.cond(head.reason != "", muted(t("plan.because", reason=head.reason)), rx.fragment()),
        rx.el.dl(
            _who("plan.author", head.author),
            _who("plan.reviewer", head.reviewer),
            _who("plan.approver", head.approver),
            rx.cond(
                head.in_force_at != "",
                _line(t("plan.in_force_at"), date_time(head.in_force_at)),
                rx.fragment(),
            ),
            class_name="grid grid-cols-2 gap-x-4 gap-y-2 lg:grid-cols-4",
        ),
        rx.cond(
            head.own,
            notice(t("plan.own"), tone="neutral", sign="shield-check", id="own-plan"),
            rx.fragment(),
        ),
        _buttons(head, acts, writes=writes),
        class_name="flex flex-col gap-3",
        id="plan-head",
    )


def _who(label: str, who: Any) -> rx.Component:
    return _line(t(label), rx.cond(who.id != "", name_of(who), t("plan.nobody")))


def _line(label: Any, said: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-sm text-muted"),
        rx.el.dd(said, class_name="font-medium"),
    )


def _buttons(head: Any, acts: Any, *, writes: bool) -> rx.Component:
    return rx.el.div(
        *[
            rx.cond(
                head.verbs.contains(verb),
                button(
                    t(f"plan.do.{verb}"),
                    sign=sign,
                    variant="primary" if verb in _FORWARD else "secondary",
                    on_click=acts.ask(verb),
                    id=f"plan-{verb}",
                ),
                rx.fragment(),
            )
            for verb, sign in _SIGNS.items()
            if writes or verb != "keep"
        ],
        rx.cond(
            head.in_force_at != "",
            link_button(
                t("plan.report"),
                href="/reports?plan=" + head.id,
                sign="file-text",
                variant="secondary",
                fresh=True,
            ),
            rx.fragment(),
        ),
        class_name="flex flex-wrap gap-2 empty:hidden",
    )


def ask_part(page: Any, acts: Any) -> rx.Component:
    """The words of the step that was tapped, and the tap that takes it."""
    wanted = _is_one_of(page.doing, NEEDS_WORDS)
    takes = _is_one_of(page.doing, (*NEEDS_WORDS, *TAKES_WORDS))
    return rx.cond(
        page.doing != "",
        card(
            rx.el.form(
                rx.el.h2(word("plan.do", page.doing), class_name="text-lg font-semibold"),
                rx.el.p(word("plan.means", page.doing)),
                rx.cond(
                    takes,
                    text_area(
                        rx.cond(wanted, t("plan.reason"), t("plan.note")),
                        name="words",
                        id="plan-words",
                        max_length=400,
                    ),
                    rx.fragment(),
                ),
                problem(page),
                row(
                    button(
                        t("plan.confirm"),
                        sign="check",
                        variant="primary",
                        type="submit",
                        id="plan-confirm",
                    ),
                    button(t("nav.close"), sign="x", on_click=acts.ask("")),
                ),
                on_submit=acts.decide,
                key=page.doing,
                class_name="flex flex-col gap-3",
            ),
            id="plan-asked",
            class_name="border-2 border-primary",
        ),
        rx.fragment(),
    )


def _is_one_of(doing: Any, verbs: tuple[str, ...]) -> Any:
    return rx.Var.create(list(verbs)).contains(doing)
