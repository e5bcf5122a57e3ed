"""A second look at visits whose evidence is thin: a few by chance, all that are doubtful."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.db.insert import insert_missing
from propapp.core.guards import needs_words
from propapp.core.secret import key_for
from propapp.core.settings import settings
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.messages.service import About, tell
from propapp.features.rounds import repository
from propapp.features.rounds.commands import JudgeVisit
from propapp.features.rounds.flow import LOOK_FLOW
from propapp.features.rounds.models import Look, SecondLook, Visit
from propapp.features.rounds.repository import SecondLookRepository

# So long after a visit came in; a phone may have kept it for a fortnight without a network.
FRESH = timedelta(days=7)


@use_case("visit.judge", Permission.ROUND_JUDGE)
def judge_visit(uow: UnitOfWork, command: JudgeVisit) -> SecondLook:
    """Say whether the visit is to be believed, or ask the person who made it."""
    look = SecondLookRepository(uow).get(command.visit_id)
    if command.step != "believe":
        needs_words(command.note, field="note")
    look.look = LOOK_FLOW.next_status(command.step, look.look)
    look.note, look.judged_by, look.judged_at = command.note, uow.actor.person_id, uow.now
    visit, run, point = repository.looked_at(uow.session, look.id)
    record(
        uow,
        "run.looked_at",
        site_id=look.site_id,
        thing_kind="run",
        thing_id=run.id,
        visit_id=str(visit.id),
        look=look.look.value,
        text=command.note,
    )
    if look.look is Look.ASKED:
        tell(
            uow,
            [run.person_id],
            "visit.asked",
            about=About(look.site_id, "run", run.id),
            point=point.name,
            point_en=point.name_en,
            text=command.note,
        )
    return look


@internal
def draw_looks(uow: UnitOfWork, visits: Iterable[Visit]) -> int:
    """Put visits that came in lately on the list; drawn twice they stand there once."""
    # A phone makes the ids of its visits: without a secret it could make lucky ones.
    lots = key_for(uow.session, "lots of second looks")
    drawn = [
        SecondLook(id=visit.id, site_id=visit.site_id, drawn_at=uow.now)
        for visit in visits
        if uow.now - visit.received_at < FRESH and wants_a_look(visit, lots)
    ]
    uow.session.flush()
    insert_missing(uow.session, drawn)
    return len(drawn)


@internal
def wants_a_look(visit: Visit, lots: bytes) -> bool:
    """Whether a visit is doubtful, bare, or thin and drawn; always drawn or never."""
    score, limits = visit.score or 0, settings()
    if any(int(points) < 0 for _, points in visit.reasons) or score < limits.look_all_below:
        return True
    return score < limits.look_below and _lot(lots, visit.id) % limits.look_one_in == 0


def _lot(lots: bytes, visit_id: UUID) -> int:
    return int.from_bytes(hmac.digest(lots, visit_id.bytes, hashlib.sha256)[:8])
