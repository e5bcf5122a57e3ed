"""Accidents, and what was found of them.

Revision: 0021
Follows: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KINDS = (
    "FIRE", "LIFT", "ELECTRIC", "FALL", "FALLING_OBJECT", "TRAFFIC", "WATER", "AT_WORK", "OTHER",
)  # fmt: skip
_STATUSES = ("OPEN", "LIABLE", "NOT_LIABLE", "WITHDRAWN")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "accident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum(*_KINDS, name="accidentkind"), nullable=False),
        sa.Column("status", sa.Enum(*_STATUSES, name="accidentstatus"), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=800), nullable=False),
        sa.Column("injured", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=True),
        sa.Column("found_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["found_by"], ["person.id"], name="fk_accident_found_by_person"),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name="fk_accident_recorded_by_person"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_accident_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_accident"),
    )
    with op.batch_alter_table("accident", schema=None) as batch_op:
        batch_op.create_index("ix_accident_site", ["site_id", "occurred_at"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_table("accident")
    for name in ("accidentkind", "accidentstatus"):
        sa.Enum(name=name).drop(op.get_bind(), checkfirst=True)
