"""an index for what came of a person's work that was held back.

Revision: 0028
Follows: 0027
"""

from __future__ import annotations

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("held_operation", schema=None) as batch_op:
        batch_op.create_index("ix_held_operation_person", ["person_id", "settled_at"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("held_operation", schema=None) as batch_op:
        batch_op.drop_index("ix_held_operation_person")
