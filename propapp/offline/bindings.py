"""Python names for the field client: views to read, functions to tap, no Reflex event."""

from __future__ import annotations

from typing import Any, TypeVar

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

from propapp.ui.client import tap

_FOLDER = "$/public/offline"
# What is bound from another module than app.js; a page loads only the modules it binds from.
_MODULES: dict[str, frozenset[str]] = {
    "app_rounds.js": frozenset(
        "useToday useRun startRun scanPoint stopScan toggleTorch openHand closeHand setHandReason "
        "confirmByHand answer setNumber choose setText setNote addPhoto removePhoto passAll "
        "completePoint reopenPoint goSummary backToRoute setRunNote finishRun readAloud".split()
    ),
    "app_week.js": frozenset({"useWeek"}),
    "app_letters.js": frozenset({"useLetters", "signLetter", "clearInk"}),
    "app_duty.js": frozenset("useDuty goToDay setAskReason sendAsk answerAsk".split()),
    "app_orders.js": frozenset(
        "useOrders useOrder useMy useReport showOrders openVerb closeVerb setDraftText "
        "setDraftPerson setDraftStars addDraftPhoto removeDraftPhoto submitVerb quickVerb "
        "setReport addReportPhoto removeReportPhoto submitReport newReport".split()
    ),
    "app_outbox.js": frozenset(
        "useOutbox useNotices useParcel retryNow sendAgain seen clearedSeen exportUnsent "
        "saveParcel shareParcel".split()
    ),
}

ViewT = TypeVar("ViewT")


def view(name: str, shape: type[ViewT]) -> Any:
    """The view ``name`` of the client store as a Var of ``shape``; drawn again when it changes."""
    hook = f"use{name.capitalize()}"
    data = VarData(
        imports={_module(hook): [ImportVar(tag=hook)]}, hooks={f"const {name}View = {hook}()": None}
    )
    return rx.Var(f"{name}View", _var_type=shape, _var_data=data).guess_type()


def do(function: str, *arguments: Any) -> rx.Var:
    """Call a function of the field client at a tap, with these arguments first."""
    return tap(_module(function), function, *arguments)


def _module(name: str) -> str:
    found = (module for module, names in _MODULES.items() if name in names)
    return f"{_FOLDER}/{next(found, 'app.js')}"
