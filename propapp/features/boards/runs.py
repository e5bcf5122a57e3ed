"""Questions about one run; runs outside the actor's boards do not exist here."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from propapp.core.access import Permission
from propapp.core.errors import NotFound
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards.rows import AnswerRow, RunRow
from propapp.features.people.models import Person
from propapp.features.rounds.models import Answer, Run
from propapp.features.schedules.models import Occurrence, Route
from propapp.features.sites.models import Site
from propapp.features.standards.models import ChecklistItem


def run_row(uow: UnitOfWork, run_id: UUID) -> RunRow:
    """The run, if the actor may read rounds and the board at its site."""
    sites = uow.actor.sites_where(Permission.BOARD_READ)
    statement = (
        select(Run, Occurrence, Route, Person)
        .join(Occurrence, col(Occurrence.id) == Run.occurrence_id)
        .join(Route, col(Route.id) == Run.route_id)
        .join(Person, col(Person.id) == Run.person_id)
        .where(
            Run.id == run_id,
            col(Run.site_id).in_(sites & uow.actor.sites_where(Permission.ROUND_READ)),
        )
    )
    found = uow.session.exec(statement).one_or_none()
    if found is None:
        raise NotFound(kind="run")
    site = uow.session.get_one(Site, found[0].site_id)
    return RunRow(site, *found)


def answers_of(uow: UnitOfWork, run_id: UUID) -> Sequence[AnswerRow]:
    """All answers of a run in the order of their questions."""
    statement = (
        select(Answer, ChecklistItem)
        .join(ChecklistItem, col(ChecklistItem.id) == Answer.item_id)
        .where(Answer.run_id == run_id)
        .order_by(col(ChecklistItem.position))
    )
    return [AnswerRow(*found) for found in uow.session.exec(statement)]
