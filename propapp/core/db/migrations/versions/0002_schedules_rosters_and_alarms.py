"""Schedules, rosters and alarms.

Revision: 0002
Follows: 0001
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from propapp.core.db.types import UtcDateTime
from propapp.core.ids import derived_id

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("WORKDAY", "MAKE_UP_WORKDAY", "REST_DAY", "HOLIDAY", name="daykind"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "duty_rules",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("long_rest", sa.Integer(), nullable=False),
        sa.Column("days_in_row", sa.Integer(), nullable=False),
        sa.Column("nights_in_row", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_duty_rules_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_duty_rules")),
    )
    op.create_table(
        "leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ASKED",
                "ACCEPTED",
                "DECLINED",
                "APPROVED",
                "REFUSED",
                "WITHDRAWN",
                name="askstatus",
            ),
            nullable=False,
        ),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_leave_person_id_person")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_leave_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.create_index("ix_leave_site_last", ["site_id", "last"], unique=False)

    op.create_table(
        "round_seed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("draws", sa.JSON(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("committed_at", UtcDateTime(), nullable=False),
        sa.Column("over_at", UtcDateTime(), nullable=False),
        sa.Column("revealed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_round_seed_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_seed")),
        sa.UniqueConstraint("site_id", "local_date", name=op.f("uq_round_seed_site_id_local_date")),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
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
                name="role",
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=40), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column(
            "day_rule", sa.Enum("EVERY", "WORKDAYS", "REST_DAYS", name="dayrule"), nullable=False
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_shift_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_site_id"), ["site_id"], unique=False)

    op.create_table(
        "weather_hook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_weather_hook_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weather_hook")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_weather_hook_token_sha256")),
    )
    with op.batch_alter_table("weather_hook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_weather_hook_site_id"), ["site_id"], unique=False)

    op.create_table(
        "roster_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_day_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift.id"], name=op.f("fk_roster_day_shift_id_shift")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_roster_day_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_day")),
        sa.UniqueConstraint(
            "person_id", "day", "shift_id", name=op.f("uq_roster_day_person_id_day_shift_id")
        ),
    )
    with op.batch_alter_table("roster_day", schema=None) as batch_op:
        batch_op.create_index("ix_roster_day_site_day", ["site_id", "day"], unique=False)

    op.create_table(
        "swap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("asker_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("other_shift_id", sa.Uuid(), nullable=True),
        sa.Column("other_day", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ASKED",
                "ACCEPTED",
                "DECLINED",
                "APPROVED",
                "REFUSED",
                "WITHDRAWN",
                name="askstatus",
            ),
            nullable=False,
        ),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_swap_asker_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_swap_other_id_person")),
        sa.ForeignKeyConstraint(
            ["other_shift_id"], ["shift.id"], name=op.f("fk_swap_other_shift_id_shift")
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_swap_shift_id_shift")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_swap_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
    )
    with op.batch_alter_table("swap", schema=None) as batch_op:
        batch_op.create_index("ix_swap_site_asked", ["site_id", "asked_at"], unique=False)

    op.create_table(
        "task_schedule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("route_id", sa.Uuid(), nullable=False),
        sa.Column("plan_task_id", sa.Uuid(), nullable=True),
        sa.Column(
            "trigger",
            sa.Enum(
                "CALENDAR",
                "RANDOM",
                "RAIN",
                "STORM",
                "TYPHOON",
                "HEAT",
                "FROST",
                "SNOW",
                name="trigger",
            ),
            nullable=False,
        ),
        sa.Column("rrule", sa.String(length=400), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column(
            "day_rule", sa.Enum("EVERY", "WORKDAYS", "REST_DAYS", name="dayrule"), nullable=False
        ),
        sa.Column("season", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("random", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_until", sa.Date(), nullable=True),
        sa.Column("made_edition", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name=op.f("fk_task_schedule_route_id_route")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_task_schedule_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_schedule")),
    )
    with op.batch_alter_table("task_schedule", schema=None) as batch_op:
        batch_op.create_index("ix_task_schedule_made", ["made_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_schedule_route_id"), ["route_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_schedule_site_id"), ["site_id"], unique=False)

    op.create_table(
        "weather_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column(
            "trigger",
            sa.Enum(
                "CALENDAR",
                "RANDOM",
                "RAIN",
                "STORM",
                "TYPHOON",
                "HEAT",
                "FROST",
                "SNOW",
                name="trigger",
            ),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("hook_id", sa.Uuid(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hook_id"], ["weather_hook.id"], name=op.f("fk_weather_event_hook_id_weather_hook")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_weather_event_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weather_event")),
        sa.UniqueConstraint("site_id", "key", name=op.f("uq_weather_event_site_id_key")),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step",
            sa.Enum("WALKER", "SUPERVISOR", "MANAGER", "CONFIRMED", "WITHDRAWN", name="alarmstep"),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("offline_since", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_alarm_occurrence_id_occurrence")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alarm_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint(
            "occurrence_id", "step", "person_id", name=op.f("uq_alarm_occurrence_id_step_person_id")
        ),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("schedule_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("plan_task_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("kind", sa.String(length=20), nullable=False, server_default="calendar")
        )
        batch_op.add_column(
            sa.Column("provisional", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("alarmed", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("offline_since", UtcDateTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_occurrence_schedule_id_task_schedule"),
            "task_schedule",
            ["schedule_id"],
            ["id"],
        )
    _windows_become_schedules()
    with op.batch_alter_table("route_window", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_route_window_route_id"))

    op.drop_table("route_window")


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_occurrence_schedule_id_task_schedule"), type_="foreignkey"
        )
        batch_op.drop_column("offline_since")
        batch_op.drop_column("alarmed")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("provisional")
        batch_op.drop_column("kind")
        batch_op.drop_column("plan_task_id")
        batch_op.drop_column("schedule_id")

    op.create_table(
        "route_window",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("route_id", sa.Uuid(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name=op.f("fk_route_window_route_id_route")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_window")),
        sa.UniqueConstraint("route_id", "opens", name=op.f("uq_route_window_route_id_opens")),
    )
    with op.batch_alter_table("route_window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_route_window_route_id"), ["route_id"], unique=False)

    op.drop_table("alarm")
    op.drop_table("weather_event")
    with op.batch_alter_table("task_schedule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_schedule_site_id"))
        batch_op.drop_index(batch_op.f("ix_task_schedule_route_id"))
        batch_op.drop_index("ix_task_schedule_made")

    op.drop_table("task_schedule")
    with op.batch_alter_table("swap", schema=None) as batch_op:
        batch_op.drop_index("ix_swap_site_asked")

    op.drop_table("swap")
    with op.batch_alter_table("roster_day", schema=None) as batch_op:
        batch_op.drop_index("ix_roster_day_site_day")

    op.drop_table("roster_day")
    with op.batch_alter_table("weather_hook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_weather_hook_site_id"))

    op.drop_table("weather_hook")
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shift_site_id"))

    op.drop_table("shift")
    op.drop_table("round_seed")
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.drop_index("ix_leave_site_last")

    op.drop_table("leave")
    op.drop_table("duty_rules")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")


def _windows_become_schedules() -> None:
    """Every route goes on as it did: all its windows, every day."""
    connection = op.get_bind()
    window = sa.table(
        "route_window",
        *[sa.column("route_id", sa.Uuid()), sa.column("opens", sa.Integer())],
        *[sa.column("minutes", sa.Integer()), sa.column("grace", sa.Integer())],
    )
    route = sa.table("route", sa.column("id", sa.Uuid()), sa.column("site_id", sa.Uuid()))
    rows = connection.execute(
        sa.select(route.c.id, route.c.site_id, window.c.opens, window.c.minutes, window.c.grace)
        .join(window, window.c.route_id == route.c.id)
        .order_by(route.c.id, window.c.opens)
    ).all()
    schedules = [
        _schedule(site_id, route_id, [row[2:] for row in rows if row[0] == route_id])
        for route_id, site_id in dict.fromkeys((row[0], row[1]) for row in rows)
    ]
    if schedules:
        connection.execute(sa.insert(_SCHEDULE), schedules)
    for made in schedules:
        connection.execute(
            sa.update(_OCCURRENCE)
            .where(_OCCURRENCE.c.route_id == made["route_id"])
            .values(schedule_id=made["id"])
        )


def _schedule(site_id: UUID, route_id: UUID, windows: list[Any]) -> dict[str, Any]:
    return {
        "id": derived_id("schedule", route_id),
        "site_id": site_id,
        "route_id": route_id,
        "trigger": "CALENDAR",
        "rrule": "FREQ=DAILY",
        "windows": [dict(zip(("opens", "minutes", "grace"), one, strict=True)) for one in windows],
        "day_rule": "EVERY",
        "starts": date(2026, 1, 1),
        "ends": date(2027, 12, 31),
        "active": True,
        "version": 1,
        "made_edition": "",
    }


_SCHEDULE = sa.table(
    "task_schedule",
    sa.column("id", sa.Uuid()),
    sa.column("site_id", sa.Uuid()),
    sa.column("route_id", sa.Uuid()),
    sa.column("trigger", sa.Enum("CALENDAR", name="trigger")),
    sa.column("rrule", sa.String()),
    sa.column("windows", sa.JSON()),
    sa.column("day_rule", sa.Enum("EVERY", name="dayrule")),
    sa.column("starts", sa.Date()),
    sa.column("ends", sa.Date()),
    sa.column("active", sa.Boolean()),
    sa.column("version", sa.Integer()),
    sa.column("made_edition", sa.String()),
)
_OCCURRENCE = sa.table(
    "occurrence", sa.column("route_id", sa.Uuid()), sa.column("schedule_id", sa.Uuid())
)
