"""From what is typed on the page of accidents to a command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from propapp.core.errors import InvalidInput
from propapp.core.ids import id_or_nothing
from propapp.features.accidents.commands import FindAccident, RecordAccident, WithdrawAccident

Form = Mapping[str, Any]


def recording(form: Form, accident_id: UUID, site_id: UUID, zone: str) -> RecordAccident:
    """A new accident. ``InvalidInput`` names the field that is odd."""
    try:
        at = datetime.fromisoformat(_text(form, "occurred_at"))
    except ValueError as error:
        raise InvalidInput(field="occurred_at") from error
    return _made(
        RecordAccident,
        accident_id=accident_id,
        site_id=site_id,
        kind=_text(form, "kind"),
        # The clock on the wall of the site, which the browser does not know.
        occurred_at=at.replace(tzinfo=ZoneInfo(zone)),
        place=_text(form, "place"),
        text=_text(form, "text"),
        injured=_text(form, "injured") or "0",
    )


def finding(form: Form) -> FindAccident | WithdrawAccident:
    """Which button was pressed says what was found."""
    accident_id, found = id_or_nothing(_text(form, "accident_id")), _text(form, "found")
    reason = _text(form, "reason")
    if found == "withdraw":
        return _made(WithdrawAccident, accident_id=accident_id, reason=reason)
    if found not in {"liable", "not_liable"}:
        raise InvalidInput(field="found")
    return _made(FindAccident, accident_id=accident_id, liable=found == "liable", reason=reason)


def _made(command: type[Any], **values: Any) -> Any:
    try:
        return command(**values)
    except ValidationError as error:
        raise InvalidInput(field=str(error.errors()[0]["loc"][0])) from error


def _text(form: Form, name: str) -> str:
    return str(form.get(name) or "").strip()
