"""The verbs of schedules: keeping and stopping them, the weather, the calendar."""

from propapp.features.schedules.service.following import Unwalked, follow_plans, unwalked
from propapp.features.schedules.service.keeping import keep, keep_horizon, resume, stop
from propapp.features.schedules.service.notices import enter_year
from propapp.features.schedules.service.routing import follow_checklists, give_up_route, keep_route
from propapp.features.schedules.service.seeding import commit_seeds, release_rounds, reveal_seeds
from propapp.features.schedules.service.weather import (
    announce,
    announce_by_hook,
    make_hook,
    revoke_hook,
    site_of_hook,
)

__all__ = [
    "Unwalked",
    "announce",
    "announce_by_hook",
    "commit_seeds",
    "enter_year",
    "follow_checklists",
    "follow_plans",
    "give_up_route",
    "keep",
    "keep_horizon",
    "keep_route",
    "make_hook",
    "release_rounds",
    "resume",
    "reveal_seeds",
    "revoke_hook",
    "site_of_hook",
    "stop",
    "unwalked",
]
