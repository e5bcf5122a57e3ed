"""challenges at checkpoints, drawn by the day's seed, with what came of them.

Revision: 0017
Follows: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "challenge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum("QUESTION", "DETAIL", name="challengekind"), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("text_en", sa.String(length=120), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=True),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("kept_by", sa.Uuid(), nullable=True),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("dropped_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["checkpoint.id"], name=op.f("fk_challenge_checkpoint_id_checkpoint")
        ),
        sa.ForeignKeyConstraint(
            ["dropped_by"], ["person.id"], name=op.f("fk_challenge_dropped_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["person.id"], name=op.f("fk_challenge_kept_by_person")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_challenge_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    op.create_index(op.f("ix_challenge_site_id"), "challenge", ["site_id"])
    op.create_index(op.f("ix_challenge_checkpoint_id"), "challenge", ["checkpoint_id"])
    with op.batch_alter_table("round_seed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("challenges", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("challenge", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_column("challenge")
    with op.batch_alter_table("round_seed", schema=None) as batch_op:
        batch_op.drop_column("challenges")
    op.drop_index(op.f("ix_challenge_checkpoint_id"), table_name="challenge")
    op.drop_index(op.f("ix_challenge_site_id"), table_name="challenge")
    op.drop_table("challenge")
