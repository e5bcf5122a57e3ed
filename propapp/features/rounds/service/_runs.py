"""What every step of a run has in common: one author, the flow, the timeline."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.errors import NotYours
from propapp.core.timeline import TimelineEvent, record
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people.models import Person
from propapp.features.rounds.flow import RUN_FLOW
from propapp.features.rounds.models import Run
from propapp.features.rounds.repository import RunRepository


def own_run(uow: UnitOfWork, verb: str, run_id: UUID) -> Run:
    """The run, if the actor is its author and the flow allows the step; the step is taken."""
    run = RunRepository(uow).get(run_id)
    if run.person_id != uow.actor.person_id:
        author = uow.session.get(Person, run.person_id)
        name, name_en = (author.name, author.name_en) if author else ("", "")
        raise NotYours(kind="run", name=name, name_en=name_en)
    run.status = RUN_FLOW.next_status(verb, run.status)
    return run


def run_event(uow: UnitOfWork, run: Run, past: str, **facts: Any) -> TimelineEvent:
    """Write one step of the run on its timeline."""
    uow.session.add(run)
    return record(
        uow, f"run.{past}", site_id=run.site_id, thing_kind="run", thing_id=run.id, **facts
    )
