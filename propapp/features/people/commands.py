"""What a person may ask about their own account, and whoever keeps the people of a site."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field

from propapp.core.access import POSTS, Role
from propapp.core.fields import Name
from propapp.core.use_case import Command


class ChooseLanguage(Command):
    """Read everything in this language from now on."""

    locale: Literal["zh-CN", "en"]


def _is_post(role: Role) -> Role:
    if role not in POSTS:
        raise ValueError("an owner is no post")
    return role


# As it is typed at the door, where capitals do not matter.
Username = Annotated[
    str,
    BeforeValidator(lambda said: said.strip().casefold() if isinstance(said, str) else said),
    Field(max_length=64, pattern=r"^([a-z0-9][a-z0-9._@+-]{1,63})?$"),
]
Post = Annotated[Role, AfterValidator(_is_post)]


class KeepPerson(Command):
    """Somebody works at this site in these posts; an id that is known changes them.

    ``username`` is what they sign in with; who never signs in has none. ``roles`` are all posts at
    this site. Who is not ``active`` has left the company.
    """

    person_id: UUID
    site_id: UUID
    name: Annotated[Name, Field(min_length=1)]
    name_en: Name = ""
    phone: Annotated[str, Field(pattern=r"^[0-9+() -]{0,32}$")] = ""
    username: Username = ""
    roles: Annotated[frozenset[Post], Field(max_length=len(POSTS))]
    active: bool = True


class GivePassword(Command):
    """A first password for somebody who has a sign-in name; only its hash is said here."""

    person_id: UUID
    hashed: Annotated[str, Field(max_length=255)]
