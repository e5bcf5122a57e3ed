"""What whoever decided leave or a swap wrote to those who asked.

Revision: 0020
Follows: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TABLES = ("leave", "swap")


def upgrade() -> None:
    """Forward."""
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            answer = sa.Column("answer", sa.String(length=400), nullable=False, server_default="")
            batch_op.add_column(answer)


def downgrade() -> None:
    """Back."""
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("answer")
