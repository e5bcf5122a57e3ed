"""The register of accidents: rows are recorded, found and withdrawn, and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput
from propapp.core.ids import uuid7
from propapp.core.sheets import cells
from propapp.core.sheets.cells import Trouble
from propapp.core.use_case import Command
from propapp.features.accidents.commands import FindAccident, RecordAccident, WithdrawAccident
from propapp.features.accidents.models import Accident, AccidentKind, AccidentStatus
from propapp.features.accidents.reading import FIRST_YEAR, LAST_YEAR
from propapp.features.accidents.repository import AccidentRepository
from propapp.features.schedules.rules import start_of
from propapp.features.sheets.forms import MOMENT, WHOLE, choice, on_the_wall
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values

_OPEN = AccidentStatus.OPEN.value
_WITHDRAWN = AccidentStatus.WITHDRAWN.value
# What is recorded once and for all.
_RECORDED = ("happened_at", "accident", "place", "what", "injured")


class AccidentBook(Book):
    """All accidents of the site; a row that says anything else than one of them is another one."""

    columns = (
        Column("id", width=16),
        Column("happened_at", MOMENT, required=True, width=18),
        Column("accident", choice("accident.kind", tuple(AccidentKind)), required=True, width=16),
        Column("place", required=True, width=28),
        Column("what", required=True, width=48),
        Column("injured", WHOLE, usual=0),
        Column("status", choice("accident.status", tuple(AccidentStatus)), width=16),
        Column("reason", width=36),
    )
    natural = _RECORDED
    shown_at: Mapping[str, str] = {
        "place": "place",
        "text": "what",
        "injured": "injured",
        "reason": "reason",
        "wrong_step": "status",
        "not_allowed": "status",
    }

    def read(self) -> Iterator[Known]:
        """The newest first, as the page of the register has them."""
        site = self.target.site
        self.zone = ZoneInfo(site.zone)
        first = start_of(date(FIRST_YEAR, 1, 1), site.zone)
        last = start_of(date(LAST_YEAR + 1, 1, 1), site.zone)
        for accident, _recorder, _finder in AccidentRepository(self.uow).between(
            site.id, first, last
        ):
            yield Known(self._row(accident), accident)

    def _row(self, accident: Accident) -> dict[str, Any]:
        return {
            "id": str(accident.id),
            "happened_at": on_the_wall(accident.occurred_at, self.target.site.zone),
            "accident": accident.kind.value,
            "place": cells.text_of(accident.place),
            "what": cells.text_of(accident.text),
            "injured": accident.injured,
            "status": accident.status.value,
            "reason": cells.text_of(accident.reason),
        }

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was recorded stays; a status that is another one has a reason of its own."""
        known = self.match(values)
        before = known.values if known else {"status": _OPEN, "reason": ""}
        for name in ("status", "reason"):
            values[name] = values[name] or before[name]
        for name in _RECORDED if known else ():
            if values[name] != before[name]:
                raise Trouble("accident_stays", name)
        if values["status"] == before["status"]:
            if values["reason"] != before["reason"]:
                raise Trouble("reason_alone", "reason")
        elif values["status"] == _OPEN:
            raise Trouble("found_already", "status")
        elif values["reason"] == before["reason"]:
            raise Trouble("reason_new", "reason")
        return values

    def commands(self, change: Change) -> Iterable[tuple[str, Command]]:
        """It is recorded where it is new, and found or withdrawn where its status is another."""
        known, values = change.known, change.values
        accident_id: UUID = known.thing.id if known else uuid7()
        if known is None:
            yield "accident.record", self._recorded(values, accident_id)
        status = values["status"]
        if status == (known.values["status"] if known else _OPEN):
            return
        said = {"accident_id": accident_id, "reason": values["reason"]}
        if status == _WITHDRAWN:
            yield "accident.withdraw", WithdrawAccident.model_validate(said)
        else:
            said["liable"] = status == AccidentStatus.LIABLE
            yield "accident.find", FindAccident.model_validate(said)

    def _recorded(self, values: Values, accident_id: UUID) -> RecordAccident:
        return RecordAccident.model_validate({
            "accident_id": accident_id,
            "site_id": self.target.site.id,
            "kind": values["accident"],
            "occurred_at": values["happened_at"].replace(tzinfo=self.zone),
            "place": values["place"],
            "text": values["what"],
            "injured": values["injured"],
        })  # fmt: skip

    def troubles(self, error: Exception) -> list[Trouble]:
        """What has not happened yet is said in the words of the page."""
        if isinstance(error, InvalidInput) and error.facts.get("field") == "occurred_at":
            return [Trouble("accident.wrong.occurred_at", "happened_at")]
        return super().troubles(error)


ACCIDENTS = Kind(
    "accidents",
    Permission.ACCIDENT_READ,
    AccidentBook,
    writes=Permission.ACCIDENT_RECORD,
    example={
        "happened_at": datetime(2026, 3, 1, 8, 30),  # noqa: DTZ001 - by the clock on the wall
        "accident": "fall",
        "injured": 1,
        "status": "open",
    },
)
