"""What the house does by itself for its evidence."""

from __future__ import annotations

from pathlib import Path

from propapp.core.access import house
from propapp.core.clock import Clock
from propapp.core.db.engine import read_session
from propapp.core.making.workshop import Workshop
from propapp.core.progress import Tell
from propapp.core.stores import photo_store
from propapp.core.unit_of_work import unit_of_work
from propapp.features.evidence import service
from propapp.features.evidence.contents import gather
from propapp.features.evidence.models import EvidenceExport
from propapp.features.evidence.packing import write


def keep_evidence(clock: Clock | None = None) -> int:
    """Chain what was left behind, and write down the heads of the days that are over."""
    with unit_of_work(house(), clock=clock) as uow:
        return service.chain_left_behind(uow) + service.keep_heads(uow)


def _pack(export: EvidenceExport, draft: Path, tell: Tell, clock: Clock) -> None:
    with read_session() as session:
        contents = gather(session, export, at=clock.now())
    write(contents, photo_store(), draft, tell)


BUNDLES = Workshop(EvidenceExport, "exports", lambda _export: "zip", _pack)
