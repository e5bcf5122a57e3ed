"""Walking a chain from its first link to its head; the first thing that is wrong ends it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from propapp.core.errors import NotFound
from propapp.core.evidence.links import GENESIS, link_hash
from propapp.core.evidence.models import EvidenceEntry, EvidenceKind
from propapp.core.stores import Form, PhotoStore
from propapp.features.evidence import repository

# Heads that were kept elsewhere: for a site, the number of a link and its hash.
KeptHeads = Mapping[UUID, Mapping[int, str]]


# What a row raises that was changed behind the database's back.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OverflowError)


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold: whose, which, of what, and why."""

    why: str
    site: str = ""
    n: int = 0
    kind: str = ""
    ref_id: str = ""


@dataclass
class Walk:
    """One site's chain while it is walked."""

    session: Session
    store: PhotoStore
    site_id: UUID
    tell: Callable[[int], None]
    heads: dict[int, str] = field(default_factory=dict)
    n: int = 0
    end: str = GENESIS

    def first_broken(self) -> Broken | None:
        """Walk to the end, or to the first link that does not hold."""
        try:
            for page in repository.pages(self.session, self.site_id):
                if broken := self._page(page):
                    return broken
                self.tell(len(page))
        except UNREADABLE:
            return Broken("unreadable", n=self.n + 1)
        return self._ending()

    def _page(self, page: Sequence[EvidenceEntry]) -> Broken | None:
        stored = _digests(self.session, page)
        for link in page:
            for why in self._faults(link, stored):
                return Broken(why, n=link.n, kind=link.kind, ref_id=link.ref_id)
            self.n, self.end = link.n, link.hash
        return None

    def _faults(self, link: EvidenceEntry, stored: Mapping[tuple[str, str], str]) -> Iterator[str]:
        if link.n != self.n + 1:
            yield "number"
        if link.prev_hash != self.end:
            yield "previous"
        if link.hash != link_hash(link, self.end):
            yield "hash"
        if self.heads.get(link.n, link.hash) != link.hash:
            yield "kept_head"
        content = stored.get((link.kind, link.ref_id))
        if content is None:
            yield "gone"
        if content != link.digest:
            yield "content"
        if link.kind == EvidenceKind.PHOTO:
            yield from _file_faults(self.store, link.ref_id)

    def _ending(self) -> Broken | None:
        if repository.head_of(self.session, self.site_id) != (self.n, self.end):
            return Broken("head", n=self.n)
        if any(n > self.n for n in self.heads):
            return Broken("kept_head", n=self.n)
        return None


def unchained(session: Session, *, before: datetime) -> Broken | None:
    """Something that happened and is in no chain; of what was refused, what came before then."""
    photos = repository.unchained_photos(session, limit=1)
    for kind, ref_id in (
        (EvidenceKind.OPERATION, repository.unchained_operation(session, before=before)),
        (EvidenceKind.HELD, repository.unchained_held(session, before=before)),
        (EvidenceKind.SECOND, repository.unchained_second(session, before=before)),
        (EvidenceKind.RUN_SEALED, repository.unchained_run(session)),
        (EvidenceKind.ROUND_SEED, repository.unchained_seed(session)),
        (EvidenceKind.PHOTO, photos[0][1] if photos else None),
    ):
        if ref_id:
            return Broken("unchained", kind=kind.value, ref_id=ref_id)
    return None


def _digests(session: Session, page: Sequence[EvidenceEntry]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for kind in repository.DIGESTS:
        named = [link.ref_id for link in page if link.kind == kind]
        if named:
            found |= {(kind.value, ref): one for ref, one in _of_kind(session, kind, named).items()}
    return found


def _of_kind(session: Session, kind: EvidenceKind, named: list[str]) -> dict[str, str]:
    """Together; one by one where something among them was changed so that it cannot be read."""
    try:
        return repository.DIGESTS[kind](session, named)
    except UNREADABLE:
        if len(named) == 1:
            return {named[0]: "unreadable"}
    single = [_of_kind(session, kind, [ref_id]) for ref_id in named]
    return {ref_id: one for found in single for ref_id, one in found.items()}


def _file_faults(store: PhotoStore, sha256: str) -> Iterator[str]:
    try:
        with store.file(sha256, Form.ORIGINAL).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                yield "photo_bytes"
    except (NotFound, OSError):
        yield "photo_file"
