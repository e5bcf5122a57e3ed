"""work that is held back, and an index of what had no effect.

Revision: 0027
Follows: 0026
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "held_operation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ref_id", sa.Uuid(), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("refusal", sa.String(length=40), nullable=False),
        sa.Column("refusal_facts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Enum("OPEN", "DONE", "SETTLED", name="heldstatus"), nullable=False),
        sa.Column("noticed_at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.String(length=800), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_held_operation_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name=op.f("fk_held_operation_settled_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_held_operation_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_operation")),
        sa.UniqueConstraint("ref_id", "site_id", name=op.f("uq_held_operation_ref_id_site_id")),
    )
    with op.batch_alter_table("held_operation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_held_operation_site", ["site_id", "status", "noticed_at"], unique=False
        )
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_operation_without_effect",
            ["received_at", "id"],
            unique=False,
            sqlite_where=sa.text("status <> 'APPLIED'"),
            postgresql_where=sa.text("status <> 'APPLIED'"),
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_operation_without_effect",
            sqlite_where=sa.text("status <> 'APPLIED'"),
            postgresql_where=sa.text("status <> 'APPLIED'"),
        )
    with op.batch_alter_table("held_operation", schema=None) as batch_op:
        batch_op.drop_index("ix_held_operation_site")
    op.drop_table("held_operation")
