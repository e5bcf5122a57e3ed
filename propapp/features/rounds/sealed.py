"""A sealed run as a link of its site's chain: all that was found, as it stood at that moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from propapp.core.evidence.chain import append
from propapp.core.evidence.links import Thing, digest, facts
from propapp.core.evidence.models import EvidenceKind
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.photos.models import PhotoUse
from propapp.features.rounds.models import Answer, Run, Visit
from propapp.features.schedules import challenges
from propapp.features.schedules.models import Occurrence

# Named one by one: a column that a later version adds must not break the links of today.
RUN = ("id", "site_id", "occurrence_id", "route_id", "person_id", "device_id", "status", "parallel",
       "in_window", "points_total", "points_done", "fails", "started_at", "started_received_at",
       "finished_at", "finished_received_at", "sealed_at", "note")  # fmt: skip
VISIT = ("id", "run_id", "site_id", "point_id", "checkpoint_id", "template_id", "position",
         "method", "hand_reason", "flags", "arrived_at", "left_at", "received_at", "latitude",
         "longitude", "accuracy", "superseded_by")  # fmt: skip
# Said only where there is something to say: runs from before were sealed without them.
SINCE = ("mocked", "code_id", "challenge")
ANSWER = ("id", "visit_id", "run_id", "item_id", "verdict", "number", "choices", "text",
          "note")  # fmt: skip
USE = ("id", "sha256", "site_id", "thing_kind", "thing_id", "parent_kind", "parent_id", "owner_id",
       "purpose", "position", "person_id", "taken_at", "received_at", "latitude", "longitude",
       "accuracy", "live", "seen_before")  # fmt: skip
_MEASURES = ("number", "latitude", "longitude", "accuracy")


def run_digest(run: Any, visits: Iterable[Any], answers: Iterable[Any], uses: Iterable[Any]) -> str:
    """What a run and everything found on it hash to; rows, or what will become rows."""
    return digest(_facts(run, visits, answers, uses))


def _facts(
    run: Any, visits: Iterable[Any], answers: Iterable[Any], uses: Iterable[Any]
) -> dict[str, Any]:
    return {
        "run": facts(run, RUN),
        "visits": _in_order(visits, VISIT, SINCE),
        "answers": _in_order(answers, ANSWER),
        "photos": _in_order(uses, USE),
    }


def chain_sealed(uow: UnitOfWork, runs: Collection[Run]) -> None:
    """Chain these runs at their sites as they stand now."""
    if not runs:
        return
    uow.session.flush()
    digests = _digests(uow.session, runs)
    for site_id in sorted({run.site_id for run in runs}):
        here = [run for run in runs if run.site_id == site_id]
        append(
            uow,
            site_id,
            [Thing(EvidenceKind.RUN_SEALED, str(run.id), digests[str(run.id)]) for run in here],
        )


def run_digests(session: Session, ref_ids: Collection[str]) -> dict[str, str]:
    """What these runs hash to as they are stored now; a lot drawn otherwise hashes to nothing."""
    ids = [UUID(ref_id) for ref_id in ref_ids]
    runs = session.exec(select(Run).where(col(Run.id).in_(ids))).all()
    return _digests(session, runs) | {str(run_id): "broken" for run_id in _misdrawn(session, runs)}


def _misdrawn(session: Session, runs: Collection[Run]) -> set[UUID]:
    """The runs at which another challenge was asked than their day's seed draws."""
    rounds = {run.occurrence_id for run in runs}
    found = session.exec(select(Occurrence).where(col(Occurrence.id).in_(rounds))).all()
    occurrences = {one.id: one for one in found}
    seeds = challenges.seeds_of(session, found)
    visits = _by(
        session.exec(select(Visit).where(col(Visit.run_id).in_([run.id for run in runs]))), "run_id"
    )
    wrong: set[UUID] = set()
    for run in runs:
        occurrence, seed = occurrences[run.occurrence_id], seeds.get(run.occurrence_id)
        for visit in visits[run.id]:
            lot = challenges.drawn(seed, occurrence, run.person_id, visit.checkpoint_id)
            if (visit.challenge or {}).get("asked") != (str(lot) if lot else None):
                wrong.add(run.id)
    return wrong


def _digests(session: Session, runs: Collection[Run]) -> dict[str, str]:
    return {run_id: digest(found) for run_id, found in run_facts(session, runs).items()}


def run_facts(session: Session, runs: Collection[Run]) -> dict[str, dict[str, Any]]:
    """All that a run's digest is made of, as it is stored now, by the run's id."""
    ids = [run.id for run in runs]
    visits = _by(session.exec(select(Visit).where(col(Visit.run_id).in_(ids))), "run_id")
    answers = _by(session.exec(select(Answer).where(col(Answer.run_id).in_(ids))), "run_id")
    uses = _by(session.exec(select(PhotoUse).where(col(PhotoUse.parent_id).in_(ids))), "parent_id")
    return {str(run.id): _facts(run, visits[run.id], answers[run.id], uses[run.id]) for run in runs}


def _by(rows: Iterable[Any], field: str) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found


def _in_order(
    rows: Iterable[Any], fields: tuple[str, ...], since: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """By their ids; measures as the database gives them back, 5 as 5.0 and -0.0 as 0.0."""
    all_said = (
        facts(row, fields) | {name: value for name, value in facts(row, since).items() if value}
        for row in rows
    )
    said = sorted(all_said, key=lambda one: str(one["id"]))
    for one in said:
        for name in _MEASURES:
            if one.get(name) is not None:
                one[name] = float(one[name]) + 0.0
    return said
