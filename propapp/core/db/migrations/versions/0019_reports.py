"""reports, and how often a file was tried.

Revision: 0019
Follows: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("evidence_export", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("evidence_export", schema=None) as batch_op:
        batch_op.alter_column("tries", server_default=None)
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=False),
        sa.Column(
            "status", sa.Enum("WAITING", "READY", "FAILED", name="exportstatus"), nullable=False
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.Column("kind", sa.Enum("PERFORMANCE", "PLAN", name="reportkind"), nullable=False),
        sa.Column("form", sa.Enum("PDF", "XLSX", name="reportform"), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_report_person_id_person"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_report_plan_id_plan"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_report_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
    )
    op.create_index("ix_report_site", "report", ["site_id", "asked_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_report_site", table_name="report")
    op.drop_table("report")
    with op.batch_alter_table("evidence_export", schema=None) as batch_op:
        batch_op.drop_column("tries")
