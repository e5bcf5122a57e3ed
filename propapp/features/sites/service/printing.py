"""Codes at checkpoints: printed, scanned, ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import ForeignCode, NotFound, WrongStep
from propapp.core.guards import needs_words
from propapp.core.ids import derived_id
from propapp.core.secret import key_for
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.sites import repository
from propapp.features.sites.commands import PrintCodes, RevokeCode
from propapp.features.sites.models import Checkpoint, CheckpointCode
from propapp.features.sites.repository import CodeRepository
from propapp.features.sites.rules import number_of, signed_text


@use_case("checkpoint.print", Permission.CODE_PRINT)
def print_codes(uow: UnitOfWork, command: PrintCodes) -> list[CheckpointCode]:
    """Make a new print for each checkpoint; what hangs there now holds until it is replaced."""
    uow.allow_in(command.site_id)
    wanted = frozenset(command.checkpoint_ids)
    points = repository.checkpoints_among(uow.session, command.site_id, wanted)
    if len(points) != len(wanted):
        raise NotFound(kind="checkpoint")
    repository.hold(uow.session, command.site_id)
    key = _key(uow, command.site_id)
    prints = repository.prints_of(uow.session, wanted)
    made = [_print(uow, key, point, prints[point.id]) for point in points]
    uow.session.add_all(made)
    record(
        uow,
        "site.codes_printed",
        site_id=command.site_id,
        thing_kind="site",
        thing_id=command.site_id,
        points=[point.name for point in points],
        codes=[str(code.id) for code in made],
    )
    return made


@use_case("checkpoint.revoke", Permission.CODE_PRINT)
def revoke_code(uow: UnitOfWork, command: RevokeCode) -> CheckpointCode:
    """End a print; what was scanned from it before stays what it was."""
    code = CodeRepository(uow).get(command.code_id)
    needs_words(command.why, field="why")
    if code.revoked_at is not None:
        raise WrongStep(step="revoke", status="revoked")
    code.revoked_at, code.revoked_by = uow.now, uow.actor.person_id
    code.revoked_why = command.why
    record(
        uow,
        "site.code_revoked",
        site_id=code.site_id,
        thing_kind="checkpoint",
        thing_id=code.checkpoint_id,
        code=str(code.id),
        number=code.number,
        text=command.why,
    )
    return code


@internal
def take_scan(uow: UnitOfWork, checkpoint: Checkpoint, text: str) -> CheckpointCode:
    """The print that was scanned, whether it still counts or not.

    The first scan of a print ends those before it: a new card hangs where the old one did.
    Raises ForeignCode where the text is no code of this checkpoint.
    """
    codes = repository.prints_of(uow.session, [checkpoint.id])[checkpoint.id]
    code = next((one for one in codes if one.text == text), None) or _unknown(uow, checkpoint, text)
    if code is None:
        raise ForeignCode(point=checkpoint.name, point_en=checkpoint.name_en or checkpoint.name)
    if code.first_scanned_at is None and code.revoked_at is None:
        code.first_scanned_at = uow.now
        _replace(uow, [one for one in codes if one.number < code.number])
    return code


def _unknown(uow: UnitOfWork, checkpoint: Checkpoint, text: str) -> CheckpointCode | None:
    """A print that a database brought back from a backup has forgotten, known by its mark."""
    number = number_of(_key(uow, checkpoint.site_id), checkpoint.id, text)
    if number is None:
        return None
    code = CheckpointCode(
        id=derived_id("checkpoint_code", checkpoint.id, number),
        site_id=checkpoint.site_id,
        checkpoint_id=checkpoint.id,
        number=number,
        text=text,
        printed_at=uow.now,
    )
    uow.session.add(code)
    return code


def _replace(uow: UnitOfWork, older: Iterable[CheckpointCode]) -> None:
    for code in older:
        if code.revoked_at is None:
            code.revoked_at = uow.now


def _print(
    uow: UnitOfWork, key: bytes, point: Checkpoint, before: Sequence[CheckpointCode]
) -> CheckpointCode:
    number = before[-1].number + 1 if before else 1
    return CheckpointCode(
        id=derived_id("checkpoint_code", point.id, number),
        site_id=point.site_id,
        checkpoint_id=point.id,
        number=number,
        text=signed_text(key, point.id, number),
        printed_at=uow.now,
        printed_by=uow.actor.person_id,
    )


def _key(uow: UnitOfWork, site_id: UUID) -> bytes:
    """What the site's codes are signed with."""
    return key_for(uow.session, f"codes of {site_id}")
