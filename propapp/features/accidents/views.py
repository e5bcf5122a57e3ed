"""Accidents as the office reads them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AccidentCard:
    """One accident; ``finds`` where the reader may still say who answers for it."""

    id: str = ""
    kind: str = ""
    status: str = ""
    at: str = ""
    place: str = ""
    text: str = ""
    injured: int = 0
    who: str = ""
    who_en: str = ""
    reason: str = ""
    finder: str = ""
    finder_en: str = ""
    found_at: str = ""
    finds: bool = False
