"""the library of standards.

Revision: 0007
Follows: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "standard",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("STATUTE", "STANDARD", "PRACTICE", "COMPANY", name="standardkind"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("FIRST_BEST", "LAST_BEST", "NONE", name="direction"),
            nullable=False,
        ),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard")),
        sa.UniqueConstraint("code", name=op.f("uq_standard_code")),
    )
    op.create_table(
        "clause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("standard_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "FIRE",
                "LIFT",
                "WATER",
                "EQUIPMENT",
                "BUILDING",
                "ORDER",
                "CLEANING",
                "GREEN",
                "SERVICE",
                "FITOUT",
                "DISCLOSURE",
                "MANAGEMENT",
                name="servicearea",
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("cities", sa.JSON(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_clause_standard_id_standard")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("standard_id", "number", name=op.f("uq_clause_standard_id_number")),
    )
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_standard_id"), ["standard_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clause_subject"), ["subject"], unique=False)

    op.create_table(
        "clause_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column(
            "mark",
            sa.Enum("LAW", "PAGE", "EXCERPT", "MEMORY", "COMPANY", name="mark"),
            nullable=False,
        ),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_clause_version_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_clause_version_clause_id_clause")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_version")),
        sa.UniqueConstraint("clause_id", "starts", name=op.f("uq_clause_version_clause_id_starts")),
    )
    with op.batch_alter_table("clause_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clause_version_clause_id"), ["clause_id"], unique=False
        )

    op.create_table(
        "clause_level",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("text_en", sa.String(length=300), nullable=False),
        sa.Column("often", sa.String(length=24), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("demanded", sa.Boolean(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum("LAW", "PAGE", "EXCERPT", "MEMORY", "COMPANY", name="mark"),
            nullable=False,
        ),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["clause_version.id"],
            name=op.f("fk_clause_level_version_id_clause_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_level")),
        sa.UniqueConstraint("version_id", "level", name=op.f("uq_clause_level_version_id_level")),
    )
    with op.batch_alter_table("clause_level", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clause_level_version_id"), ["version_id"], unique=False
        )

    # There were no clauses that a task could have named.
    op.execute("UPDATE plan_task SET clause_id = NULL")
    with op.batch_alter_table("plan_task", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_plan_task_clause_id_clause_version"),
            "clause_version",
            ["clause_id"],
            ["id"],
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("plan_task", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_plan_task_clause_id_clause_version"), type_="foreignkey"
        )

    with op.batch_alter_table("clause_level", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_level_version_id"))

    op.drop_table("clause_level")
    with op.batch_alter_table("clause_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_version_clause_id"))

    op.drop_table("clause_version")
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_subject"))
        batch_op.drop_index(batch_op.f("ix_clause_standard_id"))

    op.drop_table("clause")
    op.drop_table("standard")
