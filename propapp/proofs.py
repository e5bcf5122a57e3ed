"""Evidence on the terminal: chains checked under a bar, and the heads of their days."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO
from uuid import UUID

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlmodel import Session

from propapp.core.db.engine import read_session
from propapp.core.stores import photo_store
from propapp.features.evidence import exports, repository, service
from propapp.features.evidence.checking import Broken
from propapp.features.evidence.contents import gather
from propapp.features.evidence.packing import pack

COLUMNS = ("site_id", "site", "day", "n", "hash")

WHY = {
    "number": "its number does not follow the one before",
    "previous": "it does not hang on the link before it",
    "hash": "its hash is not that of what it says",
    "gone": "what it vouches for is gone",
    "content": "what it vouches for has changed",
    "photo_bytes": "the bytes of the photo have changed",
    "photo_file": "the file of the photo cannot be read",
    "kept_head": "a head that was kept says otherwise",
    "head": "the chain does not end where its head says",
    "unchained": "it happened, but is in no chain",
    "unreadable": "it cannot be read",
}


def verify(heads: Path | None = None) -> service.Verdict:
    """Check every chain with a bar to watch."""
    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with read_session() as session, Progress(*columns) as progress:
        bar = progress.add_task("links", total=repository.count_links(session))
        return service.verify(
            session,
            photo_store(),
            lambda links: progress.advance(bar, links),
            kept=_kept(heads) if heads else None,
        )


def sentence(broken: Broken) -> str:
    """The broken link in words."""
    where = f"link {broken.n} of {broken.site}" if broken.site else "outside the chains"
    what = f"{broken.kind} {broken.ref_id}".strip()
    return f"BROKEN: {where}{f' ({what})' if what else ''}: {WHY[broken.why]}"


def write_heads(out: TextIO, session: Session | None = None, *, with_present: bool = False) -> None:
    """The head of every day that is over, to be kept where nobody of this house can reach it.

    ``with_present`` adds where each chain stands now, as a backup keeps it.
    """
    if session is None:
        with read_session() as own:
            return write_heads(out, own, with_present=with_present)
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for site, day in repository.all_days(session):
        table.writerow([site.id, site.code, day.day.isoformat(), day.n, day.hash])
    for site in repository.chained_sites(session) if with_present else ():
        if head := repository.head_of(session, site.id):
            table.writerow([site.id, site.code, "", *head])
    return None


class Unknown(Exception):
    """What was asked for is not here."""


def write_bundle(
    file: Path, *, run: UUID | None, order: str | None, site: str | None, day: datetime | None
) -> int:
    """Write one bundle with a bar to watch; gives its size. Whoever holds the database asks."""
    columns = (TextColumn("Packing"), BarColumn(), MofNCompleteColumn())
    with read_session() as session, Progress(*columns) as progress:
        wanted = exports.wanted(session, run=run, order=order, site=site, day=day)
        if wanted is None:
            raise Unknown("Name one that is here: --run, --order, or --site with --day.")
        bar = progress.add_task("files", total=None)
        contents = gather(session, wanted, at=datetime.now(UTC))

        def tell(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        return pack(contents, photo_store(), file, tell).size


def _kept(file: Path) -> dict[UUID, dict[int, str]]:
    found: defaultdict[UUID, dict[int, str]] = defaultdict(dict)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[UUID(row["site_id"])][int(row["n"])] = row["hash"]
    return dict(found)
