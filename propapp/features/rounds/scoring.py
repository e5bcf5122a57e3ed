"""From what is stored of a run to the scores of its visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from propapp.features.photos.models import PhotoUse
from propapp.features.rounds.evidence import Code, Facts, Score, Spot, metres, score
from propapp.features.rounds.models import Answer, Visit, VisitMethod
from propapp.features.sites.models import Checkpoint, CheckpointCode


@dataclass(frozen=True)
class Findings:
    """All that is asked of the database for some runs, each in one question."""

    visits: Sequence[Visit]
    answers: Sequence[Answer]
    uses: Sequence[PhotoUse]
    checkpoints: Sequence[Checkpoint]
    # The prints that were scanned, by their id.
    codes: Mapping[UUID, CheckpointCode]
    # Visits sent by a phone whose clock could not be believed.
    doubted: frozenset[UUID]
    # Uses whose photo the site had seen before, with another run or order.
    known: frozenset[UUID]
    # Uses whose photo is none of these, but another one that the site had seen, saved anew.
    copies: frozenset[UUID]


def score_all(findings: Findings) -> Iterator[tuple[Visit, Score]]:
    """The score of each visit; the same findings give the same scores."""
    photos = _photos(findings)
    points = {one.id: _spot(one.latitude, one.longitude) for one in findings.checkpoints}
    for run in _runs(findings.visits):
        before: Visit | None = None
        for visit in run:
            point = points.get(visit.checkpoint_id)
            yield visit, score(_facts(findings, visit, before, point, photos[visit.id]))
            before = visit


def _runs(visits: Iterable[Visit]) -> Iterator[list[Visit]]:
    """The visits of each run in the order of arrival."""
    runs: defaultdict[UUID, list[Visit]] = defaultdict(list)
    for visit in visits:
        runs[visit.run_id].append(visit)
    for run in runs.values():
        yield sorted(run, key=lambda visit: (visit.arrived_at, visit.left_at))


def _facts(
    findings: Findings,
    visit: Visit,
    before: Visit | None,
    point: Spot | None,
    photos: Sequence[PhotoUse],
) -> Facts:
    here = _spot(visit.latitude, visit.longitude, visit.accuracy)
    earlier = _spot(before.latitude, before.longitude) if before else None
    return Facts(
        code=_code(visit, findings.codes),
        dwell=(visit.left_at - visit.arrived_at).total_seconds(),
        clock_suspect=visit.id in findings.doubted,
        here=here,
        point=point,
        mocked=visit.mocked,
        since_previous=(visit.arrived_at - before.left_at).total_seconds() if before else None,
        from_previous=metres(earlier, here) if earlier and here else None,
        photos=len(photos),
        photos_live=sum(use.live for use in photos),
        photos_seen_before=sum(use.id in findings.known for use in photos),
        photos_like_before=sum(use.id in findings.copies for use in photos),
        challenge=str((visit.challenge or {}).get("outcome", "")),
    )


def _code(visit: Visit, codes: Mapping[UUID, CheckpointCode]) -> Code:
    if visit.method is VisitMethod.HAND:
        return Code.HAND
    code = codes.get(visit.code_id) if visit.code_id else None
    if code is None:
        return Code.LEGACY
    if code.revoked_at is not None and code.revoked_at <= visit.arrived_at:
        return Code.REVOKED
    return Code.VALID if code.is_signed else Code.LEGACY


def _photos(findings: Findings) -> defaultdict[UUID, list[PhotoUse]]:
    """The photos of each visit, its own and those of its answers."""
    visit_of = visits_by_thing(findings.visits, findings.answers)
    found: defaultdict[UUID, list[PhotoUse]] = defaultdict(list)
    for use in findings.uses:
        if use.thing_id in visit_of:
            found[visit_of[use.thing_id]].append(use)
    return found


def visits_by_thing(visits: Iterable[Visit], answers: Iterable[Answer]) -> dict[UUID, UUID]:
    """The visit that each thing with photos belongs to: an answer, or the visit itself."""
    return {visit.id: visit.id for visit in visits} | {
        answer.id: answer.visit_id for answer in answers
    }


def _spot(
    latitude: float | None, longitude: float | None, accuracy: float | None = None
) -> Spot | None:
    if latitude is None or longitude is None:
        return None
    return Spot(latitude, longitude, accuracy or 0.0)
