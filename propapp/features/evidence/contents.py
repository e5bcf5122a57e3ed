"""What a bundle holds, as plain values: the same for JSON, for tables and for paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from propapp.core.evidence.links import canonical, facts
from propapp.core.evidence.models import EvidenceEntry
from propapp.core.sync.evidence import operation_facts
from propapp.core.sync.models import Operation
from propapp.features.evidence import exports, repository
from propapp.features.evidence.models import EvidenceExport, ExportSubject
from propapp.features.orders.models import WorkOrder
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.rounds.challenging import named_in
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.rounds.repository import visits_of
from propapp.features.rounds.sealed import run_facts
from propapp.features.rounds.twins import Twin, twins
from propapp.features.schedules.challenges import seed_id
from propapp.features.schedules.models import RoundSeed
from propapp.features.sites.models import Site
from propapp.features.sites.repository import challenges_by_id
from propapp.features.sites.rules import CHALLENGE

FORMAT, VERSION = "propapp-evidence-bundle", 1
ORDER = (
    "id", "number", "source", "category", "priority", "status", "title", "description",
    "place_text", "run_id", "answer_id", "reported_by", "reported_at", "respond_by", "due_at",
    "assignee_id", "responded_at", "started_at", "completed_at", "closed_at", "result_note",
    "stars", "rating_note",
)  # fmt: skip
EVENT = ("id", "thing_kind", "thing_id", "verb", "person_id", "operation_id", "occurred_at",
         "received_at", "facts")  # fmt: skip
LINK = ("n", "kind", "ref_id", "digest", "prev_hash", "hash", "at")
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


@dataclass(frozen=True)
class Contents:
    """One bundle: its JSON, and the photos by the name of their file."""

    data: dict[str, Any]
    photos: dict[str, str]


def gather(session: Session, export: EvidenceExport, *, at: datetime) -> Contents:
    """All that the bundle is about, from one view of the database."""
    site = session.get_one(Site, export.site_id)
    runs, orders = _subject(session, export, site)
    parents = [run.id for run in runs] + [order.id for order in orders]
    operations = exports.operations_in(session, site.id, parents)
    shots = exports.photos_of(session, parents)
    events = exports.timeline_of(session, parents)
    files = {photo.sha256: f"photos/{photo.sha256}.{SUFFIX[photo.format]}" for _, photo in shots}
    named = {one.person_id for one in (*runs, *operations, *events, export) if one.person_id}
    named |= {one.reported_by for one in orders}
    named |= {one.assignee_id for one in orders if one.assignee_id}
    people = _people(session, named)
    seeds = exports.seeds_of(session, {run.occurrence_id for run in runs})
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "subject": {"kind": export.subject.value, "ref": export.ref, "title": export.title},
        "site": {"id": str(site.id), "code": site.code, "name": site.name, "zone": site.zone},
        "made_at": at.isoformat(),
        "made_for": people.get(str(export.person_id), {"name": "", "name_en": ""}),
        "people": people,
        "runs": _runs(session, runs, site),
        "orders": [plain(order, ORDER) for order in orders],
        "timeline": [plain(event, EVENT) for event in events],
        "operations": [_operation(operation) for operation in operations],
        "photos": [_photo(use, photo, files) for use, photo in shots],
        "seeds": [_seed(session, seed) for seed in seeds],
        "chain": _chain(
            session,
            site,
            [*(str(one.id) for one in (*runs, *operations, *seeds)), *sorted(files)],
        ),
    }
    return Contents(data, {name: sha256 for sha256, name in files.items()})


def plain(row: object, fields: Iterable[str]) -> dict[str, Any]:
    """These fields as JSON has them, written in the one way that digests are made of."""
    return json.loads(canonical(facts(row, fields)))


def _subject(
    session: Session, export: EvidenceExport, site: Site
) -> tuple[Sequence[Run], Sequence[WorkOrder]]:
    if export.subject is ExportSubject.DAY:
        day = date.fromisoformat(export.ref)
        runs = exports.runs_on(session, site.id, day)
        return runs, exports.orders_on(session, site, day, day + timedelta(days=1))
    if export.subject is ExportSubject.RUN:
        run = session.get_one(Run, UUID(export.ref))
        return [run], exports.orders_of_run(session, site.id, run.id)
    order = session.get_one(WorkOrder, UUID(export.ref))
    found = session.get(Run, order.run_id) if order.run_id else None
    return ([found] if found else []), [order]


def _people(session: Session, ids: set[UUID]) -> dict[str, dict[str, str]]:
    found = exports.names_of(session, ids)
    return {
        str(person.id): {"name": person.name, "name_en": person.name_en}
        for person in sorted(found.values(), key=lambda one: str(one.id))
    }


def _runs(session: Session, runs: Sequence[Run], site: Site) -> list[dict[str, Any]]:
    windows = exports.occurrences_of(session, {run.occurrence_id for run in runs})
    points = exports.points_of(session, {run.route_id for run in runs})
    found = run_facts(session, runs)
    visits = {run.id: visits_of(session, run.id) for run in runs}
    drawn = challenges_by_id(
        session, named_in([one for all_of in visits.values() for one in all_of])
    )
    made_visits = [one for all_of in visits.values() for one in all_of]
    # Whoever may have evidence of a site may read all its rounds and orders.
    again = twins(session, made_visits, seen_by=None)
    asked = exports.questions(
        session, {visit.template_id for all_of in visits.values() for visit in all_of}
    )
    made: list[dict[str, Any]] = []
    for run in runs:
        occurrence, route = windows[run.occurrence_id]
        made.append(
            {
                "id": str(run.id),
                "route": route.name,
                "seed": str(seed_id(site.id, occurrence.local_date)),
                "opens_at": _local(occurrence.opens_at, site),
                "closes_at": _local(occurrence.closes_at, site),
                "sealed": run.status is RunStatus.SEALED,
                "points": {
                    str(visit.point_id): points[visit.point_id].name for visit in visits[run.id]
                },
                "questions": {
                    str(item.id): {
                        "label": item.label,
                        "unit": item.unit,
                        "choices": {one["value"]: one["label"] for one in item.choices},
                    }
                    for item in asked.values()
                },
                # What was asked by lot, without the right answers: those are told with the seed.
                "challenges": {
                    str(one.id): {
                        "kind": one.kind.value,
                        "text": one.text,
                        "choices": [choice["text"] for choice in one.choices],
                    }
                    for one in drawn.values()
                },
                "scores": {
                    str(visit.id): {"score": visit.score, "reasons": visit.reasons}
                    for visit in visits[run.id]
                },
                "again": [_again(one) for one in again if one.run_id == run.id],
                # The one way of writing whose SHA-256 the chain vouches for.
                "facts": json.loads(canonical(found[str(run.id)])),
            }
        )
    return made


def _again(twin: Twin) -> dict[str, str]:
    """A photo of a visit, and the earlier one that it is again; that one is on paper only."""
    return {
        "visit_id": str(twin.visit_id),
        "sha256": twin.sha256,
        "earlier": twin.earlier,
        "taken_at": twin.taken_at.isoformat(),
        "where": twin.where,
        "order": twin.order,
    }


def _operation(operation: Operation) -> dict[str, Any]:
    said = json.loads(canonical(operation_facts(operation)))
    return {"facts": said, "body": operation.body}


def _seed(session: Session, seed: RoundSeed) -> dict[str, Any]:
    """What was bound; what it was bound to as well, once the day is over and all is told."""
    bound: dict[str, Any] = plain(seed, ("id", "site_id", "commitment"))
    bound["local_date"] = seed.local_date.isoformat()
    if seed.revealed_at is None:
        return bound
    pool = (seed.challenges or {}).get("pool", {})
    named = {UUID(one["id"]) for asked in pool.values() for one in asked}
    words = challenges_by_id(session, named) if named else {}
    return bound | {
        "seed": seed.seed,
        "draws": seed.draws,
        "challenges": seed.challenges,
        "words": {str(one.id): plain(one, CHALLENGE) for one in words.values()},
    }


def _photo(use: PhotoUse, photo: Photo, files: dict[str, str]) -> dict[str, Any]:
    said = plain(
        use,
        ("thing_kind", "thing_id", "parent_id", "purpose", "position", "person_id", "taken_at",
         "received_at", "latitude", "longitude", "accuracy", "live"),
    )  # fmt: skip
    return {"sha256": photo.sha256, "size": photo.size, "file": files[photo.sha256], **said}


def _chain(
    session: Session,
    site: Site,
    refs: Sequence[str],
) -> dict[str, Any]:
    """From the first link concerned to the head of the day in which the last one was made."""
    numbers = sorted(exports.numbers_of(session, site.id, refs))
    if not numbers:
        return {"site_id": str(site.id), "links": [], "head": None, "day": None}
    day = exports.day_after(session, site.id, numbers[-1])
    end = repository.head_of(session, site.id)
    last = day.n if day else end[0] if end else numbers[-1]
    kept: Sequence[EvidenceEntry] = exports.links(session, site.id, numbers[0], last)
    return {
        "site_id": str(site.id),
        "links": [plain(link, LINK) for link in kept],
        "head": {"n": kept[-1].n, "hash": kept[-1].hash},
        "day": day.day.isoformat() if day else None,
    }


def _local(instant: datetime, site: Site) -> str:
    return instant.astimezone(ZoneInfo(site.zone)).isoformat(timespec="minutes")
