"""Work of somebody who has left arrives: it is kept, and those who are responsible are told."""

from __future__ import annotations

from collections.abc import Sequence

from propapp.core.access import Actor
from propapp.core.clock import SystemClock
from propapp.core.sync.settle import Answer
from propapp.core.unit_of_work import unit_of_work
from propapp.features.messages.service import About, supervisors, tell
from propapp.features.people.actors import roles_of


def tell_of(actor: Actor, answers: Sequence[Answer]) -> None:
    """Tell the supervisors of the person's sites how many operations wait for them."""
    count = sum(answer.status == "quarantined" for answer in answers)
    if count == 0:
        return
    with unit_of_work(actor, clock=SystemClock()) as uow:
        for site_id in roles_of(uow.session, actor.person_id):
            about = About(site_id, "person", actor.person_id)
            tell(uow, supervisors(uow, site_id), "work.author_left", about=about, count=count)
