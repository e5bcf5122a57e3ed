"""A file in the making as the browser shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from propapp.core.making.models import Made

_LEAST = 0.1


@dataclass(frozen=True)
class MadeCard:
    """What a file is about, who asked for it and when, and how far it is."""

    id: str = ""
    title: str = ""
    title_en: str = ""
    who: str = ""
    who_en: str = ""
    at: str = ""
    status: str = ""  # waiting · ready · failed
    done: int = 0
    total: int = 0
    megabytes: float = 0
    sha256: str = ""
    # What kind of file, where there are several.
    form: str = ""


def made_card(row: Made, name: str, name_en: str, *, form: str = "") -> MadeCard:
    """The file with the name of whoever asked for it."""
    return MadeCard(
        id=str(row.id),
        title=row.title,
        title_en=row.title_en or row.title,
        who=name,
        who_en=name_en or name,
        at=row.asked_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        status=row.status.value,
        done=row.done,
        total=row.total,
        megabytes=max(_LEAST, round(row.size / 1_000_000, 1)),
        sha256=row.sha256,
        form=form,
    )
