"""The ticks of this product, in the order in which they build on each other."""

from __future__ import annotations

import gc

from propapp.api import parcel_shelf
from propapp.core.stores import photo_store
from propapp.core.ticks import Tick, Ticker
from propapp.features.evidence import jobs as evidence
from propapp.features.phones import jobs as phones
from propapp.features.photos import jobs as photos
from propapp.features.planning import jobs as planning
from propapp.features.plans import jobs as plans
from propapp.features.reports import jobs as reports
from propapp.features.rounds import jobs as rounds
from propapp.features.schedules import jobs as schedules
from propapp.features.sheets import jobs as sheets

TICKS = (
    # First: what has ended wants no rounds from today on.
    Tick("end_plans", plans.end_plans),
    # After it: whoever wrote a plan hears that it ended.
    Tick("tell_of_plans", planning.tell_of_plans),
    # Before the horizon: what a plan wants from today on is made in the same round.
    Tick("follow_plans", schedules.follow_plans),
    Tick("follow_checklists", schedules.follow_checklists),
    Tick("keep_horizon", schedules.keep_horizon),
    Tick("draw_rounds", schedules.draw_rounds),
    Tick("mark_missed", rounds.mark_missed),
    # After the mark: whoever is told of a missed round finds it marked.
    Tick("raise_alarms", rounds.raise_alarms),
    Tick("hold_back", phones.hold_back),
    # After it: what this house knows by now takes effect, and is sealed in the same round.
    Tick("perform_again", phones.perform_again),
    Tick("photos", lambda clock: photos.sweep(photo_store(), clock)),
    # Before the score, which asks what has been seen before.
    Tick("look_again", lambda _clock: photos.look_again(photo_store())),
    # After the photos: what they completed is sealed in the same round.
    Tick("seal", rounds.seal_complete),
    Tick("score", rounds.score_sealed),
    Tick("evidence", evidence.keep_evidence),
    Tick("exports", evidence.BUNDLES.keep),
    Tick("reports", reports.REPORTS.keep),
    Tick("parcels", parcel_shelf.keep_shelf),
    Tick("sheets", sheets.keep_sheets),
)


async def keep_house() -> None:
    """Run the ticks for as long as the server runs."""
    # What is loaded by now stays to the end: looking through it again and again for garbage
    # costs each full collection, and the end of the process, a good part of a second.
    gc.freeze()
    await Ticker(TICKS).run_for_ever()
