"""prints of codes.

Revision: 0009
Follows: 0008
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime
from propapp.core.ids import derived_id

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: what hangs at the checkpoints becomes print 0 of each."""
    op.create_table(
        "checkpoint_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("checkpoint_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=64), nullable=False),
        sa.Column("printed_at", UtcDateTime(), nullable=False),
        sa.Column("printed_by", sa.Uuid(), nullable=True),
        sa.Column("first_scanned_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_why", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"],
            ["checkpoint.id"],
            name=op.f("fk_checkpoint_code_checkpoint_id_checkpoint"),
        ),
        sa.ForeignKeyConstraint(
            ["printed_by"], ["person.id"], name=op.f("fk_checkpoint_code_printed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["person.id"], name=op.f("fk_checkpoint_code_revoked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_checkpoint_code_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint_code")),
        sa.UniqueConstraint(
            "checkpoint_id", "number", name=op.f("uq_checkpoint_code_checkpoint_id_number")
        ),
        sa.UniqueConstraint("text", name=op.f("uq_checkpoint_code_text")),
    )
    with op.batch_alter_table("checkpoint_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkpoint_code_site_id"), ["site_id"], unique=False)
    _move_codes()
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_checkpoint_code"), type_="unique")
        batch_op.drop_column("code")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("mocked", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("code_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_visit_code_id_checkpoint_code"),
            "checkpoint_code",
            ["code_id"],
            ["id"],
        )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.alter_column("mocked", server_default=None)
    with op.batch_alter_table("server_meta", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "secret",
                sa.String(length=64),
                nullable=False,
                server_default=secrets.token_hex(32),
            )
        )
    with op.batch_alter_table("server_meta", schema=None) as batch_op:
        batch_op.alter_column("secret", server_default=None)


def downgrade() -> None:
    """Back: of each checkpoint the newest print is kept."""
    with op.batch_alter_table("server_meta", schema=None) as batch_op:
        batch_op.drop_column("secret")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_visit_code_id_checkpoint_code"), type_="foreignkey")
        batch_op.drop_column("code_id")
        batch_op.drop_column("mocked")
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(length=64), nullable=True))
    _bring_back_codes()
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.alter_column("code", nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_checkpoint_code"), ["code"])
    op.drop_table("checkpoint_code")


_CHECKPOINT = sa.table(
    "checkpoint",
    sa.column("id", sa.Uuid()),
    sa.column("site_id", sa.Uuid()),
    sa.column("code", sa.String()),
)
_CODE = sa.table(
    "checkpoint_code",
    sa.column("id", sa.Uuid()),
    sa.column("site_id", sa.Uuid()),
    sa.column("checkpoint_id", sa.Uuid()),
    sa.column("number", sa.Integer()),
    sa.column("text", sa.String()),
    sa.column("printed_at", UtcDateTime()),
    sa.column("revoked_why", sa.String()),
)


def _move_codes() -> None:
    connection, now = op.get_bind(), datetime.now(UTC)
    moved = [
        {
            "id": derived_id("checkpoint_code", point.id, 0),
            "site_id": point.site_id,
            "checkpoint_id": point.id,
            "number": 0,
            "text": point.code,
            "printed_at": now,
            "revoked_why": "",
        }
        for point in connection.execute(sa.select(_CHECKPOINT))
    ]
    if moved:
        connection.execute(sa.insert(_CODE), moved)


def _bring_back_codes() -> None:
    newest = (
        sa.select(_CODE.c.text)
        .where(_CODE.c.checkpoint_id == _CHECKPOINT.c.id)
        .order_by(_CODE.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    # A checkpoint that no code was printed for yet still needs one that is its own.
    op.execute(
        sa.update(_CHECKPOINT).values(
            code=sa.func.coalesce(newest, sa.cast(_CHECKPOINT.c.id, sa.String()))
        )
    )
