"""Tasks without a route that are done on the phone, and the routes of one stop made for them.

Revision: 0023
Follows: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_FLAGS = (("plan_task", "work", sa.false()), ("checkpoint", "coded", sa.true()))


def upgrade() -> None:
    """Forward."""
    # What was planned before is a date, as it was; a point that is there has a code.
    for table, name, usual in _FLAGS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=usual))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("route", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Back."""
    for table, name in (("route", "plan_id"), ("checkpoint", "coded"), ("plan_task", "work")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(name)
