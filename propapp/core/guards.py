"""Small refusals that several slices share."""

from __future__ import annotations

from collections.abc import Sized
from uuid import UUID

from sqlmodel import Session, SQLModel

from propapp.core.errors import AlreadyThere, NoteRequired, PhotoRequired


def needs_words(words: str, **facts: object) -> None:
    """Refuse a step that asks for a few words and got none."""
    if not words.strip():
        raise NoteRequired(**facts)


def needs_photo(shots: Sized, **facts: object) -> None:
    """Refuse a step that asks for a photo and got none."""
    if not len(shots):
        raise PhotoRequired(**facts)


def needs_new(session: Session, model: type[SQLModel], row_id: UUID, kind: str) -> None:
    """Refuse an id that is taken, whoever's it is; ids are made on devices and kept for ever."""
    if session.get(model, row_id) is not None:
        raise AlreadyThere(kind=kind)
