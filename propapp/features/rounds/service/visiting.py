"""Reaching a point and saying how one found it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NotFound
from propapp.core.guards import needs_new, needs_words
from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.orders.service import Defect, report_defects
from propapp.features.photos.models import PhotoPurpose
from propapp.features.photos.service import Album, attach
from propapp.features.rounds import repository, rules
from propapp.features.rounds.commands import VisitPoint
from propapp.features.rounds.models import Answer, Run, Verdict, Visit, VisitMethod
from propapp.features.rounds.service._runs import own_run, run_event
from propapp.features.rounds.service.challenging import album, challenged
from propapp.features.schedules.models import RoutePoint
from propapp.features.sites.models import Checkpoint
from propapp.features.sites.service import take_scan
from propapp.features.standards import repository as standards


@dataclass(frozen=True)
class _Stop:
    """The point at hand, how it was reached, and where the run has been so far."""

    point: RoutePoint
    checkpoint: Checkpoint
    code_id: UUID | None
    template_id: UUID
    positions: Sequence[int]
    # Lists, not questions: superseding a visit must not change what was found before it.
    current: Sequence[Visit]
    corrected: Sequence[Visit]


@use_case("round.visit", Permission.ROUND_WALK)
def visit(uow: UnitOfWork, command: VisitPoint) -> Visit:
    """Keep the visit and its answers; a fail opens a work order in the same transaction."""
    run = own_run(uow, "visit", command.run_id)
    needs_new(uow.session, Visit, command.visit_id, "visit")
    stop = _stop(uow, run, command)
    judged = rules.judge_all(standards.items_of(uow.session, stop.template_id), command.answers)
    arrived_at = _arrival(uow, command)
    made = _visit(uow, run, stop, command, arrived_at=arrived_at)
    made.challenge = challenged(uow, run, stop.checkpoint.id, command.challenge)
    uow.session.add(made)
    uow.session.flush()
    repository.supersede(uow.session, [old.id for old in stop.corrected], made.id)
    _keep_answers(uow, run, stop, made, judged, album(run, made, command.challenge))
    _count(uow, run, stop, made)
    _write_down(uow, run, stop, made, judged)
    return made


def _stop(uow: UnitOfWork, run: Run, command: VisitPoint) -> _Stop:
    stops = repository.stops_of(uow.session, run, command.point_id)
    for point, checkpoint in stops:
        if point.id == command.point_id:
            positions = [stop.position for stop, _ in stops]
            visits = repository.visits_of(uow.session, run.id)
            current = [one for one in visits if one.superseded_by is None]
            corrected = [one for one in current if one.point_id == point.id]
            return _Stop(
                point,
                checkpoint,
                _show_presence(uow, checkpoint, command),
                _template(uow, point, command.template_id),
                positions,
                current,
                corrected,
            )
    raise NotFound(kind="point")


def _show_presence(uow: UnitOfWork, checkpoint: Checkpoint, command: VisitPoint) -> UUID | None:
    """The print that was scanned. One that counts no more is a matter of the score, not of this."""
    if command.method is VisitMethod.HAND:
        needs_words(command.hand_reason, field="hand_reason")
        return None
    return take_scan(uow, checkpoint, command.code).id


def _template(uow: UnitOfWork, point: RoutePoint, shown: UUID | None) -> UUID:
    """The version that the phone showed, if it is one of the point's own checklist."""
    if shown is None or shown == point.template_id:
        return point.template_id
    if not standards.same_checklist(uow.session, point.template_id, shown):
        raise InvalidInput(field="template_id")
    return shown


def _arrival(uow: UnitOfWork, command: VisitPoint) -> datetime:
    """By the house's clock, as everything else of the visit; the operation keeps the phone's word.

    Else a phone that is off by minutes would have been quick, slow or early at each of its points.
    """
    try:
        return command.arrived_at + repository.clock_error(uow.session, uow.origin)
    except OverflowError:
        return command.arrived_at


