"""Scoring the visits of sealed runs, when nothing can be added to them any more."""

from __future__ import annotations

from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.rounds import repository
from propapp.features.rounds.findings import findings_of
from propapp.features.rounds.models import Visit
from propapp.features.rounds.scoring import score_all
from propapp.features.rounds.service.judging import draw_looks


@internal
def score_sealed(uow: UnitOfWork, *, limit: int = 50) -> list[Visit]:
    """Score the visits of runs that were sealed and not scored yet; twice changes nothing."""
    runs = repository.unscored(uow.session, limit=limit)
    if not runs:
        return []
    scored = list(score_all(findings_of(uow.session, runs)))
    for visit, score in scored:
        visit.score = score.points
        visit.reasons = [[reason.code, reason.points] for reason in score.reasons]
    draw_looks(uow, [visit for visit, _ in scored])
    for site_id in {visit.site_id for visit, _ in scored}:
        uow.ring(site_id)
    return [visit for visit, _ in scored]
