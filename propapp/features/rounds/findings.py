"""All that the scores of some runs' visits are made of, each in one question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import exists, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from propapp.core.sync.models import Operation
from propapp.core.timeline import TimelineEvent
from propapp.features.photos.echoes import apart_by, echoes
from propapp.features.photos.models import PhotoUse
from propapp.features.photos.repository import RUN
from propapp.features.rounds.evidence import is_copy
from propapp.features.rounds.models import Answer, Visit
from propapp.features.rounds.scoring import Findings, visits_by_thing
from propapp.features.sites.models import Checkpoint, CheckpointCode


def findings_of(session: Session, run_ids: Collection[UUID]) -> Findings:
    """All that the scores of these runs' visits are made of."""
    visits = session.exec(select(Visit).where(col(Visit.run_id).in_(run_ids))).all()
    answers = session.exec(select(Answer).where(col(Answer.run_id).in_(run_ids))).all()
    uses = session.exec(select(PhotoUse).where(col(PhotoUse.parent_id).in_(run_ids))).all()
    reached = {visit.checkpoint_id for visit in visits}
    checkpoints = session.exec(select(Checkpoint).where(col(Checkpoint.id).in_(reached))).all()
    scanned = {visit.code_id for visit in visits if visit.code_id}
    codes = session.exec(select(CheckpointCode).where(col(CheckpointCode.id).in_(scanned))).all()
    known = _known(session, run_ids)
    return Findings(
        visits,
        answers,
        uses,
        checkpoints,
        {code.id: code for code in codes},
        doubted=_doubted(session, run_ids),
        known=known,
        copies=frozenset(copied(session, visits, answers, uses)) - known,
    )


def _doubted(session: Session, run_ids: Collection[UUID]) -> frozenset[UUID]:
    """Visits whose operation came from a phone with a clock that could not be believed."""
    statement = (
        select(TimelineEvent)
        .join(Operation, col(Operation.id) == TimelineEvent.operation_id)
        .where(
            TimelineEvent.thing_kind == RUN,
            col(TimelineEvent.thing_id).in_(run_ids),
            col(Operation.clock_suspect).is_(True),
        )
    )
    said = [event.facts.get("visit_id") for event in session.exec(statement)]
    return frozenset(UUID(visit_id) for visit_id in said if visit_id)


def _known(session: Session, run_ids: Collection[UUID]) -> frozenset[UUID]:
    """Uses of photos that their site had seen before, with another thing."""
    earlier = aliased(PhotoUse)
    seen = exists().where(
        col(earlier.sha256) == PhotoUse.sha256,
        col(earlier.site_id) == PhotoUse.site_id,
        col(earlier.thing_id) != PhotoUse.thing_id,
        col(earlier.received_at) < PhotoUse.received_at,
    )
    return frozenset(
        session.exec(select(PhotoUse.id).where(col(PhotoUse.parent_id).in_(run_ids), seen))
    )


def copied(
    session: Session, visits: Sequence[Visit], answers: Sequence[Answer], uses: Sequence[PhotoUse]
) -> dict[UUID, UUID]:
    """Uses of photos that look so much like earlier ones as only a copy does, each with that one.

    Where there are several earlier ones it is the nearest.
    """
    found = apart_by(session, echoes(session, {visit.run_id for visit in visits}))
    visit_of = visits_by_thing(visits, answers)
    point_of = {visit.id: visit.checkpoint_id for visit in visits}
    own_photos = {(visit_of.get(use.thing_id), use.sha256) for use in uses}
    earlier_points = _points(session, {one.earlier_thing_id for one in found})
    copies: dict[UUID, UUID] = {}
    for one, apart in sorted(found.items(), key=lambda pair: (pair[1], pair[0].earlier_id)):
        visit_id = visit_of[one.thing_id]
        # Two photos of one visit may be alike, and a fault's photo stands with its order as well.
        if (visit_id, one.earlier_sha256) in own_photos:
            continue
        point = point_of[visit_id]
        # What was given with an order may well show this very point.
        same = earlier_points.get(one.earlier_thing_id, point) == point
        if is_copy(apart, same_point=same):
            copies.setdefault(one.use_id, one.earlier_id)
    return copies


def _points(session: Session, thing_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The points at which these answers were given or details shown; what is neither has none."""
    answers = (
        select(Answer.id, Visit.checkpoint_id)
        .join(Visit, col(Visit.id) == Answer.visit_id)
        .where(col(Answer.id).in_(thing_ids))
    )
    visits = select(Visit.id, Visit.checkpoint_id).where(col(Visit.id).in_(thing_ids))
    return {thing: point for thing, point in session.execute(union_all(answers, visits))}  # noqa: C416 - rows
