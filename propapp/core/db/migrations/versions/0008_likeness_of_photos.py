"""likeness of photos.

Revision: 0008
Follows: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BANDS = ("band_1", "band_2", "band_3", "band_4")


def upgrade() -> None:
    """Forward; what photos look like is noted by the house, some each minute."""
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.add_column(sa.Column("likeness", sa.String(length=64), nullable=True))
        for band in BANDS:
            batch_op.add_column(sa.Column(band, sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_photo_{band}"), [band], unique=False)
        batch_op.create_index(
            "ix_photo_unseen",
            ["stored_at"],
            unique=False,
            sqlite_where=sa.text("likeness IS NULL"),
            postgresql_where=sa.text("likeness IS NULL"),
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index("ix_photo_unseen")
        for band in reversed(BANDS):
            batch_op.drop_index(batch_op.f(f"ix_photo_{band}"))
            batch_op.drop_column(band)
        batch_op.drop_column("likeness")
