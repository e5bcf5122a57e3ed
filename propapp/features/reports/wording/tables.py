"""What the tables of several reports have in common."""

from __future__ import annotations

from datetime import datetime

from propapp.features.boards.kept import Count, Kept
from propapp.features.reports.documents import Column, Kind, Words, percent
from propapp.features.reports.rounds import Stretch
from propapp.features.schedules.rules import local_day

WHOLE, TENTH, PERCENT, MOMENT, DAY, SIGNED = (
    Kind.WHOLE,
    Kind.TENTH,
    Kind.PERCENT,
    Kind.MOMENT,
    Kind.DAY,
    Kind.SIGNED,
)


def facts(stretch: Stretch, now: datetime, who: str, words: Words) -> list[tuple[str, str]]:
    """What stands at the head of every report; whether its days are over yet is among it."""
    span = f"{stretch.first:%Y-%m-%d} – {stretch.last:%Y-%m-%d}"
    is_over = stretch.last < local_day(now, stretch.site.zone)
    return [
        (words("site"), words.name(stretch.site)),
        (words("span"), span),
        (words("made_for"), who),
        (words("made_at"), words.said(now)),
        (words("state"), words("is_over") if is_over else words("not_over")),
        (words("clock"), stretch.site.zone),
    ]


def share(part: int, whole: int) -> str:
    """A share in words, rounded down to a tenth."""
    found = percent(part, whole)
    return "–" if found is None else f"{100 * found:.1f}".removesuffix(".0") + " %"


def counts(words: Words, *, rate: bool = True) -> list[Column]:
    """The columns of how rounds came out."""
    columns = [Column(words(name), WHOLE, 8) for name in ("due", *Kept)]
    return columns + ([Column(words("rate"), PERCENT, 9)] if rate else [])


def counted(count: Count, *, rate: bool = True) -> list[int | float | None]:
    """Their cells; the share is that of what is over."""
    share_of = percent(count.done + count.late, count.due - count.coming)
    cells = [count.due, count.done, count.late, count.missed, count.coming]
    return [*cells, share_of] if rate else [*cells]


def tone_of(count: Count) -> str:
    """The worst that happened."""
    return "danger" if count.missed else "warn" if count.late else ""


def proof_columns(words: Words, *, printed: bool = True) -> list[Column]:
    """The columns of what proves rounds."""
    return [
        Column(words("visits"), WHOLE, 8, printed=printed),
        Column(words("scored"), WHOLE, 9, printed=False),
        Column(words("fair"), WHOLE, 9, printed=printed),
        Column(words("photos"), WHOLE, 8, printed=printed),
    ]
