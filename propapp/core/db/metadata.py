"""All tables of the house, found without naming a feature."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData
from sqlmodel import SQLModel


def load_metadata() -> MetaData:
    """Import every module of models and give the metadata that they filled."""
    package = Path(__file__).resolve().parents[2]
    for path in sorted(package.glob("core/**/models.py")) + sorted(
        package.glob("features/*/models.py")
    ):
        module = path.relative_to(package.parent).with_suffix("")
        import_module(".".join(module.parts))
    import_module("propapp.core.timeline")
    return SQLModel.metadata