def _visit(
    uow: UnitOfWork, run: Run, stop: _Stop, command: VisitPoint, *, arrived_at: datetime
) -> Visit:
    return Visit(
        id=command.visit_id,
        run_id=run.id,
        site_id=run.site_id,
        point_id=stop.point.id,
        checkpoint_id=stop.checkpoint.id,
        template_id=stop.template_id,
        code_id=stop.code_id,
        position=stop.point.position,
        method=command.method,
        hand_reason=command.hand_reason if command.method is VisitMethod.HAND else "",
        flags=_flags(run, stop, arrived_at),
        arrived_at=arrived_at,
        left_at=uow.occurred_at,
        received_at=uow.now,
        latitude=command.latitude,
        longitude=command.longitude,
        accuracy=command.accuracy,
        mocked=command.mocked,
    )


def _flags(run: Run, stop: _Stop, arrived_at: datetime) -> list[str]:
    visited = [one.position for one in stop.current]
    not_before = run.started_at + timedelta(minutes=stop.point.not_before)
    early = arrived_at < not_before and not stop.corrected
    out_of_order = rules.is_out_of_order(stop.point.position, stop.positions, visited)
    found = {"out_of_order": out_of_order, "early": early}
    return [flag for flag, holds in found.items() if holds]


def _keep_answers(  # noqa: PLR0913, PLR0917 - all that comes with a visit
    uow: UnitOfWork,
    run: Run,
    stop: _Stop,
    made: Visit,
    judged: rules.Judged,
    shown: list[Album],
) -> None:
    answers = [
        Answer(
            id=derived_id("answer", made.id, item.id),
            visit_id=made.id,
            run_id=run.id,
            item_id=item.id,
            verdict=verdict,
            number=given.number,
            choices=list(given.choices),
            text=given.text,
            note=given.note,
        )
        for item, given, verdict in judged
    ]
    uow.session.add_all(answers)
    attach(uow, *_albums(run, answers, judged), *shown)
    report_defects(uow, stop.checkpoint, _defects(run, stop, answers, judged))


def _albums(run: Run, answers: Sequence[Answer], judged: rules.Judged) -> list[Album]:
    return [
        Album(
            shots=given.photos,
            purpose=PhotoPurpose.EVIDENCE,
            site_id=run.site_id,
            thing_kind="answer",
            thing_id=answer.id,
            parent_kind="run",
            parent_id=run.id,
            owner_id=run.person_id,
        )
        for answer, (_, given, _) in zip(answers, judged, strict=True)
    ]


def _defects(
    run: Run, stop: _Stop, answers: Sequence[Answer], judged: rules.Judged
) -> list[Defect]:
    return [
        Defect(
            # The same question failing again at a corrected visit is the same trouble.
            order_id=derived_id("defect", run.id, stop.point.id, item.position),
            run_id=run.id,
            answer_id=answer.id,
            item=item,
            note=given.note,
            reading=rules.reading(item, given),
            shots=given.photos,
        )
        for answer, (item, given, verdict) in zip(answers, judged, strict=True)
        if verdict is Verdict.FAIL
    ]


def _count(uow: UnitOfWork, run: Run, stop: _Stop, made: Visit) -> None:
    replaced = {old.id for old in stop.corrected}
    standing = [one for one in stop.current if one.id not in replaced] + [made]
    run.points_done = len({one.point_id for one in standing})
    run.fails = repository.fails_of(uow.session, [one.id for one in standing])


def _write_down(uow: UnitOfWork, run: Run, stop: _Stop, made: Visit, judged: rules.Judged) -> None:
    fails = [rules.named(item) for item, _, verdict in judged if verdict is Verdict.FAIL]
    run_event(
        uow,
        run,
        "corrected" if stop.corrected else "visited",
        visit_id=str(made.id),
        position=made.position,
        point=stop.checkpoint.name,
        point_en=stop.checkpoint.name_en or stop.checkpoint.name,
        method=made.method.value,
        flags=made.flags,
        fails=fails,
    )
