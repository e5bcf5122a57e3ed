"""My letters on the phone: read, and sign, with or without a network."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.goals.components.signature import drawn, pad
from propapp.offline.bindings import do, view
from propapp.offline.shell import phone_page
from propapp.offline.views import LetterLine, LettersView
from propapp.ui.kit import badge, big_button, card, empty, muted, notice, row, skeleton
from propapp.ui.page import page
from propapp.ui.text import date_time, local, t, word

letters: Any = view("letters", LettersView)


@page("/letters")
def letters_page() -> rx.Component:
    """What I answer for, in the words that I sign."""
    return phone_page(
        rx.cond(
            letters.ready,
            rx.cond(
                letters.letters.length() > 0,
                rx.el.ol(rx.foreach(letters.letters, _letter), class_name="flex flex-col gap-4"),
                empty("signature", t("letter.mine_none"), t("letter.mine_none_hint")),
            ),
            skeleton(lines=4),
        ),
        title=t("letter.page"),
        tab="messages",
        back="/messages",
    )


def _letter(one: rx.Var[LetterLine]) -> rx.Component:
    return rx.el.li(
        card(
            row(
                rx.el.h2(
                    local(one.goal, one.goal_en), class_name="text-lg font-semibold flex-1 min-w-0"
                ),
                rx.cond(
                    one.state == "signed",
                    badge(t("letter.done"), tone="ok", sign="circle-check"),
                    badge(t("letter.to_sign"), tone="warn", sign="signature"),
                ),
                class_name="flex-wrap",
            ),
            muted(
                t("letter.version", count=one.version),
                " · ",
                local(one.issuer, one.issuer_en),
                " · ",
                date_time(one.issued_at),
                class_name="tabular",
            ),
            _changes(one),
            rx.el.p(
                local(one.words, one.words_en),
                class_name="whitespace-pre-line rounded-control border border-line bg-surface p-3",
                custom_attrs={"data-words": "yes"},
            ),
            rx.cond(
                one.problem != "",
                notice(
                    t("letter.refused", text=one.problem),
                    tone="danger",
                    sign="circle-alert",
                    role="alert",
                ),
                rx.fragment(),
            ),
            rx.cond(one.state == "signed", _signed(one), _to_sign(one)),
            class_name="flex flex-col gap-3",
        ),
        key=one.id,
        custom_attrs={"data-letter": one.state},
    )


def _changes(one: rx.Var[LetterLine]) -> rx.Component:
    """Why there is another version, and what it changes for me."""
    return rx.cond(
        one.reason != "",
        notice(
            rx.el.p(t("letter.because", text=one.reason)),
            rx.cond(
                one.old_weight > 0,
                rx.el.p(
                    t("letter.changed_for_you"),
                    t("letter.from_to", old=one.old_weight, new=one.weight),
                ),
                rx.fragment(),
            ),
            rx.cond(
                one.new_duty != "",
                rx.el.p(t("letter.duty_now", text=one.new_duty)),
                rx.fragment(),
            ),
            tone="info",
            sign="git-compare",
        ),
        rx.fragment(),
    )


def _to_sign(one: rx.Var[LetterLine]) -> rx.Component:
    return rx.el.div(
        pad(one.id, letters.ink),
        big_button(
            t("letter.sign", name=local(letters.me, letters.me_en)),
            sign="signature",
            on_click=do("signLetter", one.id),
            class_name="py-2 leading-snug",
            custom_attrs={"data-sign": one.id},
        ),
        class_name="flex flex-col gap-3",
    )


def _signed(one: rx.Var[LetterLine]) -> rx.Component:
    return rx.el.div(
        drawn(one.signature),
        rx.el.p(t("letter.by", name=one.signed_name), " ", date_time(one.signed_at)),
        rx.cond(
            one.send_state == "none",
            rx.fragment(),
            muted(word("sync", one.send_state)),
        ),
        custom_attrs={"data-send": one.send_state},
    )
