"""What the demo world is to reach in its year of service, and who has signed for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from propapp.core.ids import derived_id
from propapp.demo.cast import SITE_ID, demo_id, member
from propapp.demo.chronicle import Chronicle, Moment
from propapp.demo.era import Era
from propapp.demo.programme import year_of
from propapp.demo.rows import Rows
from propapp.demo.sheets import sheet
from propapp.features.goals.models import (
    Comparison,
    Goal,
    GoalClause,
    Letter,
    LetterPart,
    LetterStatus,
)
from propapp.features.goals.wording import Words, write_words
from propapp.features.sites.models import Site

_DAY = timedelta(days=1)
_SAID = ("name", "name_en", "measure", "target", "weight", "source")


def write_goals(rows: Rows, era: Era) -> None:
    """All of them, set by the manager before the year began."""
    chronicle, manager = Chronicle(era, rows), member("zhou")
    first, last = year_of(era)
    for number, said in enumerate(sheet("goals")["goal"]):
        at = era.opening - timedelta(days=12) + timedelta(hours=9, minutes=7 * number)
        goal = rows.add(
            Goal,
            id=demo_id("goal", said["key"]),
            site_id=SITE_ID,
            comparison=Comparison(said["comparison"]),
            responsible_id=member(said["responsible"]).id,
            starts=first,
            ends=last,
            made_by=manager.id,
            made_at=at,
            changed_at=at,
            **{name: said[name] for name in _SAID},
        )
        _serve(rows, said)
        chronicle.record(
            "goal.set",
            Moment(manager, at, at),
            thing_kind="goal",
            thing_id=goal["id"],
            name=said["name"],
            name_en=said["name_en"],
            target=said["target"],
            measure=said["measure"],
        )


def _serve(rows: Rows, said: dict[str, Any]) -> None:
    """The clauses have the ids that the library gives them."""
    for position, clause in enumerate(said["clauses"]):
        paper, number = clause.split()
        rows.add(
            GoalClause,
            goal_id=demo_id("goal", said["key"]),
            clause_id=derived_id("clause", paper, number),
            position=position,
        )


_STEPS = (timedelta(hours=3), timedelta(hours=7), timedelta(hours=21))


def write_letters(rows: Rows, era: Era) -> None:
    """Some signed, one version replaced by the next, which waits for two signatures."""
    chronicle, manager = Chronicle(era, rows), member("zhou")
    goals = {goal["id"]: Goal(**goal) for goal in rows.of(Goal)}
    said_of = sheet("goals")["letter"]
    ends = {said["goal"]: era.now - said["days_ago"] * _DAY for said in said_of}
    for said in said_of:
        goal = goals[demo_id("goal", said["goal"])]
        at = era.now - said["days_ago"] * _DAY
        replaced = said["status"] == LetterStatus.REPLACED.value
        letter = Letter(
            id=demo_id("letter", said["key"]),
            goal_id=goal.id,
            site_id=SITE_ID,
            version=said["version"],
            status=LetterStatus(said["status"]),
            reason=said.get("reason", ""),
            made_by=manager.id,
            made_at=at - timedelta(hours=1),
            changed_at=at,
            issued_by=manager.id,
            issued_at=at,
            ended_at=ends[said["goal"]] if replaced else None,
        )
        rows.keep(letter)
        _Clerk(rows, chronicle, goal, letter, said).write(at)


@dataclass(frozen=True)
class _Clerk:
    rows: Rows
    chronicle: Chronicle
    goal: Goal
    letter: Letter
    said: dict[str, Any]

    def write(self, at: datetime) -> None:
        """The parts with their words, who was told, and who has signed."""
        manager, past = member("zhou"), Moment(member("zhou"), at, at)
        parts = [self._part(position, *one) for position, one in enumerate(self.said["parts"])]
        digests = {str(part.person_id): part.words_sha256 for part in parts}
        self._record("issued", past, text=self.letter.reason, words=digests)
        self.chronicle.tell(
            [part.person_id for part in parts],
            "letter.issued",
            past,
            **self._about(),
            **self._named(),
        )
        for key, later in zip(self.said["signed"], _STEPS, strict=False):
            (part,) = (one for one in parts if one.person_id == member(key).id)
            self._sign(part, key, min(at + later, self.chronicle.era.now - timedelta(minutes=40)))
        for part in parts:
            self.rows.keep(part)
        if self.letter.ended_at:
            ended = Moment(manager, self.letter.ended_at, self.letter.ended_at)
            self._record("replaced", ended, by_version=self.letter.version + 1)

    def _part(self, position: int, key: str, weight: int, duty: str) -> LetterPart:
        person = member(key)
        part = LetterPart(
            id=demo_id("part", self.letter.id, key),
            letter_id=self.letter.id,
            site_id=SITE_ID,
            position=position,
            post=person.role,
            person_id=person.id,
            weight=weight,
            duty=duty,
        )
        site = Site(**self.rows.of(Site)[0])
        write_words(part, Words(site, self.goal, self.letter, person, member("zhou")))
        return part

    def _sign(self, part: LetterPart, key: str, at: datetime) -> None:
        person = member(key)
        part.signed_at = part.received_at = at
        part.signed_name = person.name
        self._record(
            "signed",
            Moment(person, at, at),
            person=person.name,
            person_en=person.name_en,
            weight=part.weight,
            words_sha256=part.words_sha256,
            signature_sha256=sha256(b"").hexdigest(),
        )
        self.chronicle.tell(
            [member("zhou").id],
            "letter.signed",
            Moment(person, at, at),
            **self._about(),
            **self._named(),
        )

    def _record(self, past: str, when: Moment, **facts: Any) -> None:
        self.chronicle.record(f"letter.{past}", when, **self._about(), **self._named(), **facts)

    def _about(self) -> dict[str, Any]:
        return {"thing_kind": "letter", "thing_id": self.letter.id}

    def _named(self) -> dict[str, Any]:
        return {
            "goal": self.goal.name,
            "goal_en": self.goal.name_en,
            "version": self.letter.version,
        }
