"""The verbs of the roster: shifts and rules, putting people on duty, leave, swaps."""

from propapp.features.rosters.service.asking import (
    accept_swap,
    approve_leave,
    approve_swap,
    ask_leave,
    ask_swap,
    decline_swap,
    enter_leave,
    refuse_leave,
    refuse_swap,
    withdraw_leave,
    withdraw_swap,
)
from propapp.features.rosters.service.planning import (
    adopt,
    keep_shift,
    put_on_duty,
    question,
    set_rules,
    take_off_duty,
)

__all__ = [
    "accept_swap",
    "adopt",
    "approve_leave",
    "approve_swap",
    "ask_leave",
    "ask_swap",
    "decline_swap",
    "enter_leave",
    "keep_shift",
    "put_on_duty",
    "question",
    "refuse_leave",
    "refuse_swap",
    "set_rules",
    "take_off_duty",
    "withdraw_leave",
    "withdraw_swap",
]
