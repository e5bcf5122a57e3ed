"""One run, whole: its stops, what was answered there, and the photos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from propapp.features.boards import rules
from propapp.features.boards.rows import AnswerRow, PhotoFact, RunRow
from propapp.features.boards.rules import stamp
from propapp.features.boards.twin_views import TwinLine, twin_lines
from propapp.features.rounds.evidence import FAIR, STRONG
from propapp.features.rounds.models import HAND_REASONS, Answer, Verdict, Visit
from propapp.features.rounds.twins import Twin
from propapp.features.schedules.models import RoutePoint
from propapp.features.sites.models import Challenge, Checkpoint
from propapp.features.standards.models import ChecklistItem, ItemKind


@dataclass(frozen=True)
class RunHead:
    """The run in a few lines."""

    id: str = ""
    route: str = ""
    route_en: str = ""
    who: str = ""
    who_en: str = ""
    state: str = ""  # running · late · done · missed: of the round, by this run
    sealed: bool = False
    parallel: bool = False
    in_window: bool = True
    opens_at: str = ""
    closes_at: str = ""
    started_at: str = ""
    finished_at: str = ""
    minutes: int = 0
    done: int = 0
    total: int = 0
    fails: int = 0
    photos: int = 0
    waiting: int = 0
    note: str = ""


@dataclass(frozen=True)
class AnswerLine:
    """A question and what was answered; ``said`` is a reading, a choice or a text."""

    id: str
    label: str
    label_en: str
    verdict: str  # pass · fail · not_applicable
    said: str
    said_en: str
    note: str
    photos: list[str]
    waiting: int


@dataclass(frozen=True)
class AskedLine:
    """What was asked by lot and what came of it; without an outcome nothing was."""

    text: str = ""
    text_en: str = ""
    said: str = ""
    said_en: str = ""
    outcome: str = ""
    photos: list[str] = field(default_factory=list[str])
    waiting: int = 0


@dataclass(frozen=True)
class ReasonLine:
    """Why a visit counts as shown or not, and how much."""

    code: str
    points: int


@dataclass(frozen=True)
class Step:
    """A stop of the route and the visit that stands for it."""

    key: str = ""
    position: int = 0
    name: str = ""
    name_en: str = ""
    state: str = ""  # done · fault · left_out · next
    arrived_at: str = ""
    received_at: str = ""
    late_by: int = 0  # minutes between the visit and its coming to the server
    method: str = ""  # scan · hand
    hand_reason: str = ""
    hand_offered: bool = False  # the reason is one of those the phone offers, not somebody's words
    flags: list[str] = field(default_factory=list[str])
    corrected: int = 0
    score: int = -1  # of the evidence, from 0 to 100; -1 while the run is not sealed
    weight: str = ""  # strong · fair · thin · doubtful
    reasons: list[ReasonLine] = field(default_factory=list[ReasonLine])
    answers: list[AnswerLine] = field(default_factory=list[AnswerLine])
    asked: AskedLine = AskedLine()
    twins: list[TwinLine] = field(default_factory=list[TwinLine])


def head(row: RunRow, photos: Sequence[PhotoFact], now: datetime) -> RunHead:
    """The run's own line."""
    run, occurrence = row.run, row.occurrence
    return RunHead(
        id=str(run.id),
        route=row.route.name,
        route_en=row.route.name_en,
        who=row.person.name,
        who_en=row.person.name_en,
        state=rules.round_state(occurrence, run, now).value,
        sealed=run.sealed_at is not None,
        parallel=run.parallel,
        in_window=run.in_window,
        opens_at=stamp(occurrence.opens_at),
        closes_at=stamp(occurrence.closes_at),
        started_at=stamp(run.started_at),
        finished_at=stamp(run.finished_at),
        minutes=rules.minutes_between(run.started_at, run.finished_at or now),
        done=run.points_done,
        total=run.points_total,
        fails=run.fails,
        photos=len(photos),
        waiting=sum(one.stored_at is None for one in photos),
        note=run.note,
    )


def steps(  # noqa: PLR0913 - all that the page shows of a run
    stops: Sequence[tuple[RoutePoint, Checkpoint]],
    visits: Sequence[Visit],
    answers: Sequence[AnswerRow],
    photos: Sequence[PhotoFact],
    challenges: Mapping[UUID, Challenge],
    *,
    twins: Iterable[Twin],
    over: bool,
) -> list[Step]:
    """Every stop of the route in order, visited or not."""
    standing = {visit.point_id: visit for visit in visits if visit.superseded_by is None}
    times = Counter(visit.point_id for visit in visits)
    by_visit, again = _lines(answers, photos), twin_lines(twins)
    found: list[Step] = []
    for point, checkpoint in stops:
        visit = standing.get(point.id)
        step = _unvisited(point, checkpoint, over=over)
        if visit is not None:
            shown = _visited(step, visit, by_visit.get(visit.id, []), times[point.id])
            asked = _asked(visit, challenges, photos)
            step = replace(shown, asked=asked, twins=again.get(visit.id, []))
        found.append(step)
    return found


