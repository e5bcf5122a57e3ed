"""What a person does with their own account."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.people.commands import ChooseLanguage
from propapp.features.people.models import Person


@use_case("account.choose_language", Permission.ACCOUNT_OWN)
def choose_language(uow: UnitOfWork, command: ChooseLanguage) -> None:
    """Remember the language for every device of the person."""
    uow.session.get_one(Person, uow.actor.person_id).locale = command.locale
