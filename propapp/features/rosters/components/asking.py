"""A turn in words, a choice of one, and a request with what has become of it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do
from propapp.offline.views import AskLine, DutyLine
from propapp.ui.kit import big_button, button, icon, link, muted, notice, text_button
from propapp.ui.kit.basics import cx
from propapp.ui.text import date, day, local, sentence, t, word

_SIGNS = {"waiting": "hourglass", "yes": "circle-check", "no": "circle-x", "gone": "ban"}
_LOOKS = {
    "waiting": "bg-info-soft text-info",
    "yes": "bg-ok-soft text-ok",
    "no": "bg-warn-soft text-warn",
    "gone": "bg-sunken text-text",
}


def line_words(line: Any) -> rx.Component:
    """The day in large, and what is on it."""
    return rx.el.div(
        rx.el.span(
            day(line.at),
            " ",
            local(line.weekday, line.weekday_en),
            class_name="text-lg font-semibold",
        ),
        rx.el.span(
            local(line.name, line.name_en),
            " ",
            rx.el.span(line.hours, class_name="tabular whitespace-nowrap"),
        ),
        class_name="flex flex-wrap justify-between items-baseline gap-x-3",
    )


def choice(line: rx.Var[DutyLine]) -> rx.Component:
    """A day, a turn or a colleague; a tap anywhere on it chooses it."""
    return rx.el.li(
        link(
            rx.el.div(rx.cond(line.at == "", _colleague(line), _dated(line)), class_name="flex-1"),
            icon("chevron-right", size=24, class_name="text-muted"),
            href=line.href,
            custom_attrs={"data-choice": line.id},
            class_name="flex items-center gap-3 min-h-14 px-4 py-2 rounded-card border border-line "
            "bg-raised active:bg-sunken",
        ),
        key=line.id,
    )


def _dated(line: rx.Var[DutyLine]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            line.note != "",
            rx.el.p(
                rx.cond(
                    line.note == "1",
                    t("duty.one_day"),
                    t("duty.until", day=date(line.at), count=line.note),
                ),
                class_name="text-lg font-semibold",
            ),
            line_words(line),
        )
    )


def _colleague(line: rx.Var[DutyLine]) -> rx.Component:
    free = line.note == "free"
    return rx.el.div(
        rx.el.p(local(line.name, line.name_en), class_name="text-lg font-semibold"),
        rx.el.p(
            icon("circle-check", size=18, class_name=rx.cond(free, "", "hidden")),
            rx.cond(free, t("duty.free"), t("duty.works", hours=line.hours)),
            class_name=cx(
                "flex items-center gap-1.5 tabular", rx.cond(free, "text-ok", "text-muted")
            ),
        ),
    )


def ask_line(one: rx.Var[AskLine]) -> rx.Component:
    """What was asked, what became of it in words, and the one thing left to do."""
    name = local(one.other, one.other_en)
    return rx.el.li(
        rx.cond(one.kind == "leave", _leave(one), _swap(one, name)),
        rx.cond(one.reason != "", muted(t("duty.because", text=one.reason)), rx.fragment()),
        rx.cond(
            one.answer != "",
            rx.el.p(t("duty.answer", text=one.answer), class_name="font-medium"),
            rx.fragment(),
        ),
        rx.cond(
            one.problem != "",
            notice(
                t("duty.refused", text=one.problem),
                tone="danger",
                sign="circle-alert",
                role="alert",
            ),
            _state(one, name),
        ),
        _verbs(one),
        key=one.id,
        custom_attrs={"data-ask": one.kind, "data-status": one.status},
        class_name="flex flex-col gap-2 rounded-card border border-line bg-raised p-4",
    )


def _state(one: rx.Var[AskLine], name: Any) -> rx.Component:
    return rx.fragment(
        rx.el.p(
            rx.match(
                one.tone,
                *[(tone, icon(sign, size=22)) for tone, sign in _SIGNS.items()],
                icon("hourglass", size=22),
            ),
            rx.el.span(sentence("duty.state", one.say, {"name": name}), class_name="flex-1"),
            class_name=cx(
                "flex items-center gap-2 rounded-control px-3 py-2 font-semibold",
                rx.match(one.tone, *_LOOKS.items(), "bg-sunken"),
            ),
        ),
        rx.cond(
            one.send_state == "none",
            rx.fragment(),
            muted(word("state", one.send_state), custom_attrs={"data-send": one.send_state}),
        ),
    )


def _leave(one: rx.Var[AskLine]) -> rx.Component:
    return rx.el.div(
        muted(t("duty.leave"), " · ", t("duty.leave_days", count=one.days)),
        rx.el.p(
            rx.cond(
                one.days > 1,
                t("duty.from_to", first=date(one.first), last=date(one.last)),
                date(one.first),
            ),
            class_name="text-lg font-semibold",
        ),
    )


def _swap(one: rx.Var[AskLine], name: Any) -> rx.Component:
    asked = one.say.startswith("of_me")
    return rx.el.div(
        muted(rx.cond(asked, t("duty.you_take_of", name=name), t("duty.takes", name=name))),
        line_words(one.given),
        rx.cond(
            one.taken.id == "",
            muted(rx.cond(asked, t("duty.gives_nothing"), t("duty.nothing_back"))),
            rx.el.div(
                muted(rx.cond(asked, t("duty.takes", name=name), t("duty.you_take"))),
                line_words(one.taken),
            ),
        ),
        class_name="flex flex-col gap-1",
    )


def _verbs(one: rx.Var[AskLine]) -> rx.Component:
    def act(verb: str) -> rx.Var:
        return do("answerAsk", one.kind, one.id, verb)

    return rx.cond(
        one.verbs.contains("accept"),
        rx.el.div(
            big_button(
                t("duty.accept"),
                sign="check",
                on_click=act("accept"),
                custom_attrs={"data-verb": "accept"},
            ),
            button(
                t("duty.decline"),
                sign="x",
                on_click=act("decline"),
                class_name="w-full min-h-14 text-lg",
                custom_attrs={"data-verb": "decline"},
            ),
            class_name="flex flex-col gap-3",
        ),
        rx.cond(
            one.verbs.contains("withdraw"),
            text_button(
                t("duty.withdraw"),
                sign="undo-2",
                on_click=act("withdraw"),
                class_name="self-start",
                custom_attrs={"data-verb": "withdraw"},
            ),
            rx.fragment(),
        ),
    )
