"""Room for complaints among what orders are about.

Revision: 0026
Follows: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_BEFORE = ("WATER", "ELECTRIC", "LIFT", "DOOR", "FIRE", "CLEANING", "GARDEN", "PUBLIC", "OTHER")


def upgrade() -> None:
    """Forward."""
    _change(_BEFORE, (*_BEFORE[:-1], "COMPLAINT", _BEFORE[-1]))


def downgrade() -> None:
    """Back: complaints are about something else again."""
    op.execute("UPDATE work_order SET category = 'OTHER' WHERE category = 'COMPLAINT'")
    _change((*_BEFORE[:-1], "COMPLAINT", _BEFORE[-1]), _BEFORE)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("work_order", schema=None) as batch_op:
        batch_op.alter_column(
            "category",
            existing_type=sa.Enum(*before, name="category"),
            type_=sa.Enum(*after, name="category"),
            existing_nullable=False,
        )
