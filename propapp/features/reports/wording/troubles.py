"""What went wrong, in words: rounds, orders and visits that are badly shown."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from propapp.features.boards.figures import Figures, Speed
from propapp.features.boards.kept import Kept
from propapp.features.goals.measures import Tally as Cases
from propapp.features.plans.models import PlanTask
from propapp.features.reports.contents import Performance
from propapp.features.reports.counting import Judged
from propapp.features.reports.documents import Column, Part, Row, Words
from propapp.features.reports.proving import LateOrder
from propapp.features.reports.rounds import WeakVisit
from propapp.features.reports.wording.tables import MOMENT, TENTH, WHOLE
from propapp.features.schedules.models import Route

_PRINTED_LAPSES, _PRINTED_ORDERS = 60, 40
_HOUR = 3600


def lapses(
    told: list[Judged],
    lapsed: int,
    words: Words,
    routes: Mapping[UUID, Route],
    tasks: Mapping[UUID, PlanTask],
) -> Part:
    """What was late, by how much, and missed; and what only looked so until a phone was heard."""
    return Part(
        words("lapses"),
        [
            Column(words("window"), MOMENT, 17),
            Column(words("closes"), MOMENT, 17, printed=False),
            Column(words("route"), width=20),
            Column(words("task"), width=22, printed=False),
            Column(words("who"), width=12),
            Column(words("what"), width=12),
            Column(words("late_minutes"), WHOLE, 11),
            Column(words("begun"), MOMENT, 17),
            Column(words("heard"), MOMENT, 17),
        ],
        [_lapse(one, words, routes, tasks) for one in told],
        note=words("lapses_note"),
        nothing=words("no_lapses"),
        most=_PRINTED_LAPSES,
        more=lapsed - len(told),
    )


def _lapse(
    one: Judged, words: Words, routes: Mapping[UUID, Route], tasks: Mapping[UUID, PlanTask]
) -> Row:
    occurrence, walk = one.occurrence, one.walk
    what = "delayed" if one.delayed else one.outcome.value
    run = walk.run if walk else None
    task = tasks.get(occurrence.plan_task_id) if occurrence.plan_task_id else None
    return Row(
        [
            words.instant(occurrence.opens_at),
            words.instant(occurrence.closes_at),
            words.name(routes.get(occurrence.route_id)),
            words.name(task),
            words.pick(walk.name, walk.name_en) if walk else "",
            words(f"what.{what}"),
            one.late,
            words.instant(run.started_at) if run else None,
            words.instant(run.started_received_at) if run else None,
        ],
        "" if one.delayed else "danger" if one.outcome is Kept.MISSED else "warn",
    )


def orders(found: Figures, words: Words) -> Part:
    """How quick the work was, by priority, as the board has it."""
    taken = {one.priority: one for one in found.responses}
    done = {one.priority: one for one in found.completions}
    totals = found.totals
    return Part(
        words("orders"),
        [
            Column(words("priority"), width=10),
            *[
                Column(words(f"{what}_{name}"), WHOLE, 13)
                for what in ("taken", "done")
                for name in ("count", "half", "nine", "promise")
            ],
        ],
        [
            Row(
                [
                    words.of(f"priority.{code}"),
                    *_speed(taken.get(code)),
                    *_speed(done.get(code)),
                ]
            )
            for code in dict.fromkeys([*taken, *done])
        ],
        note=words(
            "orders_note",
            taken=totals.answered,
            taken_in_time=totals.answered_in_time,
            done=totals.finished,
            done_in_time=totals.finished_in_time,
        ),
        nothing=words("no_orders"),
    )


def _speed(one: Speed | None) -> list[int | None]:
    return [one.count, one.median, one.p90, one.promised] if one else [None] * 4


def late_orders(found: Performance, words: Words) -> Part:
    """Each order that was late, and by how much."""
    late = found.in_time.whole - found.in_time.part
    return Part(
        words("late_orders"),
        [
            Column(words("order"), width=20),
            Column(words("order_title"), width=30),
            Column(words("priority"), width=8),
            Column(words("due_at"), MOMENT, 17),
            Column(words("done_at"), MOMENT, 17),
            Column(words("late_hours"), TENTH, 11),
            Column(words("who"), width=12),
        ],
        [_late_order(one, found, words) for one in found.late_orders],
        note=words("late_orders_note", **_cases(found.in_time, found.in_a_day)),
        nothing=words("no_late_orders"),
        most=_PRINTED_ORDERS,
        more=max(0, late - len(found.late_orders)),
    )


def _cases(in_time: Cases, in_a_day: Cases) -> dict[str, object]:
    return {
        "part": in_time.part,
        "whole": in_time.whole,
        "day_part": in_a_day.part,
        "day_whole": in_a_day.whole,
    }


def _late_order(one: LateOrder, found: Performance, words: Words) -> Row:
    order = one.order
    until = order.completed_at or found.now
    return Row(
        [
            order.number,
            words.pick(order.title, order.title_en),
            words.of(f"priority.{order.priority.value}"),
            words.instant(order.due_at),
            words.instant(order.completed_at),
            (until - order.due_at).total_seconds() / _HOUR,
            words.name(one.person),
        ],
        "warn" if order.completed_at else "danger",
    )


def weak(found: Performance, words: Words) -> Part:
    """The visits that are shown worst, and what speaks against them."""
    return Part(
        words("weak"),
        [
            Column(words("arrived"), MOMENT, 17),
            Column(words("route"), width=20),
            Column(words("point"), width=18),
            Column(words("who"), width=12),
            Column(words("score"), WHOLE, 8),
            Column(words("against"), width=46),
        ],
        [_weak_row(one, words) for one in found.weak],
        note=words("weak_note"),
        nothing=words("no_weak"),
        most=20,
        more=max(0, found.proof.scored - found.proof.fair - len(found.weak)),
    )


def _weak_row(one: WeakVisit, words: Words) -> Row:
    visit = one.visit
    against = [code for code, points in visit.reasons if points <= 0]
    return Row(
        [
            words.instant(visit.arrived_at),
            words.name(one.route),
            words.name(one.checkpoint),
            words.name(one.person),
            visit.score,
            words("and").join(words.of(f"office.proof.why.{code}") for code in against),
        ]
    )
