"""How each order went on: taken, done, judged, in the times that such things take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from propapp.core.access import Role
from propapp.demo.acting import Stage
from propapp.demo.album import Capture
from propapp.demo.cast import Member, member, with_role
from propapp.demo.chronicle import Moment
from propapp.demo.era import Era
from propapp.demo.stories import words
from propapp.demo.troubles import Trouble
from propapp.features.orders.models import Priority, Source
from propapp.features.orders.rules import PROMISES

_AT_ALL_HOURS = {Priority.URGENT, Priority.HIGH}


class _NotYet(Exception):
    """The next step would lie in the future."""


@dataclass
class Telling:
    """One order on its way to now."""

    era: Era
    trouble: Trouble
    stage: Stage
    dice: Random
    worker: Member
    last: datetime

    def tell(self) -> None:
        """From the report to wherever it is by now."""
        trouble = self.trouble
        is_found = trouble.order.source is Source.ROUND
        self.stage.report(trouble.when, trouble.photos, quiet=is_found, **trouble.facts)
        try:
            self._go_on()
        except _NotYet:
            return

    def _go_on(self) -> None:
        chance = self.dice.random()
        if chance < 0.025:
            self._at(self._respond_at())
            self.stage.cancel(self.by(self.lead()), self.dice.choice(words("cancelled")))
            return
        self._take(chance)
        self._work()
        self._judge()

    def _take(self, chance: float) -> None:
        self._at(self._respond_at())
        if chance < 0.3:
            self.stage.assign(self.by(self.dispatcher()), self.worker)
        else:
            self.stage.claim(self.by(self.worker))

    def _work(self) -> None:
        order, dice = self.trouble.order, self.dice
        done_at = self._done_at()
        between = done_at - self.last
        self._at(self.last + between * dice.uniform(0.2, 0.5))
        self.stage.start(self.by(self.worker))
        if dice.random() < 0.15:
            self._at(self.last + between * 0.1)
            self.stage.note(self.by(self.worker), dice.choice(words("noted")))
        if dice.random() < 0.05:
            self._hand_over(between)
        if (
            self.trouble.story.hold
            and order.priority is not Priority.URGENT
            and dice.random() < 0.4
        ):
            self._wait(between)
        self._at(max(done_at, self.last + timedelta(minutes=4)))
        self.complete()

    def _hand_over(self, between: timedelta) -> None:
        colleagues = [one for one in self.trouble.story.workers() if one is not self.worker]
        colleague = self.dice.choice(colleagues)
        self._at(self.last + between * 0.08)
        reason = self.dice.choice(words("held_over"))
        self.stage.hand_over(self.by(self.worker), colleague, reason)
        self.worker = colleague
        self._at(self.last + between * 0.05)
        self.stage.start(self.by(self.worker))

    def _wait(self, between: timedelta) -> None:
        self._at(self.last + between * 0.08)
        self.stage.hold(self.by(self.worker), self.dice.choice(self.trouble.story.hold))
        self._at(self.last + between * 0.25)
        self.stage.resume(self.by(self.worker))

    def complete(self) -> None:
        """The worker says what was done and shows it."""
        trouble = self.trouble
        photo = self.stage.album.capture(
            trouble.story.after, at=self.last - timedelta(seconds=50), place=trouble.spot
        )
        note = self.dice.choice(trouble.story.did)
        self.stage.complete(self.by(self.worker), note, [photo])

    def _judge(self) -> None:
        if self.trouble.order.source is not Source.OWNER:
            self._verify()
            return
        if self.trouble.story.redo and self.dice.random() < 0.22:
            self._reopen()
        self._later(0.3, 16)
        owner = self.reporter()
        self.stage.confirm(self.by(owner))
        if self.dice.random() < 0.7:
            self._rate(owner)

    def _verify(self) -> None:
        if self.dice.random() < 0.06:
            self._later(0.5, 6)
            self.stage.send_back(self.by(self.lead()), self.dice.choice(words("sent_back")))
            self._later(0.3, 3)
            self.complete()
        self._later(0.4, 14)
        self.stage.verify(self.by(self.lead()))

    def _reopen(self) -> None:
        self._later(3, 30)
        reason = self.dice.choice(self.trouble.story.redo)
        self.stage.reopen(self.by(self.reporter()), reason, [self.shot_before()])
        self._later(1, 8)
        self.stage.start(self.by(self.worker))
        self._later(0.5, 5)
        self.complete()

    def _rate(self, owner: Member) -> None:
        self._at(self.last + timedelta(seconds=self.dice.randint(15, 300)))
        (stars,) = self.dice.choices((5, 4, 3, 2), weights=(52, 31, 12, 5))
        kind = "rated" if stars > 3 else "rated_low"
        self.stage.rate(self.by(owner), stars, self.dice.choice(words(kind)))

    def _respond_at(self) -> datetime:
        order = self.trouble.order
        share = min(self.dice.lognormvariate(-1.15, 0.75), 2.5)
        wait = max(PROMISES[order.priority].respond * share, timedelta(minutes=2))
        at = order.reported_at + wait
        return at if order.priority in _AT_ALL_HOURS else self._by_day(at)

    def _done_at(self) -> datetime:
        order = self.trouble.order
        share = min(self.dice.lognormvariate(-1.0, 0.7), 2.2)
        at = order.reported_at + PROMISES[order.priority].done * share
        at = max(at, self.last + timedelta(minutes=self.dice.randint(12, 50)))
        return at if order.priority in _AT_ALL_HOURS else self._by_day(at)

    def _by_day(self, at: datetime) -> datetime:
        """What can wait is not done at night."""
        local = self.era.local(at)
        if 8 <= local.hour < 19:
            return at
        morning = local.date() + timedelta(days=0 if local.hour < 8 else 1)
        return self.era.at(morning, hour=8 + self.dice.uniform(0.1, 2.0))

    def _later(self, low: float, high: float) -> None:
        hours = self.dice.uniform(low, high)
        self._at(self._by_day(self.last + timedelta(hours=hours)))

    def _at(self, at: datetime) -> None:
        at = max(at, self.last + timedelta(seconds=20)).replace(microsecond=0)
        if at + timedelta(seconds=5) > self.era.now:
            raise _NotYet
        self.last = at

    def shot_before(self) -> Capture:
        """A photo of the trouble, at the moment at hand."""
        story, at = self.trouble.story, self.last - timedelta(seconds=60)
        return self.stage.album.capture(story.before, at=at, place=self.trouble.spot)

    def by(self, person: Member) -> Moment:
        """The moment at hand, as this person's doing."""
        return Moment(person, self.last, self.last + timedelta(seconds=self.dice.randint(1, 4)))

    def reporter(self) -> Member:
        """Who reported it."""
        return self.trouble.when.person

    def lead(self) -> Member:
        """One of the supervisors."""
        return self.dice.choice(with_role(Role.SUPERVISOR))

    def dispatcher(self) -> Member:
        """Somebody who gives out the work."""
        return self.dice.choice([member("zheng"), member("he"), member("xu")])


def telling(era: Era, trouble: Trouble, stage: Stage) -> Telling:
    """An order about to be told, in the hands of somebody of the right trade."""
    dice = era.dice("repair", trouble.order.number)
    worker = trouble.worker or dice.choice(trouble.story.workers())
    return Telling(era, trouble, stage, dice, worker, trouble.when.received_at)
