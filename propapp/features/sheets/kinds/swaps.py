"""Who took whose turn: it only goes out, for a swap is two people's own yes on their own phones."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from propapp.core.access import Permission
from propapp.features.people import repository as people
from propapp.features.rosters.models import Shift, Swap
from propapp.features.rosters.repository import SwapRepository
from propapp.features.sheets.forms import DAY, MOMENT, on_the_wall
from propapp.features.sheets.kinds.leave import ASK_STATUS, MOST_ASKED
from propapp.features.sheets.tables import Book, Column, Kind, Known


class SwapBook(Book):
    """The swaps of a site, those that were asked last first."""

    columns = (
        Column("person", width=18),
        Column("day", DAY),
        Column("shift", width=20),
        Column("other", width=18),
        Column("other_day", DAY),
        Column("other_shift", width=20),
        Column("reason", width=36),
        Column("status", ASK_STATUS),
        Column("reply", width=28),
        Column("asked_at", MOMENT, width=18),
    )
    natural = ("person", "day", "shift")

    def read(self) -> Iterator[Known]:
        """As many as a sheet is wanted to hold."""
        found = SwapRepository(self.uow).newest_at(self.target.site.id, limit=MOST_ASKED)
        asking = {who for swap, *_ in found for who in (swap.asker_id, swap.other_id)}
        names = {one.id: one.name for one in people.by_ids(self.uow.session, asking).values()}
        for swap, given, taken in found:
            yield self._known(swap, given, taken, names)

    def _known(
        self, swap: Swap, given: Shift, taken: Shift | None, names: dict[UUID, str]
    ) -> Known:
        row = {
            "person": names[swap.asker_id],
            "day": swap.day,
            "shift": given.name,
            "other": names[swap.other_id],
            "other_day": swap.other_day,
            "other_shift": taken.name if taken else "",
            "reason": swap.reason,
            "status": swap.status.value,
            "reply": swap.answer,
            "asked_at": on_the_wall(swap.asked_at, self.target.site.zone),
        }
        return Known(row, swap)


# As leave: reasons are read by whoever decides.
SWAPS = Kind("swaps", Permission.ROSTER_WRITE, SwapBook)
