"""Photos on a disk: parts while they arrive, then one file for ever under its digest."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from propapp.core.errors import NotFound, PhotoDigest, WrongOffset
from propapp.core.stores import durable
from propapp.core.stores.pictures import derive, examine
from propapp.core.stores.port import Form, Picture


class DiskPhotoStore:
    """``parts/<person>/<sha>``, ``originals/<sh>/<sha>`` and ``derived/<sh>/<sha>.<form>``."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def received(self, owner: UUID, sha256: str) -> int:
        """How many bytes of the owner's part are safely here."""
        try:
            return self._part(owner, sha256).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, owner: UUID, sha256: str, *, offset: int, chunk: bytes) -> int:
        """Add the chunk durably and give the new length; ``WrongOffset`` with the true one."""
        with durable.no_space_is_said(), durable.locked(self._part(owner, sha256)) as file:
            length = file.seek(0, 2)
            if offset != length:
                _drop_empty(self._part(owner, sha256), length)
                raise WrongOffset(offset=length)
            durable.append(file, chunk, at=length)
            return length + len(chunk)

    def finish(self, owner: UUID, sha256: str) -> Picture:
        """Check the whole part and put it under its name; a bad part is thrown away.

        A part that is gone because it was finished before, in a process that died right after,
        is finished again from what it became.
        """
        part = self._part(owner, sha256)
        with durable.no_space_is_said(), durable.locked(part) as file:
            if file.seek(0, 2):
                return self._accept(part, sha256)
            part.unlink()
            return examine(self._stored(sha256))

    def discard(self, owner: UUID, sha256: str) -> None:
        """Forget the owner's part."""
        self._part(owner, sha256).unlink(missing_ok=True)

    def put(self, data: bytes) -> tuple[str, Picture]:
        """Check and store bytes that are here already, and give their name."""
        sha256 = hashlib.sha256(data).hexdigest()
        folder = self.folder / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        with durable.no_space_is_said(), tempfile.NamedTemporaryFile(dir=folder, delete=False) as f:
            part = Path(f.name)
            try:
                f.write(data)
                f.flush()
                return sha256, self._accept(part, sha256)
            finally:
                part.unlink(missing_ok=True)

    def adopt(self, sha256: str, source: Path) -> None:
        """Take a copy of a file from a backup under its name; refused when it is another."""
        folder = self.folder / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"adopted-{sha256}"
        with durable.no_space_is_said():
            shutil.copyfile(source, part)
            if _digest(part) != sha256:
                part.unlink()
                raise PhotoDigest
            durable.fsync_file(part)
            durable.move(part, self._original(sha256), within=self.folder.parent)

    def holds(self, sha256: str) -> bool:
        """Whether the whole photo is here."""
        return self._original(sha256).exists()

    def file(self, sha256: str, form: Form) -> Path:
        """A file with the photo in this form, made anew when it is not there."""
        original = self._stored(sha256)
        if form is Form.ORIGINAL:
            return original
        copies = self._copies(sha256)
        # One without a byte is what a power cut can leave behind.
        if not copies[form].exists() or not copies[form].stat().st_size:
            with durable.no_space_is_said():
                derive(original, copies)
        return copies[form]

    def examine(self, sha256: str) -> Picture:
        """What the photo is, told anew from its bytes."""
        return examine(self._stored(sha256))

    def abandoned(self, *, before: float) -> list[tuple[UUID, str]]:
        """Parts that nobody added to since this instant."""
        parts = (self.folder / "parts").glob("*/*")
        return [
            (UUID(part.parent.name), part.name) for part in parts if part.stat().st_mtime < before
        ]

    def ping(self) -> None:
        """Fail when nothing could be stored."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self.folder) as file:
            file.write(b"ping")

    def _accept(self, part: Path, sha256: str) -> Picture:
        if _digest(part) != sha256:
            part.unlink()
            raise PhotoDigest
        try:
            picture = derive(part, self._copies(sha256))
        except Exception:
            part.unlink()
            raise
        if self.holds(sha256):
            part.unlink()
            return picture
        durable.fsync_file(part)
        durable.move(part, self._original(sha256), within=self.folder.parent)
        return picture

    def _part(self, owner: UUID, sha256: str) -> Path:
        return self.folder / "parts" / str(owner) / sha256

    def _original(self, sha256: str) -> Path:
        return self.folder / "originals" / sha256[:2] / sha256

    def _stored(self, sha256: str) -> Path:
        original = self._original(sha256)
        if not original.exists():
            raise NotFound(kind="photo")
        return original

    def _copies(self, sha256: str) -> dict[Form, Path]:
        folder = self.folder / "derived" / sha256[:2]
        return {form: folder / f"{sha256}.{form.value}" for form in (Form.DISPLAY, Form.THUMBNAIL)}


def _drop_empty(part: Path, length: int) -> None:
    if not length:
        part.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