def _unvisited(point: RoutePoint, checkpoint: Checkpoint, *, over: bool) -> Step:
    return Step(
        key=f"{point.position:04d}",
        position=point.position,
        name=checkpoint.name,
        name_en=checkpoint.name_en,
        state="left_out" if over else "next",
    )


def _visited(step: Step, visit: Visit, lines: list[AnswerLine], times: int) -> Step:
    return replace(
        step,
        state="fault" if any(line.verdict == Verdict.FAIL for line in lines) else "done",
        arrived_at=stamp(visit.arrived_at),
        received_at=stamp(visit.received_at),
        late_by=rules.minutes_between(visit.left_at, visit.received_at),
        method=visit.method.value,
        hand_reason=visit.hand_reason,
        hand_offered=visit.hand_reason in HAND_REASONS,
        flags=list(visit.flags),
        corrected=times - 1,
        score=-1 if visit.score is None else visit.score,
        weight=weight(visit),
        reasons=[ReasonLine(str(code), int(points)) for code, points in visit.reasons],
        answers=lines,
    )


def _asked(
    visit: Visit, challenges: Mapping[UUID, Challenge], photos: Sequence[PhotoFact]
) -> AskedLine:
    """The challenge that was drawn; where none was, the one that was answered all the same."""
    kept = visit.challenge or {}
    named = kept.get("asked") or kept.get("given")
    challenge = challenges.get(UUID(named)) if named else None
    if challenge is None:
        return AskedLine(outcome=str(kept.get("outcome", "")))
    choice = kept.get("choice") if kept.get("given") == named else None
    offered = challenge.choices[choice : choice + 1] if isinstance(choice, int) else []
    shots = [photo for photo in photos if photo.use.thing_id == visit.id]
    return AskedLine(
        text=challenge.text,
        text_en=challenge.text_en or challenge.text,
        said="".join(one["text"] for one in offered),
        said_en="".join(one["text_en"] or one["text"] for one in offered),
        outcome=str(kept["outcome"]),
        photos=[shot.use.sha256 for shot in shots if shot.stored_at],
        waiting=sum(shot.stored_at is None for shot in shots),
    )


def weight(visit: Visit) -> str:
    """In a word: a code alone is thin, more lifts it, and any sign of a trick makes it doubtful."""
    if visit.score is None:
        return ""
    if any(int(points) < 0 for _, points in visit.reasons):
        return "doubtful"
    return "strong" if visit.score >= STRONG else "fair" if visit.score >= FAIR else "thin"


def _lines(
    answers: Sequence[AnswerRow], photos: Sequence[PhotoFact]
) -> dict[UUID, list[AnswerLine]]:
    shots: dict[UUID, list[PhotoFact]] = {}
    for photo in photos:
        shots.setdefault(photo.use.thing_id, []).append(photo)
    found: dict[UUID, list[AnswerLine]] = {}
    for answer, item in answers:
        found.setdefault(answer.visit_id, []).append(_line(answer, item, shots.get(answer.id, [])))
    return found


def _line(answer: Answer, item: ChecklistItem, shots: Sequence[PhotoFact]) -> AnswerLine:
    said, said_en = _said(answer, item)
    return AnswerLine(
        id=str(answer.id),
        label=item.label,
        label_en=item.label_en,
        verdict=answer.verdict.value,
        said=said,
        said_en=said_en,
        note=answer.note,
        photos=[shot.use.sha256 for shot in shots if shot.stored_at],
        waiting=sum(shot.stored_at is None for shot in shots),
    )


def _said(answer: Answer, item: ChecklistItem) -> tuple[str, str]:
    """What was read, chosen or written; nothing for a plain pass or fail."""
    if item.kind is ItemKind.NUMBER and answer.number is not None:
        reading = f"{answer.number:g} {item.unit}".strip()
        return reading, reading
    if answer.choices:
        labels = {choice["value"]: choice for choice in item.choices}
        chosen = [labels.get(value, {"label": value}) for value in answer.choices]
        words = [str(one["label"]) for one in chosen]
        english = [str(one.get("label_en") or one["label"]) for one in chosen]
        return " · ".join(words), ", ".join(english)
    return answer.text, answer.text
