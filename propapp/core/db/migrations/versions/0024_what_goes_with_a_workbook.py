"""What goes with a workbook though no row of it says so, such as stops that are left out.

Revision: 0024
Follows: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notices", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.alter_column("notices", server_default=None)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.drop_column("notices")
