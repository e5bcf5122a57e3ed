"""Every body that a phone was ever given to send is understood for ever: files here only grow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from propapp.core.errors import UnknownOperation
from propapp.core.sync import upcast
from propapp.core.use_case import USE_CASES, UseCase, load_use_cases

# Whatever else has run before, every kind there is counts.
load_use_cases()
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def named(file: Path) -> str:
    """Kind and version of a file. Behind a plus stands what a later phone adds within a version."""
    return file.stem.partition("+")[0]


@pytest.mark.reliability("I1", "F27", "Every operation that any version ever sent")
@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_an_old_body_is_still_a_command(file: Path) -> None:
    kind, version = named(file).rsplit(".v", 1)
    case = upcast.known(kind, int(version))
    body = json.loads(file.read_text(encoding="utf-8"))
    case.command_type.model_validate(upcast.upcast(kind, int(version), body, to=case.version))


def test_every_version_of_every_kind_has_its_file() -> None:
    wanted = {
        f"{case.name}.v{version}"
        for case in USE_CASES.values()
        if not case.name.startswith("test.")
        for version in range(1, case.version + 1)
    }
    assert wanted == {named(file) for file in GOLDEN}


def test_a_body_goes_through_every_step_to_the_present(monkeypatch: pytest.MonkeyPatch) -> None:
    old = USE_CASES["account.choose_language"]
    now = UseCase(old.name, old.permission, old.command_type, old.run, version=3)
    monkeypatch.setitem(USE_CASES, old.name, now)
    with pytest.raises(UnknownOperation):
        upcast.known(old.name, 1)
    monkeypatch.setitem(upcast.UPCASTERS, (old.name, 1), lambda body: body | {"second": 1})
    monkeypatch.setitem(upcast.UPCASTERS, (old.name, 2), lambda body: body | {"third": 1})
    assert upcast.known(old.name, 1) is now
    assert upcast.upcast(old.name, 1, {}, to=3) == {"second": 1, "third": 1}
    assert upcast.upcast(old.name, 2, {}, to=3) == {"third": 1}
