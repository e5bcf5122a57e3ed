"""People, how they sign in, and what they are at which site."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from propapp.core.access import Role
from propapp.core.db.table import Table
from propapp.core.db.types import UtcDateTime
from propapp.core.ids import uuid7


class Person(Table, table=True):
    """Somebody who works for the company or owns a unit."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    name: str = Field(max_length=80)
    name_en: str = Field(default="", max_length=80)
    phone: str = Field(default="", max_length=32)
    locale: str = Field(default="zh-CN", max_length=16)
    active: bool = True
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Account(Table, table=True):
    """A name to sign in with and the argon2 hash of its password; none until they are invited."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    username: str = Field(unique=True, max_length=64)
    password_hash: str = Field(max_length=255)
    # Until when a password that somebody else has seen opens the door, once; nothing where it is
    # the person's own.
    first_until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class SignInSession(Table, table=True):
    """A signed-in browser. Only the SHA-256 of its token is stored."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_seen_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    user_agent: str = Field(default="", max_length=255)


class PushToken(Table, table=True):
    """A phone may deliver this person's work with it, and do nothing else; one for each device."""

    __table_args__ = (UniqueConstraint("person_id", "device_id"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    device_id: UUID
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class RoleAssignment(Table, table=True):
    """A person holds a role at a site."""

    __table_args__ = (UniqueConstraint("person_id", "site_id", "role"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    site_id: UUID = Field(foreign_key="site.id", index=True)
    role: Role
