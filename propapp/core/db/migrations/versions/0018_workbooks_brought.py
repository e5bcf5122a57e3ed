"""workbooks that were brought to be looked through and taken in.

Revision: 0018
Follows: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STATUSES = ("WAITING", "CHECKED", "TAKING", "TAKEN", "REFUSED", "FAILED", "DROPPED")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("status", sa.Enum(*_STATUSES, name="sheetstatus"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("brought_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sheet_import_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_sheet_import_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
    )
    op.create_index("ix_sheet_import_site", "sheet_import", ["site_id", "brought_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_sheet_import_site", table_name="sheet_import")
    op.drop_table("sheet_import")
