"""The library is read when the house starts."""

from __future__ import annotations

from pathlib import Path

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.unit_of_work import unit_of_work
from propapp.features.standards import library, service
from propapp.features.standards.service.loading import Loaded


def load_library(folder: Path = library.PACKS, clock: Clock | None = None) -> Loaded:
    """Read the packs of a folder and bring the library to what they say; all of them or none."""
    volumes = library.read_all(folder)
    with unit_of_work(house(), clock=clock) as uow:
        return service.load(uow, volumes)
