"""What a photo store can do, whatever lies behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from propapp.core.stores.likeness import Likeness


class Form(StrEnum):
    """The evidence itself, a copy for the screen, and a small one for lists."""

    ORIGINAL = "original"
    DISPLAY = "display"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True)
class Picture:
    """What the bytes turned out to be; without a likeness where there is nothing to see."""

    format: str
    width: int
    height: int
    likeness: Likeness | None = None


class PhotoStore(Protocol):
    """Bytes under their SHA-256; parts belong to the person who brings them."""

    def received(self, owner: UUID, sha256: str) -> int:
        """How many bytes of the owner's part are safely here."""
        ...

    def append(self, owner: UUID, sha256: str, *, offset: int, chunk: bytes) -> int:
        """Add the chunk durably and give the new length; ``WrongOffset`` with the true one."""
        ...

    def finish(self, owner: UUID, sha256: str) -> Picture:
        """Check the whole part and put it under its name; a bad part is thrown away."""
        ...

    def discard(self, owner: UUID, sha256: str) -> None:
        """Forget the owner's part."""
        ...

    def put(self, data: bytes) -> tuple[str, Picture]:
        """Check and store bytes that are here already, and give their name."""
        ...

    def adopt(self, sha256: str, source: Path) -> None:
        """Take a copy of a file from a backup under its name; refused when it is another."""
        ...

    def holds(self, sha256: str) -> bool:
        """Whether the whole photo is here."""
        ...

    def file(self, sha256: str, form: Form) -> Path:
        """A file with the photo in this form, made anew when it is not there."""
        ...

    def examine(self, sha256: str) -> Picture:
        """What the photo is, told anew from its bytes."""
        ...

    def abandoned(self, *, before: float) -> list[tuple[UUID, str]]:
        """Parts that nobody added to since this instant."""
        ...

    def ping(self) -> None:
        """Fail when nothing could be stored."""
        ...
