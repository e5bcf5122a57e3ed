"""Orders that are told step by step, so that everybody of the cast has something to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from propapp.demo.repairs import Telling
from propapp.demo.stories import words
from propapp.demo.troubles import Trouble
from propapp.features.orders.models import Source

# How far an order comes, as verbs, each at its share of the time between the report and now.
_WAYS: dict[str, tuple[tuple[str, float], ...]] = {
    "reported": (),
    "assigned": (("take", 0.3),),
    "in_progress": (("take", 0.1), ("start", 0.4), ("note", 0.6)),
    "on_hold": (("take", 0.05), ("start", 0.1), ("hold", 0.2)),
    "completed": (("take", 0.05), ("start", 0.3), ("complete", 0.7)),
    "closed": (("take", 0.05), ("start", 0.3), ("complete", 0.5), ("judge", 0.8)),
    "rated": (("take", 0.01), ("start", 0.02), ("complete", 0.03), ("judge", 0.1), ("rate", 0.11)),
    "reopened": (("take", 0.1), ("start", 0.2), ("complete", 0.4), ("reopen", 0.8)),
    "reopened_rated": (
        ("take", 0.01),
        ("start", 0.03),
        ("complete", 0.1),
        ("reopen", 0.18),
        ("start", 0.2),
        ("complete", 0.22),
        ("judge", 0.25),
        ("rate", 0.26),
    ),
}


def tell(telling: Telling) -> None:
    """The report and the steps that the sheet names."""
    trouble, stage = telling.trouble, telling.stage
    stage.report(trouble.when, trouble.photos, **trouble.facts)
    begun, elapsed = trouble.when.received_at, telling.era.now - trouble.when.received_at
    for verb, share in _WAYS[trouble.reach]:
        instant = begun + elapsed * share
        telling.last = max(instant, telling.last + timedelta(seconds=1)).replace(microsecond=0)
        _VERBS[verb](telling, trouble)


def _take(telling: Telling, trouble: Trouble) -> None:
    if trouble.order.source is Source.OWNER or trouble.worker is None:
        telling.stage.claim(telling.by(telling.worker))
    else:
        telling.stage.assign(telling.by(telling.dispatcher()), telling.worker)


def _start(telling: Telling, _trouble: Trouble) -> None:
    telling.stage.start(telling.by(telling.worker))


def _note(telling: Telling, _trouble: Trouble) -> None:
    telling.stage.note(telling.by(telling.worker), telling.dice.choice(words("noted")))


def _hold(telling: Telling, trouble: Trouble) -> None:
    telling.stage.hold(telling.by(telling.worker), trouble.story.hold[0])


def _complete(telling: Telling, _trouble: Trouble) -> None:
    telling.complete()


def _judge(telling: Telling, trouble: Trouble) -> None:
    if trouble.order.source is Source.OWNER:
        telling.stage.confirm(telling.by(telling.reporter()))
    else:
        telling.stage.verify(telling.by(telling.lead()))


def _reopen(telling: Telling, trouble: Trouble) -> None:
    reason = (trouble.story.redo or trouble.story.said)[0]
    telling.stage.reopen(telling.by(telling.reporter()), reason, [telling.shot_before()])


def _rate(telling: Telling, _trouble: Trouble) -> None:
    telling.stage.rate(telling.by(telling.reporter()), 5, words("rated")[0])


_VERBS: dict[str, Callable[[Telling, Trouble], None]] = {
    "take": _take,
    "start": _start,
    "note": _note,
    "hold": _hold,
    "complete": _complete,
    "judge": _judge,
    "reopen": _reopen,
    "rate": _rate,
}
