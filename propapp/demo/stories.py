"""What goes wrong, and where a round would find it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from propapp.core.access import Role
from propapp.demo.cast import Member, with_role
from propapp.demo.era import Era
from propapp.demo.fates import Fate, Round
from propapp.demo.pictures import Scene
from propapp.demo.plan import Stop
from propapp.demo.sheets import sheet
from propapp.features.orders.models import Category, Priority


@dataclass(frozen=True)
class Story:
    """One sort of trouble with the words that people use for it."""

    key: str
    category: Category
    priority: Priority
    before: Scene
    after: Scene
    said: tuple[str, ...]
    did: tuple[str, ...]
    trade: Role
    checklist: str = ""
    question: int = 0
    choice: str = ""
    number: float | None = None
    unit: bool = False
    places: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    redo: tuple[str, ...] = ()

    def workers(self) -> list[Member]:
        """Who repairs such things."""
        return with_role(self.trade)


@cache
def stories() -> dict[str, Story]:
    """All of them, by key."""
    return {said["key"]: _story(**said) for said in sheet("stories")["story"]}


def words(kind: str) -> list[str]:
    """Things that people write on the way."""
    return sheet("stories")["words"][kind]


def _story(  # noqa: PLR0913 - the columns of the sheet
    *,
    category: str,
    priority: str,
    scenes: list[str],
    said: list[str],
    did: list[str],
    key: str,
    trade: str = "technician",
    at: list[str | int] | None = None,
    choice: str = "",
    number: float | None = None,
    unit: bool = False,
    places: tuple[str, ...] = (),
    hold: tuple[str, ...] = (),
    redo: tuple[str, ...] = (),
) -> Story:
    checklist, question = at or ("", 0)
    return Story(
        key=key,
        category=Category(category),
        priority=Priority(priority),
        before=Scene(scenes[0]),
        after=Scene(scenes[1]),
        said=tuple(said),
        did=tuple(did),
        trade=Role(trade),
        checklist=str(checklist),
        question=int(question),
        choice=choice,
        number=number,
        unit=unit,
        places=tuple(places),
        hold=tuple(hold),
        redo=tuple(redo),
    )


# Faults found by rounds on a day, and how often it is so many.
_PER_DAY = ((0, 0.28), (1, 0.72), (2, 0.93), (3, 1.0))
_WALKED = (Fate.DONE, Fate.LATE)

Faults = dict[tuple[object, int], Story]


def scatter(rounds: list[Round], era: Era) -> Faults:
    """Which story is found at which stop of which round."""
    by_day: dict[int, list[Round]] = {}
    for one in rounds:
        if one.fate in _WALKED:
            by_day.setdefault((era.today - one.occurrence.local_date).days, []).append(one)
    faults: Faults = {}
    for ago, walked in sorted(by_day.items()):
        dice = era.dice("faults", ago)
        chance = dice.random()
        for _ in range(next(count for count, limit in _PER_DAY if chance < limit)):
            _place_one(faults, walked, dice)
    return faults


def _place_one(faults: Faults, walked: list[Round], dice: Random) -> None:
    story = dice.choice([one for one in stories().values() if one.checklist])
    spots: list[tuple[Round, Stop]] = [
        (one, stop) for one in walked for stop in one.way.stops if stop.checklist == story.checklist
    ]
    if spots:
        one, stop = dice.choice(spots)
        faults[one.occurrence.id, stop.position] = story
