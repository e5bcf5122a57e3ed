"""Until when a first password opens the door.

Revision: 0025
Follows: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    # Passwords that were given before stay what they are: nobody is asked anew.
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_until", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("first_until")
