"""Challenges at some points, and what came of those that the days' seeds drew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from propapp.core.access import Role
from propapp.core.dates.chance import DAY, commitment
from propapp.demo.album import Album, Belonging
from propapp.demo.cast import SITE_ID, demo_id, with_role
from propapp.demo.era import Era
from propapp.demo.pictures import Scene
from propapp.demo.plan import Plan
from propapp.demo.rows import Row, Rows
from propapp.demo.sheets import sheet
from propapp.features.photos.models import PhotoPurpose
from propapp.features.rounds.challenging import Outcome
from propapp.features.rounds.models import Run, Visit
from propapp.features.schedules import challenges, rules
from propapp.features.schedules.models import Occurrence, RoundSeed
from propapp.features.sites.models import Challenge, ChallengeKind
from propapp.features.sites.rules import challenge_digest

# Before that nothing was prepared.
DAYS = 14
_ONE_IN = 4
_SKIPPED, _WRONG = 0.05, 0.1


def challenge(rows: Rows, plan: Plan, album: Album) -> None:
    """Prepare challenges, bind each day's seed, and answer what is drawn for the visits."""
    prepared = {
        demo_id("challenge", said["text"]): said for said in sheet("challenges")["challenge"]
    }
    kept = {one.id: one for one in _prepare(rows, album.era, prepared)}
    seeds = {seed.local_date: seed for seed in _bind(rows, list(kept.values()), album.era)}
    occurrences = {one.id: one for way in plan.occurrences.values() for one in way}
    runs = {run["id"]: run for run in rows.of(Run)}
    for visit in rows.of(Visit):
        run = runs[visit["run_id"]]
        drawn = _drawn(visit, run, occurrences[run["occurrence_id"]], seeds)
        if drawn:
            _answer(visit, run, kept[drawn], album, prepared[drawn])


def _prepare(rows: Rows, era: Era, prepared: Mapping[UUID, Any]) -> Iterator[Challenge]:
    (lead, *_) = with_role(Role.SUPERVISOR)
    for number, (challenge_id, said) in enumerate(prepared.items()):
        offered = sorted([said["right"], *said["others"]]) if "right" in said else []
        one = Challenge(
            id=challenge_id,
            site_id=SITE_ID,
            checkpoint_id=demo_id("checkpoint", said["place"]),
            kind=ChallengeKind.QUESTION if offered else ChallengeKind.DETAIL,
            text=said["text"],
            text_en=said["text_en"],
            choices=[{"text": text, "text_en": text_en} for text, text_en in offered],
            right=offered.index(said["right"]) if offered else None,
            kept_at=era.at(_first_day(era) - timedelta(days=2), hour=9 + number / 20),
            kept_by=lead.id,
        )
        rows.keep(one)
        yield one


def _bind(rows: Rows, kept: Sequence[Challenge], era: Era) -> Iterator[RoundSeed]:
    """A seed for each day up to tomorrow, bound the day before and told when it was over."""
    pool: dict[str, list[dict[str, str]]] = {}
    for one in sorted(kept, key=lambda one: one.id):
        said = {"id": str(one.id), "sha256": challenge_digest(one)}
        pool.setdefault(str(one.checkpoint_id), []).append(said)
    for number in range(DAYS + 2):
        day = _first_day(era) + timedelta(days=number)
        seed = _seed(era, day, {"one_in": _ONE_IN, "pool": pool})
        rows.keep(seed)
        yield seed


def _seed(era: Era, day: date, drawn_from: dict[str, Any]) -> RoundSeed:
    thrown = era.dice("seed", day.isoformat()).randbytes(32).hex()
    over_at = rules.dated(day, opens=2 * DAY, minutes=DAY, zone=era.zone).opens_at
    return RoundSeed(
        id=challenges.seed_id(SITE_ID, day),
        site_id=SITE_ID,
        local_date=day,
        seed=thrown,
        draws=[],
        challenges=drawn_from,
        commitment=commitment(thrown, SITE_ID, day, [], drawn_from),
        committed_at=era.at(day - timedelta(days=1), hour=0.01),
        over_at=over_at,
        revealed_at=over_at if over_at <= era.now else None,
    )


def _drawn(
    visit: Row, run: Row, occurrence: Occurrence, seeds: Mapping[date, RoundSeed]
) -> UUID | None:
    seed = seeds.get(occurrence.local_date)
    return challenges.drawn(seed, occurrence, run["person_id"], visit["checkpoint_id"])


def _answer(visit: Row, run: Row, one: Challenge, album: Album, said: Mapping[str, Any]) -> None:
    dice = album.era.dice("challenge", visit["position"], visit["arrived_at"].isoformat())
    chance, choice = dice.random(), None
    came = Outcome.SHOWN if one.right is None else Outcome.RIGHT
    if chance < _SKIPPED:
        came = Outcome.SKIPPED
    elif one.right is None:
        _show(visit, run, album, Scene(said["scene"]))
    elif chance < _WRONG:
        came, choice = Outcome.WRONG, (one.right + 1) % len(one.choices)
    else:
        choice = one.right
    drawn = str(one.id)
    visit["challenge"] = {
        "asked": drawn,
        "given": drawn,
        "choice": choice,
        "outcome": came.value,
    }


def _show(visit: Row, run: Row, album: Album, scene: Scene) -> None:
    at = visit["arrived_at"] + (visit["left_at"] - visit["arrived_at"]) / 4
    capture = album.capture(scene, at=at, place="challenge")
    belonging = Belonging(
        thing_kind="visit",
        thing_id=visit["id"],
        parent_kind="run",
        parent_id=run["id"],
        owner_id=run["person_id"],
        purpose=PhotoPurpose.EVIDENCE,
    )
    album.attach((capture,), belonging, by=run["person_id"], received_at=visit["received_at"])


def _first_day(era: Era) -> date:
    return era.today - timedelta(days=DAYS - 1)
