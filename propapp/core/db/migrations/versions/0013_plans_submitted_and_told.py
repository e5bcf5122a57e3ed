"""plans are submitted, told of, and hold one at a time.

Revision: 0013
Follows: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_HOLDS = sa.text("status = 'IN_FORCE'")


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("submitted_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("told_at", UtcDateTime(), nullable=True))
    # What happened before there was anybody to tell is no news.
    op.execute("UPDATE plan SET told_at = changed_at")
    op.create_index(
        "uq_plan_in_force",
        "plan",
        ["root_id"],
        unique=True,
        sqlite_where=_HOLDS,
        postgresql_where=_HOLDS,
    )


def downgrade() -> None:
    """Back."""
    op.drop_index("uq_plan_in_force", table_name="plan")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("told_at")
        batch_op.drop_column("submitted_at")
