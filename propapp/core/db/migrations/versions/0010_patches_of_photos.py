"""patches of photos.

Revision: 0010
Follows: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; what was looked at before is looked at once more, for its patches."""
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.add_column(sa.Column("patches", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE photo SET likeness = NULL")


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_column("patches")
