"""Stops of a route that another took the place of stay, for what was walked by them.

Revision: 0022
Follows: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_STANDS = sa.text("replaced_at IS NULL")
_ONCE = "uq_route_point_route_id_position"
_STANDING = "uq_route_point_standing"


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("route_point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("placed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("replaced_at", UtcDateTime(), nullable=True))
        batch_op.drop_constraint(batch_op.f(_ONCE), type_="unique")
    op.create_index(
        _STANDING,
        "route_point",
        ["route_id", "position"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )


def downgrade() -> None:
    """Back, where no stop was replaced yet."""
    op.drop_index(_STANDING, table_name="route_point")
    with op.batch_alter_table("route_point", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f(_ONCE), ["route_id", "position"])
        batch_op.drop_column("replaced_at")
        batch_op.drop_column("placed_at")
