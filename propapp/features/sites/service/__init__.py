"""The verbs of a site: its codes, what is asked where they hang, what it has and costs."""

from propapp.features.sites.service.challenging import drop_challenge, keep_challenge
from propapp.features.sites.service.describing import describe, price
from propapp.features.sites.service.keeping import keep_checkpoint, keep_place
from propapp.features.sites.service.printing import print_codes, revoke_code, take_scan
from propapp.features.sites.service.working import job_spot

__all__ = [
    "describe",
    "drop_challenge",
    "job_spot",
    "keep_challenge",
    "keep_checkpoint",
    "keep_place",
    "price",
    "print_codes",
    "revoke_code",
    "take_scan",
]
