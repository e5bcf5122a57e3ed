"""One run on the big screen, which grows while it is walked."""

from __future__ import annotations

import asyncio
from uuid import UUID

import reflex as rx

from propapp.core.access import Actor, Permission
from propapp.core.errors import NotFound, SignInNeeded
from propapp.core.ids import id_of
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.pushing import Changes, keep_alive
from propapp.features.boards.run_views import RunHead, Step
from propapp.features.boards.slots import Slots, with_slots
from propapp.features.goals import chain
from propapp.features.goals.views import Rung
from propapp.features.sites.views import SiteChoice
from propapp.ui.guard import handler
from propapp.ui.session import actor_of

# Longer routes than this show the rest as one list; every page loads the name of each place.
STEPS = Slots("step", Step, 24)


class RunState(with_slots(STEPS), rx.State):
    """A run with its stops, answers and photos."""

    stage: str = "loading"  # loading · shown · absent
    site: SiteChoice = SiteChoice()
    exports: bool = False
    head: RunHead = RunHead()
    chain: rx.Field[list[Rung]] = rx.field(default_factory=list)
    further: rx.Field[list[Step]] = rx.field(default_factory=list)

    @rx.event
    @handler(Permission.BOARD_READ)
    async def open(self) -> None:
        """Show the run that the address names."""
        run_id = id_of(self.router.url.query_parameters.get("run", ""))
        actor = await actor_of(self)
        record = await asyncio.to_thread(_record, actor, run_id)
        if record is None:
            self.reset()
            self.stage = "absent"
            return
        for name, value in self._changes(record).items():
            setattr(self, name, value)
        # What a run was walked for does not change while it is looked at.
        self.chain = await asyncio.to_thread(_chain, actor, UUID(record.head.id))
        keep_alive(self, UUID(record.site.id))

    async def _look_again(self) -> Changes | None:
        """What has changed; None when the person may not look any more."""
        try:
            record = await asyncio.to_thread(_record, await actor_of(self), id_of(self.head.id))
        except SignInNeeded:
            record = None
        if record is None:
            self.reset()
            self.stage = "absent"
            return None
        return self._changes(record)

    def _changes(self, record: reading.RunRecord) -> Changes:
        wanted = {
            "stage": "shown",
            "site": record.site,
            "exports": record.exports,
            "head": record.head,
            "further": record.steps[STEPS.count :],
        }
        changed = {name: value for name, value in wanted.items() if getattr(self, name) != value}
        return changed | STEPS.changes(self, record.steps)


def _chain(actor: Actor, run_id: UUID) -> list[Rung]:
    with looking(actor) as uow:
        return chain.up(uow, run_id)


def _record(actor: Actor, run_id: UUID | None) -> reading.RunRecord | None:
    if run_id is None:
        return None
    try:
        with looking(actor) as uow:
            return reading.run(uow, run_id)
    except NotFound:
        return None
