"""Who reported what, when and where: every work order before its first step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from propapp.core.access import Role
from propapp.core.ids import derived_id
from propapp.demo.album import Album, Capture
from propapp.demo.cast import SITE_ID, Member, demo_id, member, with_role
from propapp.demo.chronicle import Moment
from propapp.demo.era import DAYS, Era
from propapp.demo.ground import Ground
from propapp.demo.rows import Row
from propapp.demo.sheets import sheet
from propapp.demo.stories import Story, stories
from propapp.demo.walks import Finding
from propapp.features.orders.models import Category, Priority, Source, WorkOrder
from propapp.features.orders.rules import PROMISES, short_title
from propapp.features.rounds.commands import GivenAnswer
from propapp.features.rounds.rules import reading

# What happens elsewhere than on rounds: so many reports a day, by owners and by staff.
_OWNERS_A_DAY, _STAFF_A_DAY = 0.85, 0.42
_REPORTERS = ("xu", "shen", "xu", "zheng", "he", "zhou", "li", "sun", "wang")
# The last two days are told by name in the sheet.
_TOLD_BY_NAME = 2


@dataclass
class Trouble:
    """An order as it was reported, and how far it is to come."""

    order: WorkOrder
    story: Story
    when: Moment
    photos: tuple[Capture, ...]
    facts: dict[str, Any]
    spot: str
    worker: Member | None = None
    reach: str = ""


@dataclass
class Reporter:
    """Makes orders out of findings and stories."""

    era: Era
    ground: Ground
    album: Album

    def of_findings(self, findings: Iterable[Finding]) -> Iterator[Trouble]:
        """What rounds found; as in the real house the order's id derives from run and question."""
        for found in findings:
            yield self._found(found)

    def of_people(self) -> Iterator[Trouble]:
        """What owners and staff reported over the months."""
        for ago in range(DAYS, _TOLD_BY_NAME, -1):
            dice = self.era.dice("reports", ago)
            for number in range(_count(_OWNERS_A_DAY, dice)):
                yield self._by_owner(ago, number, dice)
            for number in range(_count(_STAFF_A_DAY, dice)):
                yield self._by_staff(ago, number, dice)

    def of_now(self) -> Iterator[Trouble]:
        """What is open today, or was lately, for the people of the cast."""
        for number, said in enumerate(sheet("stories")["now"]):
            story, by = stories()[said["story"]], member(said["by"])
            at = self.era.now - timedelta(minutes=round(said["hours"] * 60))
            dice = self.era.dice("now", number)
            place = said["place"] if "place" in said else by.units[0]
            trouble = self._told(story, by, at, place, dice)
            trouble.reach = said["reach"]
            trouble.worker = member(said["worker"]) if "worker" in said else None
            yield trouble

    def _by_owner(self, ago: int, number: int, dice: Random) -> Trouble:
        owner = dice.choice(with_role(Role.OWNER))
        at_home = dice.random() < 0.68
        fitting = [one for one in stories().values() if (one.unit if at_home else one.places)]
        story = dice.choice(fitting)
        at = self.era.at(self.era.today - timedelta(days=ago), hour=dice.triangular(6.5, 22.5, 19))
        place = dice.choice(owner.units if at_home else story.places)
        return self._told(story, owner, at + timedelta(seconds=number), place, dice)

    def _by_staff(self, ago: int, number: int, dice: Random) -> Trouble:
        story = dice.choice([one for one in stories().values() if one.places])
        at = self.era.at(self.era.today - timedelta(days=ago), hour=dice.triangular(7, 21, 10))
        by = member(dice.choice(_REPORTERS))
        return self._told(
            story, by, at + timedelta(seconds=number), dice.choice(story.places), dice
        )

    def _told(self, story: Story, by: Member, at: datetime, spot: str, dice: Random) -> Trouble:
        at = at.replace(microsecond=0)
        when = Moment(by, at, at + timedelta(seconds=dice.randint(1, 4)))
        takes_photo = dice.random() < 0.85
        shot = self.album.capture(story.before, at=at - timedelta(seconds=40), place=spot)
        description = dice.choice(story.said)
        order = _order(
            id=demo_id("order", story.key, by.key, at.isoformat()),
            source=Source.STAFF if by.is_staff else Source.OWNER,
            category=story.category,
            priority=story.priority,
            title=short_title(description),
            description=description,
            by=by,
            at=at,
            **self._where(spot),
        )
        return Trouble(order, story, when, (shot,) if takes_photo else (), {}, spot)

    def _found(self, found: Finding) -> Trouble:
        item, checkpoint = found.given.item, found.stop.checkpoint
        note = found.given.values["note"]
        given = GivenAnswer(item_id=item.id, number=found.given.values.get("number"))
        shown = reading(item, given)
        order = _order(
            id=derived_id("defect", found.run_id, found.stop.point["id"], item.position),
            source=Source.ROUND,
            category=Category(item.category),
            priority=Priority(item.priority),
            title=f"{checkpoint['name']} · {item.label}",
            title_en=f"{checkpoint['name_en']} · {item.label_en}",
            description=note,
            checkpoint_id=checkpoint["id"],
            run_id=found.run_id,
            answer_id=found.answer_id,
            by=found.when.person,
            at=found.when.at,
            **self._where(found.stop.place),
        )
        facts = {"run_id": str(found.run_id), "text": note}
        facts |= {"reading": shown} if shown else {}
        return Trouble(order, found.story, found.when, found.photos, facts, found.stop.place)

    def _where(self, spot: str) -> dict[str, Any]:
        if spot in self.ground.places:
            place = self.ground.places[spot]
            text, text_en = self.ground.full_name(place)
            return {
                "place_id": place["id"],
                "building_id": place["building_id"],
                "place_text": text,
                "place_text_en": text_en,
            }
        return self._at_home(spot, self.ground.units[spot])

    def _at_home(self, spot: str, unit: Row) -> dict[str, Any]:
        building = self.ground.buildings[int(spot.split("-", maxsplit=1)[0])]
        return {
            "unit_id": unit["id"],
            "building_id": building["id"],
            "place_text": f"{building['name']} {unit['number']}",
            "place_text_en": f"{building['name_en']} {unit['number']}",
        }


def _order(*, by: Member, at: datetime, priority: Priority, **columns: Any) -> WorkOrder:
    promise = PROMISES[priority]
    return WorkOrder(
        number="",
        site_id=SITE_ID,
        priority=priority,
        reported_by=by.id,
        reported_at=at,
        respond_by=at + promise.respond,
        due_at=at + promise.done,
        **columns,
    )


def _count(mean: float, dice: Random) -> int:
    """How many things happen on a day, when so many happen on average."""
    return sum(dice.random() < mean / 3 for _ in range(3))
