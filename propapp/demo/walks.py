"""Rounds as they were walked: runs, visits, answers and their photos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from propapp.core.ids import derived_id
from propapp.demo.album import Album, Belonging, Capture
from propapp.demo.answers import Given, answer
from propapp.demo.cast import SITE_ID, demo_id
from propapp.demo.chronicle import Chronicle, Moment
from propapp.demo.fates import Fate, Round
from propapp.demo.pictures import Scene
from propapp.demo.plan import Question, Stop, minutes
from propapp.demo.rows import Row, Rows
from propapp.demo.stories import Faults, Story, words
from propapp.features.photos.models import PhotoPurpose
from propapp.features.rounds.models import (
    NO_CODE,
    Answer,
    Run,
    RunStatus,
    Verdict,
    Visit,
    VisitMethod,
)
from propapp.features.rounds.rules import is_out_of_order, named
from propapp.features.standards.models import ItemKind

_UNDER_WAY = {Fate.RUNNING, Fate.OVERDUE}
_NOT_BEGUN = {Fate.MISSED, Fate.OPEN, Fate.AHEAD}


@dataclass(frozen=True)
class Finding:
    """A failed answer that becomes a work order."""

    story: Story
    stop: Stop
    given: Given
    run_id: UUID
    answer_id: UUID
    when: Moment
    photos: tuple[Capture, ...]


@dataclass
class _Walk:
    """One run while it is told."""

    one: Round
    run: Row
    dice: Random
    offline_from: int
    skipped: frozenset[int]
    visits: list[Row] = field(default_factory=list)


@dataclass
class Walker:
    """Tells every round."""

    rows: Rows
    album: Album
    chronicle: Chronicle
    faults: Faults

    def walk(self, one: Round) -> Iterator[Finding]:
        """The run of a round, if it was begun."""
        if one.fate in _NOT_BEGUN:
            return
        walk = self._begin(one)
        for stop in one.way.stops:
            if stop.position not in walk.skipped and not self._is_over(walk, stop):
                self._visit(walk, stop)
        if one.fate not in _UNDER_WAY:
            self._finish(walk)
        self._receive(walk)
        yield from self._answers(walk)

    @property
    def _now(self) -> datetime:
        return self.chronicle.era.now

    def _begin(self, one: Round) -> _Walk:
        run_id = demo_id("run", one.occurrence.id, one.walker.key)
        dice = self.chronicle.era.dice("walk", one.way.key, one.parallel, _label(self, one))
        stops = len(one.way.stops)
        has_faults = any(
            (one.occurrence.id, stop.position) in self.faults for stop in one.way.stops
        )
        may_leave_out = not has_faults and one.fate is Fate.DONE and not one.way.is_job
        leaves_out = dice.random() < 0.015 and may_leave_out
        run = self.rows.add(
            Run,
            id=run_id,
            site_id=SITE_ID,
            occurrence_id=one.occurrence.id,
            route_id=one.way.row["id"],
            person_id=one.walker.id,
            parallel=one.parallel,
            points_total=stops,
            started_at=one.started_at,
            started_received_at=one.started_at + timedelta(seconds=2),
        )
        skipped = (
            [] if one.way.is_job else dice.sample(range(2, stops), 2 if dice.random() < 0.4 else 1)
        )
        return _Walk(
            one,
            run,
            dice,
            offline_from=dice.randint(max(stops // 2, 1), stops)
            if dice.random() < 0.1
            else stops + 1,
            skipped=frozenset(skipped) if leaves_out else frozenset(),
        )

    def _is_over(self, walk: _Walk, stop: Stop) -> bool:
        if walk.one.fate is Fate.OVERDUE:
            return stop.position > len(walk.one.way.stops) - 3
        return self._next_arrival(walk, stop) + timedelta(minutes=6) > self._now

    def _next_arrival(self, walk: _Walk, stop: Stop) -> datetime:
        before = walk.visits[-1]["left_at"] if walk.visits else walk.one.started_at
        not_before = walk.one.started_at + timedelta(minutes=stop.point["not_before"])
        return max(before + timedelta(seconds=30), not_before)

    def _visit(self, walk: _Walk, stop: Stop) -> None:
        pace = walk.one.way.pace
        arrived = self._next_arrival(walk, stop) + minutes(walk.dice, 0, 0.8 * pace)
        left = arrived + minutes(walk.dice, 0.25 * pace, 0.5 * pace)
        if left > self._now:
            return
        by_hand = walk.dice.random() < 0.03 or not stop.checkpoint["coded"]
        visited = [visit["position"] for visit in walk.visits]
        positions = [each.position for each in walk.one.way.stops]
        out_of_order = is_out_of_order(stop.position, positions, visited)
        walk.visits.append(
            self.rows.add(
                Visit,
                id=demo_id("visit", walk.run["id"], stop.position),
                run_id=walk.run["id"],
                site_id=SITE_ID,
                point_id=stop.point["id"],
                checkpoint_id=stop.checkpoint["id"],
                template_id=stop.point["template_id"],
                position=stop.position,
                method=VisitMethod.HAND if by_hand else VisitMethod.SCAN,
                code_id=None if by_hand else demo_id("code", stop.checkpoint["id"]),
                hand_reason=_reason(stop, walk.dice) if by_hand else "",
                flags=["out_of_order"] if out_of_order else [],
                arrived_at=arrived,
                left_at=left,
                received_at=left + timedelta(seconds=walk.dice.randint(1, 5)),
            )
        )

    def _finish(self, walk: _Walk) -> None:
        end = walk.visits[-1]["left_at"] + minutes(walk.dice, 0.5, 1.5)
        walk.run.update(
            status=RunStatus.SEALED,
            finished_at=end,
            finished_received_at=end + timedelta(seconds=2),
            note=walk.dice.choice(words("left_out")) if walk.skipped else "",
        )
        if walk.one.parallel:
            walk.run["note"] = walk.run["note"] or words("parallel")[0]

    def _receive(self, walk: _Walk) -> None:
        """What was done without a network arrives together, when it is back."""
        run, back = walk.run, walk.run["finished_received_at"]
        back = back + minutes(walk.dice, 3, 25) if back else self._now + timedelta(1)
        if back < self._now and len(walk.visits) >= walk.offline_from:
            for visit in walk.visits[walk.offline_from - 1 :]:
                visit["received_at"] = back
            run["finished_received_at"] = back
        run.update(points_done=len(walk.visits), sealed_at=run["finished_received_at"])

    def _answers(self, walk: _Walk) -> Iterator[Finding]:
        stops = {stop.position: stop for stop in walk.one.way.stops}
        self._tell_beginning(walk)
        for visit in walk.visits:
            found = list(self._answer(walk, visit, stops[visit["position"]]))
            self._tell_visit(walk, visit, stops[visit["position"]], found)
            yield from found
        self._tell_end(walk)

    def _answer(self, walk: _Walk, visit: Row, stop: Stop) -> Iterator[Finding]:
        key = (walk.one.occurrence.id, stop.position)
        story = None if walk.one.parallel else self.faults.get(key)
        for question in stop.questions:
            given = answer(question, story, walk.dice)
            if given is None:
                continue
            row = self.rows.add(
                Answer,
                id=derived_id("answer", visit["id"], given.item.id),
                visit_id=visit["id"],
                run_id=walk.run["id"],
                item_id=given.item.id,
                verdict=given.verdict,
                **given.values,
            )
            photos = self._photos(visit, stop, question, given, story)
            if photos:
                self._attach(walk, row["id"], photos, visit["received_at"])
            if story is not None and given.verdict is Verdict.FAIL:
                walk.run["fails"] += 1
                when = Moment(walk.one.walker, visit["left_at"], visit["received_at"])
                yield Finding(story, stop, given, walk.run["id"], row["id"], when, photos)

    def _attach(
        self, walk: _Walk, answer_id: UUID, photos: tuple[Capture, ...], received_at: datetime
    ) -> None:
        person_id = walk.one.walker.id
        belonging = Belonging(
            thing_kind="answer",
            thing_id=answer_id,
            parent_kind="run",
            parent_id=walk.run["id"],
            owner_id=person_id,
            purpose=PhotoPurpose.EVIDENCE,
        )
        self.album.attach(photos, belonging, by=person_id, received_at=received_at)

    def _photos(
        self,
        visit: Row,
        stop: Stop,
        question: Question,
        given: Given,
        story: Story | None,
    ) -> tuple[Capture, ...]:
        at = visit["arrived_at"] + (visit["left_at"] - visit["arrived_at"]) / 2
        if story is not None and given.verdict is Verdict.FAIL:
            return (self.album.capture(story.before, at=at, place=stop.place),)
        if question.item.kind is ItemKind.PHOTO:
            scene = Scene(question.scene)
            return (self.album.capture(scene, at=at, place=stop.place),)
        return ()

    def _tell_beginning(self, walk: _Walk) -> None:
        run = walk.run
        when = Moment(walk.one.walker, run["started_at"], run["started_received_at"])
        self._event(
            walk,
            "run.started",
            when,
            parallel=run["parallel"],
            in_window=run["in_window"],
            occurrence_id=str(run["occurrence_id"]),
        )

    def _tell_visit(self, walk: _Walk, visit: Row, stop: Stop, found: list[Finding]) -> None:
        self._event(
            walk,
            "run.visited",
            Moment(walk.one.walker, visit["left_at"], visit["received_at"]),
            visit_id=str(visit["id"]),
            position=visit["position"],
            point=stop.checkpoint["name"],
            point_en=stop.checkpoint["name_en"],
            method=visit["method"].value,
            flags=visit["flags"],
            fails=[named(finding.given.item) for finding in found],
        )

    def _tell_end(self, walk: _Walk) -> None:
        run = walk.run
        if run["finished_at"] is None:
            return
        when = Moment(walk.one.walker, run["finished_at"], run["finished_received_at"])
        stops = {stop.position: stop for stop in walk.one.way.stops}
        left_out = [_left_out(stops[position]) for position in sorted(walk.skipped)]
        self._event(walk, "run.finished", when, text=run["note"], left_out=left_out)
        self._event(walk, "run.sealed", when)

    def _event(self, walk: _Walk, verb: str, when: Moment, **facts: Any) -> None:
        self.chronicle.record(verb, when, thing_kind="run", thing_id=walk.run["id"], **facts)


def _reason(stop: Stop, dice: Random) -> str:
    return dice.choice(words("by_hand")) if stop.checkpoint["coded"] else NO_CODE


def _label(walker: Walker, one: Round) -> str:
    era = walker.chronicle.era
    ago = (era.today - one.occurrence.local_date).days
    return f"{ago} {era.local(one.occurrence.opens_at):%H:%M}"


def _left_out(stop: Stop) -> dict[str, Any]:
    return {
        "point_id": str(stop.point["id"]),
        "position": stop.position,
        "name": stop.checkpoint["name"],
        "name_en": stop.checkpoint["name_en"],
    }
