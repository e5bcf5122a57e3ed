"""Beginning and ending a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from propapp.core.access import Permission
from propapp.core.guards import needs_new, needs_words
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.rounds import repository
from propapp.features.rounds.commands import FinishRound, StartRound
from propapp.features.rounds.models import Run
from propapp.features.rounds.service._runs import own_run, run_event
from propapp.features.rounds.service.alarming import make_good
from propapp.features.rounds.service.sealing import seal_ready
from propapp.features.schedules.models import Occurrence, RoutePoint
from propapp.features.schedules.repository import OccurrenceRepository, points_of
from propapp.features.sites.models import Checkpoint

# So long a phone may go without hearing that its route has another stop.
UNHEARD = timedelta(days=7)


@use_case("round.start", Permission.ROUND_WALK)
def start(uow: UnitOfWork, command: StartRound) -> Run:
    """Begin a round; a second run of the same occurrence is kept beside the first."""
    occurrence = OccurrenceRepository(uow).get(command.occurrence_id)
    needs_new(uow.session, Run, command.run_id, "run")
    run = _run(uow, command, occurrence)
    uow.session.add(run)
    uow.session.flush()
    run_event(
        uow,
        run,
        "started",
        parallel=run.parallel,
        in_window=run.in_window,
        occurrence_id=str(occurrence.id),
    )
    if run.in_window and (occurrence.missed_at is not None or occurrence.alarmed):
        make_good(uow, occurrence, run)
    return run


def _run(uow: UnitOfWork, command: StartRound, occurrence: Occurrence) -> Run:
    return Run(
        id=command.run_id,
        site_id=occurrence.site_id,
        occurrence_id=occurrence.id,
        route_id=occurrence.route_id,
        person_id=uow.actor.person_id,
        device_id=uow.origin.device_id,
        parallel=repository.has_other_run(uow.session, occurrence.id, command.run_id),
        in_window=occurrence.holds(uow.occurred_at),
        points_total=len(points_of(uow.session, occurrence.route_id, uow.occurred_at)),
        started_at=uow.occurred_at,
        started_received_at=uow.now,
    )


@use_case("round.finish", Permission.ROUND_WALK)
def finish(uow: UnitOfWork, command: FinishRound) -> Run:
    """End a round; points that were left out are named, and the note says why."""
    run = own_run(uow, "finish", command.run_id)
    left_out = _left_out(uow, run)
    if any(_was_known(run, point) for point, _ in left_out):
        needs_words(command.note, field="note", count=len(left_out))
    run.finished_at, run.finished_received_at = uow.occurred_at, uow.now
    run.note = command.note
    run_event(uow, run, "finished", text=command.note, left_out=[_named(*one) for one in left_out])
    uow.session.flush()
    seal_ready(uow, [run.id])
    return run


def _left_out(uow: UnitOfWork, run: Run) -> Sequence[tuple[RoutePoint, Checkpoint]]:
    visited = {visit.point_id for visit in repository.visits_of(uow.session, run.id)}
    stops = repository.stops_of(uow.session, run)
    return [(point, checkpoint) for point, checkpoint in stops if point.id not in visited]


def _was_known(run: Run, point: RoutePoint) -> bool:
    """Whether the phone surely had the stop; of one that it never showed nobody can give a why."""
    return point.placed_at is None or point.placed_at <= run.started_at - UNHEARD


def _named(point: RoutePoint, checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "point_id": str(point.id),
        "position": point.position,
        "name": checkpoint.name,
        "name_en": checkpoint.name_en,
    }
