"""What a person does with their own account, and what whoever keeps a site's people does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from propapp.core.access import POSTS, Permission, Role
from propapp.core.errors import (
    HeldElsewhere,
    InvalidInput,
    LastAdministrator,
    NotAllowed,
    NotFound,
    UsernameTaken,
    WrongCredentials,
)
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.people import passwords, push, repository
from propapp.features.people.actors import roles_of
from propapp.features.people.commands import ChooseLanguage, GivePassword, KeepPerson
from propapp.features.people.models import Account, Person, RoleAssignment

Held = Mapping[UUID, frozenset[Role]]

# How long a first password waits for its person.
FIRST = timedelta(days=7)


@use_case("account.choose_language", Permission.ACCOUNT_OWN)
def choose_language(uow: UnitOfWork, command: ChooseLanguage) -> None:
    """Remember the language for every device of the person."""
    uow.session.get_one(Person, uow.actor.person_id).locale = command.locale


@use_case("person.keep", Permission.STAFF_WRITE)
def keep_person(uow: UnitOfWork, command: KeepPerson) -> Person:
    """Register somebody, or change them; the same words once more are no change.

    What is theirs at every site (name, number, sign-in, whether they left) is changed by whoever
    keeps the people of all their sites; their posts here by whoever does so here.
    """
    uow.allow_in(command.site_id)
    person = repository.held_for_change(uow.session, command.person_id)
    held: Held = roles_of(uow.session, command.person_id)
    if person is not None:
        _refuse_unseen(uow, held)
    posts = _posts(uow, command, held)
    words = command.model_dump(include={"name", "name_en", "phone", "active"})
    past = "made" if person is None else _past(person, words)
    if person is None:
        person = Person(id=command.person_id, created_at=uow.now, **words)
    elif past:
        _refuse_beyond(uow, held)
    if past == "left":
        _keep_administered(uow, command, held, held)
    person.sqlmodel_update(words)
    uow.session.add(person)
    uow.session.flush()
    named = _name_account(uow, command, held, person)
    if posts:
        _give_posts(uow, person.id, command.site_id, command.roles)
    if past == "left":
        _let_go(uow, person)
    if past or posts or named:
        _tell(uow, person, past or "changed", command.site_id, command.roles)
    return person


@use_case("person.give_password", Permission.STAFF_WRITE)
def give_password(uow: UnitOfWork, command: GivePassword) -> Account:
    """Somebody begins, or begins again, with a password that another has seen.

    They are signed out everywhere; what their phones hold still gets out.
    """
    person = repository.held_for_change(uow.session, command.person_id)
    held: Held = roles_of(uow.session, command.person_id)
    _refuse_unseen(uow, held)
    _refuse_beyond(uow, held)
    if command.person_id == uow.actor.person_id:
        # Their own they change where they know the one they have.
        raise NotAllowed(kind="account")
    account = uow.session.get(Account, command.person_id)
    if person is None or not person.active or account is None:
        raise NotFound(kind="account")
    if not passwords.is_of_today(command.hashed):
        raise InvalidInput(field="hashed")
    push.end_sessions(uow.session, person.id, uow.now)
    return _given(uow, person, account, command.hashed)


@internal
def administer(uow: UnitOfWork, site_id: UUID) -> None:
    """Whoever has just begun to serve a site is its administrator, and may name others."""
    person = uow.session.get_one(Person, uow.actor.person_id)
    posts = frozenset({Role.ADMINISTRATOR})
    _give_posts(uow, person.id, site_id, posts)
    _tell(uow, person, "changed", site_id, posts)


@internal
def set_password(uow: UnitOfWork, username: str, hashed: str) -> Person:
    """Somebody begins with this password, and nothing they had before counts any more."""
    account = repository.account_named(uow.session, username.strip().casefold())
    person = uow.session.get(Person, account.person_id) if account else None
    if account is None or person is None or not person.active:
        raise NotFound(kind="person")
    push.end_all(uow.session, person.id, uow.now)
    _given(uow, person, account, hashed)
    return person


@internal
def choose_password(uow: UnitOfWork, verified: Account, hashed: str, *, token: str = "") -> None:
    """One's own password instead of the one that was just shown to be known.

    The sessions of the person end, all but the one of this token; their phones still deliver.
    """
    person = repository.held_for_change(uow.session, verified.person_id)
    account = uow.session.get(Account, verified.person_id)
    if person is None or account is None or account.password_hash != verified.password_hash:
        # Another was given, or chosen, in this moment.
        raise WrongCredentials
    account.password_hash, account.first_until = hashed, None
    uow.session.add(account)
    push.end_sessions(uow.session, person.id, uow.now, but=token)
    _tell_everywhere(uow, person, "chose_password")


def _given(uow: UnitOfWork, person: Person, account: Account, hashed: str) -> Account:
    account.password_hash, account.first_until = hashed, uow.now + FIRST
    uow.session.add(account)
    _tell_everywhere(uow, person, "given_password")
    return account


def _tell_everywhere(uow: UnitOfWork, person: Person, past: str) -> None:
    for site_id in roles_of(uow.session, person.id):
        _record(uow, person, past, site_id)


def _refuse_beyond(uow: UnitOfWork, held: Held) -> None:
    """What counts at all sites of a person is not for whoever keeps the people of some of them."""
    for site_id, roles in held.items():
        if not uow.actor.may(Permission.STAFF_WRITE, site_id):
            raise HeldElsewhere
        administers = Role.ADMINISTRATOR in roles
        if administers and not uow.actor.may(Permission.ADMINISTRATOR_NAME, site_id):
            raise NotAllowed(kind="administrator")


def _refuse_unseen(uow: UnitOfWork, held: Held) -> None:
    """Who works at none of the actor's sites does not exist."""
    if not any(held.get(site, frozenset()) & set(POSTS) for site in uow.workable_sites()):
        raise NotFound(kind="person")


