"""letters that share a goal out, and who has signed them.

Revision: 0015
Follows: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_HOLDS = sa.text("status = 'ISSUED'")
_ROLES = (
    "GUARD",
    "CLEANER",
    "TECHNICIAN",
    "SERVICE_DESK",
    "SUPERVISOR",
    "MANAGER",
    "FINANCE",
    "AUDITOR",
    "ADMINISTRATOR",
    "OWNER",
)
_STATUSES = ("DRAFT", "ISSUED", "REPLACED", "WITHDRAWN")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Enum(*_STATUSES, name="letterstatus"), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_letter_goal_id_goal")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_letter_site_id_site")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_letter_made_by_person")),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_letter_issued_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("goal_id", "version", name=op.f("uq_letter_goal_id_version")),
    )
    op.create_index(
        "uq_letter_issued",
        "letter",
        ["goal_id"],
        unique=True,
        sqlite_where=_HOLDS,
        postgresql_where=_HOLDS,
    )
    op.create_table(
        "letter_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("post", sa.Enum(*_ROLES, name="role"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=400), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("words_en", sa.String(length=4000), nullable=False),
        sa.Column("words_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("signed_name", sa.String(length=80), nullable=False),
        sa.Column("signature", sa.String(length=8000), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_part_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_letter_part_site_id_site")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_part_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_part")),
        sa.UniqueConstraint(
            "letter_id", "person_id", name=op.f("uq_letter_part_letter_id_person_id")
        ),
    )
    op.create_index("ix_letter_part_person", "letter_part", ["person_id", "letter_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_letter_part_person", table_name="letter_part")
    op.drop_table("letter_part")
    op.drop_index("uq_letter_issued", table_name="letter")
    op.drop_table("letter")
