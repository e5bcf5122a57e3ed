"""The doors of goals."""

from propapp.features.goals.service.keeping import drop, keep, serve

__all__ = ["drop", "keep", "serve"]
