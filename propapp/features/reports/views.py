"""Reports as the browser shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from propapp.core.making.cards import MadeCard
from propapp.features.people.views import Named


@dataclass(frozen=True)
class Desk:
    """What may be asked for at a site, and what was asked for lately."""

    months: list[str] = field(default_factory=list[str])
    plans: list[Named] = field(default_factory=list[Named])
    # The plan that somebody came from.
    plan: str = ""
    made: list[MadeCard] = field(default_factory=list[MadeCard])
