"""what a site has, and what an hour of a post costs there.

Revision: 0016
Follows: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "site_profile",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("city", sa.String(length=24), nullable=False),
        sa.Column("has", sa.JSON(), nullable=False),
        sa.Column("hourly", sa.JSON(), nullable=False),
        sa.Column("person_hours", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_profile_site_id_site")
        ),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_profile")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("site_profile")