def _posts(uow: UnitOfWork, command: KeepPerson, held: Held) -> bool:
    """Whether the posts here change, if they may."""
    here = held.get(command.site_id, frozenset())
    before = here & set(POSTS)
    if not command.roles and held.keys() <= {command.site_id}:
        # Nobody would find them again.
        raise InvalidInput(field="roles")
    if before == command.roles:
        return False
    if Role.ADMINISTRATOR in before | command.roles:
        if not uow.actor.may(Permission.ADMINISTRATOR_NAME, command.site_id):
            raise NotAllowed(kind="administrator")
        if Role.ADMINISTRATOR not in command.roles:
            _keep_administered(uow, command, held, {command.site_id})
    return True


def _keep_administered(
    uow: UnitOfWork, command: KeepPerson, held: Held, losing: Mapping[UUID, object] | set[UUID]
) -> None:
    """Each of these sites has another administrator, and nobody ends their own last such post."""
    administered = {site for site, roles in held.items() if Role.ADMINISTRATOR in roles}
    lost = administered & set(losing)
    for site_id in sorted(lost):
        if not repository.other_administrators(uow.session, site_id, command.person_id):
            raise LastAdministrator
    if lost and lost == administered and command.person_id == uow.actor.person_id:
        raise LastAdministrator


def _past(person: Person, words: Mapping[str, object]) -> str:
    """What becomes of somebody who is known; nothing where nothing is another than it was."""
    if person.active and not words["active"]:
        return "left"
    if words["active"] and not person.active:
        return "came_back"
    return "changed" if any(getattr(person, name) != said for name, said in words.items()) else ""


def _name_account(uow: UnitOfWork, command: KeepPerson, held: Held, person: Person) -> bool:
    """Give the sign-in name; an account that is new has no password and opens nothing."""
    account = uow.session.get(Account, person.id)
    if command.username == (account.username if account else ""):
        return False
    _refuse_beyond(uow, held)
    if not command.username:
        raise InvalidInput(field="username")
    if repository.account_named(uow.session, command.username) is not None:
        raise UsernameTaken(name=command.username)
    account = account or Account(person_id=person.id, username="", password_hash="")
    account.username = command.username
    try:
        with uow.session.begin_nested():
            uow.session.add(account)
    except IntegrityError as error:
        # Somebody else took it at this moment.
        raise UsernameTaken(name=command.username) from error
    return True


def _give_posts(uow: UnitOfWork, person_id: UUID, site_id: UUID, roles: frozenset[Role]) -> None:
    held = repository.posts_at(uow.session, person_id, site_id)
    for post in held:
        if post.role not in roles:
            uow.session.delete(post)
    for role in roles - {post.role for post in held}:
        uow.session.add(RoleAssignment(person_id=person_id, site_id=site_id, role=role))
    uow.session.flush()


def _tell(
    uow: UnitOfWork, person: Person, past: str, site_id: UUID, roles: frozenset[Role]
) -> None:
    posts = [one.value for one in POSTS if one in roles]
    _record(uow, person, past, site_id, posts=posts)


def _record(uow: UnitOfWork, person: Person, past: str, site_id: UUID, **more: list[str]) -> None:
    record(
        uow,
        f"person.{past}",
        site_id=site_id,
        thing_kind="person",
        thing_id=person.id,
        name=person.name,
        name_en=person.name_en,
        **more,
    )


def _let_go(uow: UnitOfWork, person: Person) -> None:
    """Signed out everywhere, and whoever comes back is invited anew; what they did stays."""
    push.end_all(uow.session, person.id, uow.now)
    account = uow.session.get(Account, person.id)
    if account is not None:
        account.password_hash, account.first_until = "", None
        uow.session.add(account)
