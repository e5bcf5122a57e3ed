"""The way of a parcel."""

from __future__ import annotations

from propapp.core.flow import Flow, Step
from propapp.features.parcels.models import ParcelStatus

PARCEL_FLOW: Flow[ParcelStatus] = Flow(
    "parcel",
    {
        "take": Step(frozenset({ParcelStatus.WAITING}), ParcelStatus.TAKEN),
        "fail": Step(frozenset({ParcelStatus.WAITING}), ParcelStatus.FAILED),
    },
)
