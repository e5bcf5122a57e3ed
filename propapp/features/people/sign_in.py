"""Signing in and out: counted attempts, a token shown once, only its hash stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import update
from sqlmodel import Session, col, select

from propapp.core.access import Actor, Permission
from propapp.core.clock import Clock, SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.errors import (
    FirstPassword,
    FirstPasswordExpired,
    TooManyAttempts,
    WrongCredentials,
)
from propapp.core.settings import settings
from propapp.core.unit_of_work import unit_of_work
from propapp.features.people import passwords, push
from propapp.features.people.actors import (
    actor_of_person,
    roles_of,
    session_lifetime,
    token_hash,
)
from propapp.features.people.choosing import refuse_weak
from propapp.features.people.homes import home_for
from propapp.features.people.models import Account, Person, SignInSession
from propapp.features.people.service import choose_password

PER_ACCOUNT: RateLimitItem = RateLimitItemPerMinute(10, 5, namespace="account")
# A whole office may sit behind one address.
PER_ADDRESS: RateLimitItem = RateLimitItemPerMinute(100, 5, namespace="address")


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and from where; a new password where the one they have is a first."""

    username: str
    password: str
    new_password: str = ""
    address: str = ""
    user_agent: str = ""


@dataclass(frozen=True)
class SignedIn:
    """The token for the cookie, and where the person begins."""

    token: str
    person_id: UUID
    home: str


@lru_cache(maxsize=1)
def limiter() -> MovingWindowRateLimiter:
    """Counts attempts where the settings say."""
    return MovingWindowRateLimiter(storage_from_string(settings().attempts))


def sign_in(attempt: Attempt, *, before: str = "", clock: Clock | None = None) -> SignedIn:
    """Check the password and begin a new session; the one the browser had before ends."""
    username = attempt.username.strip().casefold()
    _count(username, attempt.address)
    account = _account(username)
    if not _fits(account, attempt.password) or account is None:
        raise WrongCredentials
    if account.first_until is not None:
        attempt, account = _begin_with_own(account, attempt, clock)
    limiter().clear(PER_ACCOUNT, username)
    return _begin(account, attempt, before, (clock or SystemClock()).now())


def change_password(
    actor: Actor, attempt: Attempt, *, token: str = "", clock: Clock | None = None
) -> None:
    """Another password of one's own, for who shows that they know the one they have.

    ``attempt`` names no account: it is the actor's. Guesses are counted as at the door.
    """
    actor.require(Permission.ACCOUNT_OWN)
    account = _account_of(actor)
    _count(account.username if account else "", attempt.address)
    if not _fits(account, attempt.password) or account is None:
        raise WrongCredentials
    _choose(actor, account, attempt, clock, token=token)
    limiter().clear(PER_ACCOUNT, account.username)


def _begin_with_own(
    account: Account, attempt: Attempt, clock: Clock | None
) -> tuple[Attempt, Account]:
    """A first password is worth one of the person's own, and nothing else."""
    if account.first_until is None or account.first_until <= (clock or SystemClock()).now():
        raise FirstPasswordExpired
    if not attempt.new_password:
        raise FirstPassword
    with read_session() as session:
        actor = actor_of_person(session, account.person_id)
    _choose(actor, account, attempt, clock)
    chosen = _account(account.username)
    if chosen is None:
        raise WrongCredentials
    return replace(attempt, password=attempt.new_password, new_password=""), chosen


def _choose(
    actor: Actor, account: Account, attempt: Attempt, clock: Clock | None, *, token: str = ""
) -> None:
    refuse_weak(attempt.new_password, username=account.username, before=attempt.password)
    hashed = passwords.hash_password(attempt.new_password)
    with unit_of_work(actor, clock=clock) as uow:
        choose_password(uow, account, hashed, token=token)


def sign_out(token: str, clock: Clock | None = None) -> None:
    """End the session of this token, if it is one."""
    with write_session() as session, session.begin():
        _revoke(session, token, (clock or SystemClock()).now())


def sign_out_everywhere(person_id: UUID, clock: Clock | None = None) -> None:
    """End every session of a person, and what their phones may deliver without one."""
    with write_session() as session, session.begin():
        push.end_all(session, person_id, (clock or SystemClock()).now())


def _fits(account: Account | None, password: str) -> bool:
    """Asked for unknown accounts too, which must not answer faster."""
    stored = account.password_hash if account else None
    return len(password) <= passwords.MAX_LENGTH and passwords.matches(stored, password)


def _count(username: str, address: str) -> None:
    within = limiter().hit(PER_ADDRESS, address) and limiter().hit(PER_ACCOUNT, username)
    if not within:
        raise TooManyAttempts


def _account_of(actor: Actor) -> Account | None:
    with read_session() as session:
        return session.get(Account, actor.person_id)


def _account(username: str) -> Account | None:
    with read_session() as session:
        return session.exec(
            select(Account)
            .join(Person, col(Person.id) == Account.person_id)
            .where(Account.username == username, col(Person.active).is_(True))
        ).one_or_none()


def _begin(account: Account, attempt: Attempt, before: str, now: datetime) -> SignedIn:
    token = secrets.token_urlsafe(32)
    outdated = passwords.is_outdated(account.password_hash)
    renewed = passwords.hash_password(attempt.password) if outdated else account.password_hash
    with write_session() as session, session.begin():
        if outdated:
            session.get_one(Account, account.person_id).password_hash = renewed
        _revoke(session, before, now)
        session.add(
            SignInSession(
                token_hash=token_hash(token),
                person_id=account.person_id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + session_lifetime(),
                user_agent=attempt.user_agent[:255],
            )
        )
        roles = roles_of(session, account.person_id)
    home = home_for(role for held in roles.values() for role in held)
    return SignedIn(token, account.person_id, home)


def _revoke(session: Session, token: str, now: datetime) -> None:
    if not token:
        return
    session.execute(
        update(SignInSession)
        .where(col(SignInSession.token_hash) == token_hash(token))
        .where(col(SignInSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
