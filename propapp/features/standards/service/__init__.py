"""The verbs of the library, and how packs are read into it."""

from propapp.features.standards.service.keeping import drop, end, keep
from propapp.features.standards.service.loading import load

__all__ = ["drop", "end", "keep", "load"]
