"""The doors of goals and of letters."""

from propapp.features.goals.service.keeping import drop, keep, serve
from propapp.features.goals.service.sharing import (
    issue_letter,
    keep_letter,
    sign,
    withdraw_letter,
)

__all__ = ["drop", "issue_letter", "keep", "keep_letter", "serve", "sign", "withdraw_letter"]
