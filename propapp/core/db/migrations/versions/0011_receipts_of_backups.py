"""receipts of backups.

Revision: 0011
Follows: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("server_meta", schema=None) as batch_op:
        batch_op.add_column(sa.Column("backed_up_to", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("server_meta", schema=None) as batch_op:
        batch_op.drop_column("backed_up_to")
