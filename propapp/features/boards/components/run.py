"""One run: its head, its stops, what was answered and photographed at each."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.features.boards.components.photo import photo_tile
from propapp.features.boards.components.twins import twins_part
from propapp.features.boards.run_views import AnswerLine, ReasonLine, Step
from propapp.features.rounds.components import PHASES
from propapp.ui.kit import Tone, badge, card, fold_line, icon, muted, row, stack, status_badge
from propapp.ui.kit.basics import cx
from propapp.ui.text import clock, date_time, duration, local, t, word

# What comes to the server later than this was kept on the phone for a while.
_LATE_BY = 5
_STATES: dict[str, tuple[Tone, str, Any]] = {
    "done": ("ok", "circle-check", t("board.step.done")),
    "fault": ("danger", "triangle-alert", t("board.step.fault")),
    "left_out": ("warn", "circle-off", t("board.step.left_out")),
    "next": ("neutral", "circle-dashed", t("board.step.next")),
}
_VERDICTS = {
    "pass": icon("check", size=20, class_name="text-ok mt-0.5"),
    "fail": icon("triangle-alert", size=20, class_name="text-danger mt-0.5"),
    "not_applicable": icon("minus", size=20, class_name="text-muted mt-0.5"),
}


def head_part(head: Any) -> rx.Component:
    """Who walked what and when, and what came of it."""
    return stack(
        row(
            rx.el.h1(local(head.route, head.route_en), class_name="text-xl font-semibold"),
            status_badge(head.state, PHASES),
            rx.cond(
                head.sealed,
                badge(t("board.run.sealed"), tone="ok", sign="shield-check"),
                rx.fragment(),
            ),
            rx.cond(
                head.parallel, badge(t("board.run.parallel"), sign="users-round"), rx.fragment()
            ),
            rx.cond(
                head.in_window,
                rx.fragment(),
                badge(t("board.run.outside"), tone="warn", sign="clock-alert"),
            ),
            class_name="flex-wrap",
        ),
        muted(
            t("board.run.window", **{"from": date_time(head.opens_at), "to": clock(head.closes_at)})
        ),
        rx.el.dl(
            _figure("board.run.by", local(head.who, head.who_en)),
            _figure("board.run.started", clock(head.started_at)),
            _figure(
                "board.run.finished",
                rx.cond(head.finished_at != "", clock(head.finished_at), t("board.run.on_the_way")),
            ),
            _figure("board.run.took", duration(head.minutes)),
            _figure("board.run.points", f"{head.done}/{head.total}"),
            _figure("board.run.fails", head.fails),
            _figure("board.run.photos", head.photos),
            class_name="grid grid-cols-2 sm:grid-cols-4 lg:grid-cols-7 gap-3 rounded-card border "
            "border-line bg-raised p-4",
        ),
        rx.cond(
            head.waiting > 0,
            muted(t("board.run.waiting", count=head.waiting)),
            rx.fragment(),
        ),
        rx.cond(head.note != "", rx.el.p(t("board.run.note", note=head.note)), rx.fragment()),
        gap=2,
    )


def _figure(key: str, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(t(key), class_name="text-sm text-muted"),
        rx.el.dd(value, class_name="text-lg font-semibold tabular"),
    )


def step_card(step: rx.Var[Step], look_at: Any) -> rx.Component:
    """A stop with its visit; one that was not visited says so."""
    return card(
        row(
            rx.el.span(
                step.position,
                class_name="inline-flex items-center justify-center h-9 min-w-9 rounded-full "
                "bg-sunken font-semibold tabular",
            ),
            rx.el.h2(local(step.name, step.name_en), class_name="font-semibold flex-1 min-w-0"),
            status_badge(step.state, _STATES),
        ),
        rx.cond(step.method != "", _visit(step), rx.fragment()),
        rx.cond(step.score >= 0, evidence_part(step), rx.fragment()),
        twins_part(step.twins, look_at),
        rx.cond(step.asked.outcome != "", asked_part(step.asked, look_at), rx.fragment()),
        rx.cond(
            step.answers.length() > 0,
            rx.el.ul(
                rx.foreach(step.answers, lambda answer: _answer(answer, look_at)),
                class_name="flex flex-col gap-2",
            ),
            rx.fragment(),
        ),
        key=step.key,
        class_name="flex flex-col gap-3",
        custom_attrs={"data-step": step.state},
    )


def _visit(step: rx.Var[Step]) -> rx.Component:
    by_hand = rx.el.span(
        icon("hand", size=18), word("board.run.method", step.method), class_name=_ITEM
    )
    by_scan = rx.el.span(
        icon("qr-code", size=18), word("board.run.method", step.method), class_name=_ITEM
    )
    return rx.el.div(
        rx.el.span(icon("clock", size=18), clock(step.arrived_at), class_name=cx(_ITEM, "tabular")),
        rx.cond(step.method == "hand", by_hand, by_scan),
        rx.cond(
            step.hand_offered,
            rx.el.span(word("run.hand", step.hand_reason)),
            rx.el.span(step.hand_reason),
        ),
        rx.foreach(
            step.flags,
            lambda flag: badge(word("board.flag", flag), tone="warn", sign="flag"),
        ),
        rx.cond(
            step.late_by > _LATE_BY,
            rx.el.span(t("board.run.late_by", span=duration(step.late_by))),
            rx.fragment(),
        ),
        rx.cond(
            step.corrected > 0,
            badge(t("board.run.corrected", count=step.corrected), sign="pencil"),
            rx.fragment(),
        ),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted",
    )


_AGAINST = ("wrong", "other", "skipped", "unbound")


def asked_part(asked: Any, look_at: Any) -> rx.Component:
    """What was asked by lot, what was answered or shown, and what that amounts to."""
    is_against = rx.Var.create(list(_AGAINST)).contains(asked.outcome)
    return rx.el.div(
        rx.el.p(
            icon("dices", size=18, class_name="text-muted"),
            rx.el.span(t("office.proof.asked"), class_name="text-sm text-muted"),
            rx.el.span(local(asked.text, asked.text_en), class_name="font-medium"),
            class_name="flex flex-wrap items-center gap-x-2",
        ),
        rx.el.p(
            rx.cond(
                asked.said != "",
                rx.el.span(local(asked.said, asked.said_en), class_name="font-semibold"),
                rx.fragment(),
            ),
            rx.el.span(
                word("office.proof.why", "challenge_" + asked.outcome),
                class_name=rx.cond(is_against, "text-danger", "text-muted"),
            ),
            class_name="flex flex-wrap gap-x-3 text-sm",
        ),
        rx.cond(
            asked.photos.length() > 0,
            rx.el.div(
                rx.foreach(
                    asked.photos,
                    lambda sha256: photo_tile(
                        sha256,
                        alt=local(asked.text, asked.text_en),
                        look_at=look_at,
                        small=True,
                    ),
                ),
                class_name="flex flex-wrap gap-2 mt-1",
            ),
            rx.fragment(),
        ),
        rx.cond(asked.waiting > 0, muted(t("photo.waiting")), rx.fragment()),
        class_name="flex flex-col gap-1 rounded-control bg-sunken p-3",
        custom_attrs={"data-asked": asked.outcome},
    )


_WEIGHTS: dict[str, tuple[Tone, str, Any]] = {
    "strong": ("ok", "shield-check", t("office.proof.strong")),
    "fair": ("primary", "shield", t("office.proof.fair")),
    "thin": ("neutral", "shield-minus", t("office.proof.thin")),
    "doubtful": ("warn", "shield-alert", t("office.proof.doubtful")),
}


def evidence_part(step: Any) -> rx.Component:
    """How well the visit is shown to have happened; a tap says why."""
    return rx.el.details(
        fold_line(
            status_badge(step.weight, _WEIGHTS),
            rx.el.span(t("office.proof.score", score=step.score), class_name="tabular text-sm"),
            class_name="",
        ),
        rx.el.ul(
            rx.foreach(step.reasons, _reason),
            class_name="flex flex-col gap-1 text-sm pb-1",
        ),
        custom_attrs={"data-score": step.score},
    )


def _reason(reason: rx.Var[ReasonLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(reason.points > 0, "+" + reason.points.to(str), reason.points.to(str)),
            class_name=cx(
                "tabular font-semibold w-9 shrink-0 text-right",
                rx.cond(reason.points < 0, "text-danger", "text-muted"),
            ),
        ),
        rx.el.span(word("office.proof.why", reason.code)),
        class_name="flex gap-2",
    )


_ITEM = "inline-flex items-center gap-1.5"


def _answer(answer: rx.Var[AnswerLine], look_at: Any) -> rx.Component:
    return rx.el.li(
        rx.match(answer.verdict, *_VERDICTS.items(), rx.fragment()),
        rx.el.div(
            rx.el.p(
                rx.el.span(local(answer.label, answer.label_en)),
                rx.el.span(
                    rx.cond(
                        answer.said != "",
                        local(answer.said, answer.said_en),
                        word("board.verdict", answer.verdict),
                    ),
                    class_name=cx(
                        "tabular shrink-0",
                        rx.cond(
                            answer.verdict == "fail", "text-danger font-semibold", "text-muted"
                        ),
                    ),
                ),
                class_name="flex flex-wrap justify-between gap-x-3",
            ),
            rx.cond(
                answer.note != "", rx.el.p(answer.note, class_name="font-medium"), rx.fragment()
            ),
            rx.cond(
                answer.photos.length() > 0,
                rx.el.div(
                    rx.foreach(
                        answer.photos,
                        lambda sha256: photo_tile(
                            sha256,
                            alt=local(answer.label, answer.label_en),
                            look_at=look_at,
                            small=True,
                        ),
                    ),
                    class_name="flex flex-wrap gap-2 mt-1",
                ),
                rx.fragment(),
            ),
            rx.cond(answer.waiting > 0, muted(t("photo.waiting")), rx.fragment()),
            class_name="min-w-0 flex-1",
        ),
        key=answer.id,
        class_name="flex gap-2",
    )
