"""The verbs of the library and of checklists, and how packs are read into it."""

from propapp.features.standards.service.asking import keep_checklist
from propapp.features.standards.service.keeping import drop, end, keep
from propapp.features.standards.service.loading import load

__all__ = ["drop", "end", "keep", "keep_checklist", "load"]
