"""Plan against actual in words."""

from __future__ import annotations

from datetime import date

from propapp.features.reports.against import Against, Cell, PostSum, TaskLine, differs
from propapp.features.reports.documents import Column, Document, Part, Row, Tile, Words
from propapp.features.reports.wording import troubles
from propapp.features.reports.wording.tables import (
    SIGNED,
    TENTH,
    WHOLE,
    counted,
    counts,
    facts,
    share,
    tone_of,
)


def against_document(found: Against, words: Words) -> Document:
    """What was planned and what it came to, by post, by task and by week or month."""
    stretch = found.stretch
    one_plan = stretch.plan_id is not None and bool(found.plans)
    name = words.name(found.plans[0]) if one_plan else words.name(stretch.site)
    span = f"{stretch.first:%Y}" if one_plan else f"{stretch.first:%Y-%m}"
    return Document(
        title=f"{name} {span} {words('kind.plan')}",
        site=words.name(stretch.site),
        foot=words("plan_foot"),
        facts=facts(stretch, found.now, words.name(found.person), words),
        tiles=_tiles(found, words),
        parts=[
            _posts(found, words),
            _tasks(found, words),
            _spans(found, words),
            troubles.lapses(
                found.lapses,
                found.lapsed,
                words,
                found.routes,
                {one.task.id: one.task for line in found.lines for one in line.line.versions},
            ),
        ],
        closing=[
            (words("plans"), _plans(found, words)),
            (words("plan_how_title"), words("plan_how")),
        ],
        signatures=[words("sign_made"), words("sign_manager")],
        words=words.all(),
    )


def _plans(found: Against, words: Words) -> str:
    named = [words("plan_version", name=words.name(one), n=one.version) for one in found.plans]
    return words("and").join(named) or "–"


def _tiles(found: Against, words: Words) -> list[Tile]:
    hours = sum(one.hours for one in found.lines)
    over = sum(one.over for one in found.posts)
    due = [one.tally.count for one in found.lines]
    done, late = sum(one.done for one in due), sum(one.late for one in due)
    missed = sum(one.missed for one in due)
    difference = sum(one.difference for one in found.posts)
    return [
        Tile(words("tile.hours"), f"{hours:,.0f}", words("tile.tasks", count=len(found.lines))),
        Tile(words("over"), f"{over:,.0f}", words("tile.recorded")),
        Tile(words("tile.did"), f"{done + late:,}", words("tile.late", count=late)),
        Tile(words("missed"), f"{missed:,}", tone="danger" if missed else "good"),
        Tile(
            words("difference"),
            f"{difference:+,.0f}" if difference else "0",
            words("tile.share", share=share(done + late, round(over))),
            "warn" if difference < 0 else "good",
        ),
    ]


def _planned(words: Words) -> list[Column]:
    return [
        Column(words("times"), TENTH, 10),
        Column(words("hours"), TENTH, 10),
        Column(words("over"), TENTH, 10),
    ]


def _posts(found: Against, words: Words) -> Part:
    return Part(
        words("posts"),
        [
            Column(words("post"), width=14),
            *_planned(words),
            *counts(words, rate=False),
            Column(words("difference"), SIGNED, 9),
            Column(words("walked_hours"), TENTH, 10),
            Column(words("unrecorded"), WHOLE, 12),
        ],
        [_post(one, words) for one in found.posts],
        nothing=words("no_tasks"),
    )


def _post(one: PostSum, words: Words) -> Row:
    count = one.tally.count
    return Row(
        [
            words.of(f"role.{one.role.value}"),
            one.times,
            one.hours,
            one.over,
            *counted(count, rate=False),
            one.difference,
            one.tally.minutes / 60,
            one.unrecorded or None,
        ],
        tone_of(count),
    )


def _tasks(found: Against, words: Words) -> Part:
    return Part(
        words("tasks_of_plan"),
        [
            Column(words("task"), width=26),
            Column(words("post"), width=10),
            Column(words("plan"), width=20, printed=False),
            Column(words("number"), width=10, printed=False),
            *_planned(words),
            *counts(words, rate=False),
            Column(words("difference"), SIGNED, 9),
            Column(words("walked_hours"), TENTH, 10, printed=False),
            Column(words("most_late"), WHOLE, 10, printed=False),
            Column(words("remark"), width=18),
        ],
        [_task(one, words) for one in found.lines],
        note=words("tasks_note"),
        nothing=words("no_tasks"),
    )


def _task(one: TaskLine, words: Words) -> Row:
    count, line = one.tally.count, one.line
    is_told = line.is_walked
    came = counted(count, rate=False) if is_told else [None] * 5
    return Row(
        [
            words.name(line.task),
            words.of(f"role.{line.task.role.value}"),
            words.name(line.row.plan),
            one.clause,
            one.times,
            one.hours,
            one.over,
            *came,
            one.difference,
            one.tally.minutes / 60 if is_told else None,
            one.tally.most_late or None,
            _remark(one, words),
        ],
        tone_of(count) if is_told else "",
    )


def _remark(one: TaskLine, words: Words) -> str:
    if one.line.task.trigger.is_weather:
        return words("remark.weather")
    if not one.line.is_walked:
        return words("remark.unrecorded")
    versions = len(one.line.versions)
    return words("remark.versions", count=versions) if versions > 1 else ""


def _spans(found: Against, words: Words) -> Part:
    """Every task in every week or month that it has anything in."""
    return Part(
        words("by_month" if found.by_month else "by_week"),
        [
            Column(words("month" if found.by_month else "week"), width=12),
            Column(words("task"), width=26),
            Column(words("post"), width=10),
            *_planned(words),
            *counts(words, rate=False),
            Column(words("difference"), SIGNED, 9),
        ],
        [
            _span(begin, one, one.cells[begin], found, words)
            for begin in found.buckets
            for one in found.lines
            if begin in one.cells
        ],
        nothing=words("no_tasks"),
        printed=False,
    )


def _span(begin: date, one: TaskLine, cell: Cell, found: Against, words: Words) -> Row:
    count, is_told = cell.count, one.line.is_walked
    return Row(
        [
            f"{begin:%Y-%m}" if found.by_month else begin.isoformat(),
            words.name(one.line.task),
            words.of(f"role.{one.line.task.role.value}"),
            cell.times,
            cell.times * one.minutes / 60,
            cell.over,
            *(counted(count, rate=False) if is_told else [None] * 5),
            differs(one, count, cell.over),
        ],
        tone_of(count) if is_told else "",
    )
