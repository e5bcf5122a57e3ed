"""Bringing the database to the shape this version expects, as one step before workers start."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine


def config() -> Config:
    """Alembic's configuration without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    made.set_main_option("version_path_separator", "os")
    return made


def upgrade(revision: str = "head", *, at: Engine | None = None) -> None:
    """Run every migration that has not run yet, in the configured database or in another one."""
    chosen = config()
    chosen.attributes["engine"] = at
    command.upgrade(chosen, revision)


def downgrade(revision: str) -> None:
    """Go back to an earlier revision."""
    command.downgrade(config(), revision)


def check() -> None:
    """Fail when the tables in code and the migrations disagree."""
    command.check(config())


def make_revision(message: str) -> None:
    """Write a new revision from the difference between code and database."""
    command.revision(config(), message=message, autogenerate=True, rev_id=None)
