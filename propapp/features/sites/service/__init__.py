"""The verbs of a site: what stands on it, its codes, what is asked there, what it has and costs."""

from propapp.features.sites.service.challenging import drop_challenge, keep_challenge
from propapp.features.sites.service.describing import describe, price
from propapp.features.sites.service.founding import found_site, keep_site
from propapp.features.sites.service.keeping import (
    keep_building,
    keep_checkpoint,
    keep_place,
    keep_unit,
)
from propapp.features.sites.service.printing import print_codes, revoke_code, take_scan
from propapp.features.sites.service.working import job_spot

__all__ = [
    "describe",
    "drop_challenge",
    "found_site",
    "job_spot",
    "keep_building",
    "keep_challenge",
    "keep_checkpoint",
    "keep_place",
    "keep_site",
    "keep_unit",
    "price",
    "print_codes",
    "revoke_code",
    "take_scan",
]
