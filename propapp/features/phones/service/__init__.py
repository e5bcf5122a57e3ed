"""Phones that lost something, and work of phones that is held back."""

from propapp.features.phones.service.holding import (
    hold_back,
    perform,
    perform_again,
    settle_held,
)
from propapp.features.phones.service.losing import report, settle

__all__ = ["hold_back", "perform", "perform_again", "report", "settle", "settle_held"]
