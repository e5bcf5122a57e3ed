"""goals and the clauses that serve them.

Revision: 0014
Follows: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("measure_version", sa.Integer(), nullable=False),
        sa.Column("comparison", sa.Enum("AT_LEAST", "AT_MOST", name="comparison"), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("status", sa.Enum("SET", "DROPPED", name="goalstatus"), nullable=False),
        sa.Column("drop_reason", sa.String(length=400), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_goal_site_id_site")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["person.id"], name=op.f("fk_goal_responsible_id_person")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_goal_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index("ix_goal_site", "goal", ["site_id", "status", "ends"])
    op.create_table(
        "goal_clause",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_clause_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_goal_clause_clause_id_clause")
        ),
        sa.PrimaryKeyConstraint("goal_id", "clause_id", name=op.f("pk_goal_clause")),
    )
    op.create_index(op.f("ix_goal_clause_clause_id"), "goal_clause", ["clause_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_goal_clause_clause_id"), table_name="goal_clause")
    op.drop_table("goal_clause")
    op.drop_index("ix_goal_site", table_name="goal")
    op.drop_table("goal")
    sa.Enum(name="comparison").drop(op.get_bind(), checkfirst=True)
    sa.Enum(name="goalstatus").drop(op.get_bind(), checkfirst=True)
