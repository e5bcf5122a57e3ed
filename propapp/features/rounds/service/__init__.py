"""The verbs of a round: start, visit, finish; and what the house does about them."""

from propapp.features.rounds.service.alarming import make_good, raise_alarms
from propapp.features.rounds.service.judging import draw_looks, judge_visit, wants_a_look
from propapp.features.rounds.service.scoring import score_sealed
from propapp.features.rounds.service.sealing import seal_ready
from propapp.features.rounds.service.visiting import visit
from propapp.features.rounds.service.walking import finish, start
from propapp.features.rounds.service.watching import mark_missed

__all__ = [
    "draw_looks",
    "finish",
    "judge_visit",
    "make_good",
    "mark_missed",
    "raise_alarms",
    "score_sealed",
    "seal_ready",
    "start",
    "visit",
    "wants_a_look",
]
