"""An empty house is begun by hand: a site, its administrator, and a password each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from propapp.cli import main
from propapp.core.access import Role
from propapp.core.errors import FirstPassword, WrongCredentials
from propapp.core.timeline import TimelineEvent
from propapp.features.people import sign_in
from propapp.features.people.models import Account, RoleAssignment, SignInSession
from propapp.features.people.sign_in import Attempt
from propapp.features.sites.models import Site
from tests.world import rows

ALOUD = re.compile(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(autouse=True)
def a_site_by_hand(database: Path) -> None:
    sign_in.limiter.cache_clear()
    answer = run("site", "lake", "Lake", "--zone", "Asia/Urumqi")
    assert answer.exit_code == 0, answer.output


def the_password(*arguments: str) -> str:
    answer = run(*arguments)
    assert answer.exit_code == 0, answer.output
    said = answer.output.strip()
    assert ALOUD.fullmatch(said)
    return said


def opens(username: str, password: str) -> bool:
    """Whether the first password is worth one of their own."""
    try:
        sign_in.sign_in(Attempt(username, password))
    except FirstPassword:
        return True
    except WrongCredentials:
        return False
    return True


def test_a_house_begins_without_the_demo() -> None:
    (site,) = rows(Site)
    assert (site.code, site.zone) == ("LAKE", "Asia/Urumqi")
    first = the_password("administrator", "Li", "--sign-in", "Li.Wei")
    assert opens("li.wei", first)
    (post,) = rows(RoleAssignment)
    assert (post.site_id, post.role) == (site.id, Role.ADMINISTRATOR)
    (account,) = rows(Account)
    assert account.password_hash.startswith("$argon2id$")
    told = rows(TimelineEvent)
    assert {one.verb for one in told} == {"site.founded", "person.made", "person.given_password"}
    assert first not in str([one.model_dump() for one in told])


def test_a_new_password_ends_the_old_one_and_every_session() -> None:
    first = the_password("administrator", "Li", "--sign-in", "li")
    assert opens("li", first)
    sign_in.sign_in(Attempt("li", first, "three odd ducks"))
    second = the_password("password", "LI")
    assert all(one.revoked_at for one in rows(SignInSession))
    assert [opens("li", one) for one in (first, "three odd ducks", second)] == [False, False, True]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("site", "LAKE", "Twice"), "LAKE"),
        (("site", "POND", "Pond", "--zone", "Asia/Nowhere"), "zone"),
        (("site", "no code", "Pond"), "code"),
        (("administrator", "Li", "--sign-in", "l i"), "username"),
        (("administrator", "Li", "--sign-in", "li", "--site", "SEA"), "no such site"),
        (("password", "nobody"), "Not found"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(arguments: tuple[str, ...], said: str) -> None:
    answer = run(*arguments)
    assert answer.exit_code != 0
    assert said in answer.output
    assert len(rows(Site)) == 1
    assert not rows(Account)
