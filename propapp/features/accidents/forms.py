"""From what is typed on the page of accidents to a command."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from propapp.core.errors import InvalidInput
from propapp.core.forms import Form, made, text_in
from propapp.core.ids import id_or_nothing
from propapp.features.accidents.commands import FindAccident, RecordAccident, WithdrawAccident


def recording(form: Form, accident_id: UUID, site_id: UUID, zone: str) -> RecordAccident:
    """A new accident. ``InvalidInput`` names the field that is odd."""
    try:
        at = datetime.fromisoformat(text_in(form, "occurred_at"))
    except ValueError as error:
        raise InvalidInput(field="occurred_at") from error
    return made(
        RecordAccident,
        accident_id=accident_id,
        site_id=site_id,
        kind=text_in(form, "kind"),
        # The clock on the wall of the site, which the browser does not know.
        occurred_at=at.replace(tzinfo=ZoneInfo(zone)),
        place=text_in(form, "place"),
        text=text_in(form, "text"),
        injured=text_in(form, "injured") or "0",
    )


def finding(form: Form) -> FindAccident | WithdrawAccident:
    """Which button was pressed says what was found."""
    accident_id, found = id_or_nothing(text_in(form, "accident_id")), text_in(form, "found")
    reason = text_in(form, "reason")
    if found == "withdraw":
        return made(WithdrawAccident, accident_id=accident_id, reason=reason)
    if found not in {"liable", "not_liable"}:
        raise InvalidInput(field="found")
    return made(FindAccident, accident_id=accident_id, liable=found == "liable", reason=reason)
