"""Small refusals that several slices share."""

from __future__ import annotations

from collections.abc import Sized
from typing import Protocol
from uuid import UUID

from sqlmodel import Session, SQLModel

from propapp.core.errors import AlreadyThere, NameTaken, NoteRequired, PhotoRequired


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


class _Row(Protocol):
    id: UUID


def needs_free(name: str, holder: _Row | None, row_id: UUID) -> None:
    """Refuse a name that something else than this row goes by."""
    if holder is not None and holder.id != row_id:
        raise NameTaken(name=name)
