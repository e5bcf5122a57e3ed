"""The random checks that are prepared for the checkpoints of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput
from propapp.core.ids import id_or_nothing, uuid7
from propapp.core.sheets.cells import Trouble
from propapp.core.use_case import Command
from propapp.features.sheets.forms import CHOICES, FLAG, choice, choices_of, choices_said
from propapp.features.sheets.naming import points_at, uneven
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values
from propapp.features.sites import repository as sites
from propapp.features.sites.commands import LONGEST_ANSWER, DropChallenge, KeepChallenge
from propapp.features.sites.models import Challenge, ChallengeKind
from propapp.features.sites.service.challenging import MOST

_KIND = choice("office.challenges", tuple(ChallengeKind))


class ChallengeBook(Book):
    """What stands prepared, by checkpoint; its words never change, so another takes its place."""

    columns = (
        Column("id", width=16),
        Column("point", required=True, width=24),
        Column("check", _KIND, required=True),
        Column("text", required=True, width=36),
        Column("text_en", width=36),
        Column("right", width=18),
        Column("right_en", width=18),
        Column("others", CHOICES, width=24),
        Column("others_en", CHOICES, width=24),
        Column("dropped", FLAG),
    )
    natural = ("point", "text")
    shown_at: Mapping[str, str] = {
        "text": "text",
        "text_en": "text_en",
        "right": "right",
        "others": "others",
    }

    def read(self) -> Iterator[Known]:
        """By checkpoint."""
        site_id = self.target.site.id
        self.points = points_at(self.uow, site_id)
        self.names = {point.id: name for name, point in self.points.items()}
        standing = sites.challenges_at(self.uow.session, [site_id])
        for one in sorted(standing, key=lambda one: self.names[one.checkpoint_id]):
            yield self._known(one)

    def prepare(self, rows: Sequence[Values]) -> None:
        """Those that the file names and that were dropped since it was taken out."""
        named = {row["id"] for row in rows if row.get("id")} - self.by_id.keys()
        found = sites.challenges_by_id(self.uow.session, list(map(id_or_nothing, named)))
        for one in found.values():
            if one.checkpoint_id in self.names:
                self.by_id[str(one.id)] = self._known(one)

    def _known(self, one: Challenge) -> Known:
        return Known(_row(self.names[one.checkpoint_id], one), one)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The points of the site."""
        return {"point": list(self.points)}

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A point that is here; as many words in the other language as there are answers."""
        if values["point"] not in self.points:
            raise Trouble("nobody_called", "point", value=values["point"][:60])
        others, other = choices_of(values["others"]), choices_of(values["others_en"])
        if uneven(values["others"], values["others_en"]):
            raise Trouble("choices_uneven", "others_en", most=len(others))
        _answers(values, others)
        # As they are kept: in an order that tells nobody which of all is right.
        pairs = sorted(zip_longest(others, other, fillvalue=""))
        values["others"], values["others_en"] = (choices_said(filter(None, one)) for one in (
            [text for text, _ in pairs], [text for _, text in pairs]
        ))  # fmt: skip
        return values

    def commands(self, change: Change) -> Iterable[tuple[str, Command]]:
        """The one before is dropped, and what the row says is prepared in its place."""
        if change.known is not None and not change.known.values["dropped"]:
            yield "challenge.drop", DropChallenge(challenge_id=change.known.thing.id)
        if not change.values["dropped"]:
            yield "challenge.keep", self._kept(change.values)

    def troubles(self, error: Exception) -> list[Trouble]:
        """What the point itself refuses is that it has enough of them."""
        if isinstance(error, InvalidInput) and error.facts.get("field") == "checkpoint_id":
            return [Trouble("checks_many", "point", most=MOST)]
        return super().troubles(error)

    def _kept(self, values: Values) -> KeepChallenge:
        others, other = choices_of(values["others"]), choices_of(values["others_en"])
        right = {"text": values["right"], "text_en": values["right_en"]}
        return KeepChallenge.model_validate({
            "challenge_id": uuid7(),
            "checkpoint_id": self.points[values["point"]].id,
            "kind": values["check"],
            "text": values["text"],
            "text_en": values["text_en"],
            "right": right if values["right"] else None,
            "others": [
                {"text": one, "text_en": other[at] if other else ""}
                for at, one in enumerate(others)
            ],
        })  # fmt: skip


def _answers(values: Values, others: list[str]) -> None:
    """A question has one right answer among different ones; a detail has none."""
    if values["check"] == ChallengeKind.DETAIL:
        if values["right"] or others:
            raise Trouble("answers_foreign", "right" if values["right"] else "others")
    elif not values["right"]:
        raise Trouble("missing", "right")
    elif not others or len({values["right"], *others}) <= len(others):
        raise Trouble("answers_few", "others")
    for column in ("right", "right_en", "others", "others_en"):
        if any(len(one) > LONGEST_ANSWER for one in choices_of(values[column])):
            raise Trouble("too_long", column, most=LONGEST_ANSWER)


def _row(point: str, one: Challenge) -> dict[str, Any]:
    right = one.choices[one.right] if one.right is not None else {"text": "", "text_en": ""}
    others = [choice for at, choice in enumerate(one.choices) if at != one.right]
    other = [choice["text_en"] for choice in others]
    return {
        "id": str(one.id),
        "point": point,
        "check": one.kind.value,
        "text": one.text,
        "text_en": one.text_en,
        "right": right["text"],
        "right_en": right["text_en"],
        "others": choices_said(choice["text"] for choice in others),
        "others_en": choices_said(other) if all(other) else "",
        "dropped": one.dropped_at is not None,
    }


CHALLENGES = Kind(
    "challenges",
    Permission.CHALLENGE_KEEP,
    ChallengeBook,
    writes=Permission.CHALLENGE_KEEP,
    example={"check": "question"},
)
