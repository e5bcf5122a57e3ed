"""The letters of a goal: how it is shared out, who has signed, and writing the next version."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.goals.components.signature import drawn
from propapp.features.goals.letter_views import ChangeLine, LetterCard, PartLine, PostChoice
from propapp.features.schedules.components.form import problem
from propapp.ui.kit import (
    badge,
    button,
    card,
    empty,
    fold_line,
    icon,
    muted,
    row,
    section_title,
    select_field,
    text_field,
)
from propapp.ui.text import date_time, name_of, t, word

# Below the name, beside the weight.
_INDENT = {"marginLeft": "44px"}
_STATES = {
    "draft": badge(t("letter.state.draft"), sign="pencil"),
    "issued": badge(t("letter.state.issued"), tone="ok", sign="stamp"),
    "replaced": badge(t("letter.state.replaced"), sign="history"),
    "withdrawn": badge(t("letter.state.withdrawn"), sign="ban"),
}


def letters_part(page: Any, acts: Any) -> rx.Component:
    """The draft and the version that holds, and those before them."""
    found = page.letters
    return rx.el.section(
        row(
            section_title(t("letter.title"), class_name="flex-1"),
            rx.cond(
                found.may_write & (page.doing == ""),
                button(
                    rx.cond(
                        found.has_draft,
                        t("letter.edit"),
                        rx.cond(found.has_issued, t("letter.next"), t("letter.new")),
                    ),
                    sign="signature",
                    on_click=acts.write,
                    id="letter-write",
                ),
                rx.fragment(),
            ),
            class_name="flex-wrap",
        ),
        rx.cond(page.doing == "write", _form(page, acts), rx.fragment()),
        rx.cond(page.doing == "withdraw", _withdrawing(page, acts), rx.fragment()),
        rx.cond(page.doing == "", problem(page), rx.fragment()),
        rx.cond(
            found.standing.length() > 0,
            rx.el.ul(
                rx.foreach(found.standing, lambda one: _letter(one, page, acts)),
                class_name="grid gap-4 lg:grid-cols-2 items-start",
            ),
            empty("signature", t("letter.none"), t("letter.none_hint")),
        ),
        rx.cond(
            found.earlier.length() > 0,
            rx.el.details(
                fold_line(t("letter.earlier")),
                rx.el.ul(
                    rx.foreach(found.earlier, lambda one: _letter(one, page, acts)),
                    class_name="grid gap-4 lg:grid-cols-2 items-start",
                ),
            ),
            rx.fragment(),
        ),
        id="goal-letters",
        class_name="flex flex-col gap-3",
    )


def _letter(one: rx.Var[LetterCard], page: Any, acts: Any) -> rx.Component:
    is_open = (one.status == "draft") | (one.status == "issued")
    return rx.el.li(
        card(
            row(
                rx.el.h3(t("letter.version", count=one.version), class_name="font-semibold"),
                rx.match(one.status, *_STATES.items(), rx.fragment()),
                rx.cond(
                    one.outdated.length() > 0,
                    badge(t("letter.outdated"), tone="warn", sign="history"),
                    rx.fragment(),
                ),
                rx.cond(
                    one.issued_at != "",
                    badge(
                        t("letter.signed", count=one.signed, of=one.parts.length()),
                        sign="signature",
                    ),
                    rx.fragment(),
                ),
                class_name="flex-wrap",
            ),
            rx.cond(
                one.issued_at != "",
                muted(name_of(one.issuer), " · ", date_time(one.issued_at), class_name="tabular"),
                rx.fragment(),
            ),
            _outdated(one),
            _shares(one),
            rx.el.ul(rx.foreach(one.parts, _part), class_name="flex flex-col gap-3"),
            _changes(one),
            rx.cond(
                page.letters.may_write & is_open & (page.doing == ""),
                row(
                    rx.cond(
                        one.status == "draft",
                        button(
                            t("letter.issue"),
                            sign="stamp",
                            variant="primary",
                            on_click=acts.issue(one.id),
                            id="letter-issue",
                        ),
                        rx.fragment(),
                    ),
                    button(t("letter.withdraw"), sign="ban", on_click=acts.ask_to_withdraw(one.id)),
                    class_name="flex-wrap",
                ),
                rx.fragment(),
            ),
            class_name="flex flex-col gap-3",
        ),
        key=one.id,
        custom_attrs={"data-letter": one.status},
    )


def _outdated(one: rx.Var[LetterCard]) -> rx.Component:
    """What of the goal is other by now; what was signed stays as it was read."""
    return rx.cond(
        one.outdated.length() > 0,
        rx.el.p(
            t("letter.outdated_in"),
            rx.foreach(one.outdated, lambda name: rx.el.span(" ", word("goal", name), key=name)),
            rx.cond(one.aim != "", rx.el.span(" · ", one.old_aim, " → ", one.aim), rx.fragment()),
            custom_attrs={"data-outdated": one.id},
            class_name="text-sm text-warn",
        ),
        rx.fragment(),
    )


def _shares(one: rx.Var[LetterCard]) -> rx.Component:
    """The hundred as one bar; who has which part stands below in words."""
    return rx.el.div(
        rx.foreach(
            one.parts,
            lambda part, number: rx.el.span(
                part.weight,
                key=part.id,
                # A line between, on its right side but for the last, in the ground's own colour.
                style={
                    "width": part.weight.to(str) + "%",
                    "boxShadow": rx.cond(number == 0, "none", "-2px 0 0 var(--raised)"),
                },
                class_name="flex items-center justify-center text-xs font-semibold tabular "
                "text-on-primary bg-primary",
            ),
        ),
        aria_hidden="true",
        class_name="flex h-9 rounded-control overflow-hidden",
    )


def _part(part: rx.Var[PartLine]) -> rx.Component:
    return rx.el.li(
        row(
            rx.el.span(part.weight, class_name="text-lg font-semibold tabular w-9 text-right"),
            rx.el.span(name_of(part.who), class_name="font-medium"),
            muted(word("role", part.post)),
            class_name="flex-wrap",
        ),
        rx.cond(part.duty != "", muted(part.duty, style=_INDENT), rx.fragment()),
        rx.cond(
            part.signed_at != "",
            rx.el.div(
                rx.el.p(
                    icon("circle-check", size=18, class_name="text-ok"),
                    t("letter.by", name=part.signed_name),
                    " ",
                    date_time(part.signed_at),
                    class_name="flex flex-wrap items-center gap-1.5 text-sm",
                ),
                drawn(part.signature),
                rx.el.p(
                    t("letter.hash"),
                    " ",
                    rx.el.span(part.words_sha256, class_name="font-mono break-all"),
                    class_name="text-xs text-muted",
                ),
                style=_INDENT,
                class_name="flex flex-col gap-1",
            ),
            rx.cond(
                part.words_sha256 != "",
                rx.el.p(
                    icon("hourglass", size=18, class_name="text-warn"),
                    t("letter.waiting"),
                    style=_INDENT,
                    class_name="flex items-center gap-1.5 text-sm",
                ),
                rx.fragment(),
            ),
        ),
        key=part.id,
        custom_attrs={"data-signed": rx.cond(part.signed_at != "", "yes", "no")},
    )


def _changes(one: rx.Var[LetterCard]) -> rx.Component:
    return rx.cond(
        one.reason != "",
        rx.el.div(
            rx.el.h4(t("letter.changes"), class_name="text-sm font-semibold"),
            rx.el.p("“", one.reason, "”", class_name="text-sm"),
            rx.cond(
                one.changes.length() > 0,
                rx.el.ul(rx.foreach(one.changes, _change), class_name="text-sm"),
                muted(t("letter.same")),
            ),
            custom_attrs={"data-changes": "yes"},
            class_name="border-l-2 border-line pl-3",
        ),
        rx.fragment(),
    )


def _change(one: rx.Var[ChangeLine]) -> rx.Component:
    return rx.el.li(
        name_of(one.who),
        " ",
        word("letter.change", one.kind),
        rx.cond(
            one.new_weight > 0,
            rx.el.span(" · ", t("letter.from_to", old=one.old_weight, new=one.new_weight)),
            rx.fragment(),
        ),
        rx.cond(
            one.duty != "",
            rx.el.span(" · ", t("letter.duty_now", text=one.duty)),
            rx.fragment(),
        ),
        key=one.who.id,
    )


def _form(page: Any, acts: Any) -> rx.Component:
    return card(
        rx.el.form(
            muted(t("letter.hundred")),
            rx.el.ol(
                rx.foreach(page.rows, lambda one, number: _row(one, number, page)),
                class_name="flex flex-col gap-4",
            ),
            row(button(t("letter.more"), sign="user-round-plus", on_click=acts.more)),
            rx.cond(
                page.letters.has_issued,
                text_field(
                    t("letter.reason"),
                    name="reason",
                    default_value=page.reason,
                    max_length=400,
                    required=True,
                ),
                rx.fragment(),
            ),
            problem(page),
            row(
                button(
                    t("letter.keep"),
                    sign="check",
                    variant="primary",
                    type="submit",
                    id="letter-keep",
                ),
                button(t("nav.close"), sign="x", on_click=acts.close),
            ),
            on_submit=acts.keep,
            id="letter-form",
            key=page.letter_id,
            class_name="flex flex-col gap-4",
        )
    )


def _row(one: rx.Var[PartLine], number: Any, page: Any) -> rx.Component:
    which = number.to(str)
    return rx.el.li(
        select_field(
            t("letter.who"),
            rx.fragment(
                rx.el.option(t("letter.nobody"), value=""), rx.foreach(page.people, _person)
            ),
            name="who" + which,
            default_value=rx.cond(one.who.id == "", "", one.post + " " + one.who.id),
        ),
        text_field(
            t("letter.weight"),
            name="weight" + which,
            default_value=rx.cond(one.weight > 0, one.weight.to(str), ""),
            input_mode="numeric",
        ),
        rx.el.div(
            text_field(
                t("letter.duty"), name="duty" + which, default_value=one.duty, max_length=400
            ),
            style={"gridColumn": "1 / -1"},
        ),
        key=which,
        style={"gridTemplateColumns": "1fr 5rem"},
        class_name="grid gap-3",
    )


def _person(one: rx.Var[PostChoice]) -> rx.Component:
    return rx.el.option(name_of(one), " · ", word("role", one.post), value=one.id, key=one.id)


def _withdrawing(page: Any, acts: Any) -> rx.Component:
    return card(
        rx.el.form(
            text_field(t("letter.why"), name="reason", max_length=400, required=True),
            problem(page),
            row(
                button(t("letter.withdraw"), sign="ban", variant="danger", type="submit"),
                button(t("nav.close"), sign="x", on_click=acts.close),
            ),
            on_submit=acts.withdraw,
            class_name="flex flex-col gap-3",
        )
    )
