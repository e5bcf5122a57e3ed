"""A bundle of evidence is whole, opens only to those who may have it, and betrays every change."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from propapp.cli import main
from propapp.core.errors import NotAllowed, NotFound
from propapp.core.ids import uuid7
from propapp.core.making.models import ExportStatus
from propapp.core.making.workshop import KEPT
from propapp.core.settings import settings
from propapp.core.text import words
from propapp.core.timeline import TimelineEvent
from propapp.features.evidence.jobs import BUNDLES, keep_evidence
from propapp.features.evidence.models import EvidenceExport
from propapp.features.evidence.packing import sheet
from propapp.features.evidence.papers import said_on_paper
from propapp.features.orders.models import WorkOrder
from propapp.features.rounds.challenging import Outcome
from propapp.features.schedules.jobs import draw_rounds
from tests.api.pictures import a_picture
from tests.challenges import QUESTION, a_bound_round, a_challenge, right_of, said
from tests.features.evidence.conftest import send, walk
from tests.reliability import SOAK
from tests.sync.phones import Phone
from tests.world import World, found, rows, well

CHANGES = int(os.environ.get("PROPAPP_CHANGES", "40"))


@pytest.fixture
def run_id(garden: World) -> UUID:
    """A round that was walked, photographed and sealed."""
    return walk(garden, [a_picture(60, 40), a_picture(40, 60)])


def exported(world: World, subject: str, who: str = "manager", **asked: Any) -> Path:
    """The bundle that this person gets."""
    export = world.do(who, f"evidence.export_{subject}", export_id=uuid7(), **asked)
    BUNDLES.keep(world.clock)
    assert found(EvidenceExport, export.id).status is ExportStatus.READY
    return BUNDLES.file_of(export)


def verified(bundle: Path, *options: str, script: Path | None = None) -> tuple[int, str]:
    """What the script in the bundle says of it, in a process that knows nothing of the house."""
    with zipfile.ZipFile(bundle) as opened:
        beside = script or Path(opened.extract("verify.py", bundle.parent))
    command = [sys.executable, "-I", str(beside), str(bundle), *options]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return answer.returncode, answer.stdout + answer.stderr


def repacked(bundle: Path, target: Path, **changed: bytes) -> Path:
    """The same bundle with these files changed, and a manifest that knows it."""
    import hashlib

    with zipfile.ZipFile(bundle) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files |= {name.replace("__", "/").replace("_dot_", "."): data for name, data in changed.items()}
    said = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
        if name != "manifest.json"
    }
    files["manifest.json"] = json.dumps({"files": said}).encode()
    with zipfile.ZipFile(target, "w") as new:
        for name, data in files.items():
            new.writestr(name, data)
    return target


def test_a_run_s_bundle_holds_all_of_it_and_its_script_says_so(garden: World, run_id: UUID) -> None:
    bundle = exported(garden, "run", run_id=run_id)
    with zipfile.ZipFile(bundle) as opened:
        names = set(opened.namelist())
        data = json.loads(opened.read("bundle.json"))
        page = opened.read("page.pdf")
    photos = {photo["file"] for photo in data["photos"]}
    assert len(photos) == 2
    assert names == photos | {
        "README.md", "bundle.json", "manifest.json", "page.pdf", "verify.py", "tables/answers.csv",
        "tables/orders.csv", "tables/timeline.csv", "tables/visits.csv",
    }  # fmt: skip
    assert page.startswith(b"%PDF")
    (run,) = data["runs"]
    assert len(run["facts"]["visits"]) == 2
    assert {one["facts"]["kind"] for one in data["operations"]} == {
        "round.start", "round.visit", "round.finish",
    }  # fmt: skip
    code, words = verified(bundle)
    assert code == 0, words


@pytest.mark.soak
@pytest.mark.timeout(SOAK)
def test_every_changed_byte_is_found(garden: World, run_id: UUID, tmp_path: Path) -> None:
    bundle, chance = exported(garden, "run", run_id=run_id), random.Random(7)
    folder = tmp_path / "open"
    with zipfile.ZipFile(bundle) as opened:
        opened.extractall(folder)
        script = Path(opened.extract("verify.py", tmp_path / "kept"))
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    for number in range(CHANGES):
        file = files[number % len(files)]
        whole = file.read_bytes()
        place = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        file.write_bytes(bytes(changed))
        answer = subprocess.run(
            [sys.executable, "-I", str(script), str(folder)], capture_output=True, text=True
        )
        assert answer.returncode == 1, (file.name, place, answer.stdout)
        assert "BROKEN" in answer.stdout
        file.write_bytes(whole)


def test_a_forger_who_mends_the_manifest_is_betrayed_by_the_chain(
    garden: World, run_id: UUID, tmp_path: Path
) -> None:
    bundle = exported(garden, "run", run_id=run_id)
    with zipfile.ZipFile(bundle) as opened:
        text = opened.read("bundle.json").decode()
    forged = text.replace('"hand_reason": "dirty"', '"hand_reason": "stuck"')
    assert forged != text
    target = repacked(bundle, tmp_path / "forged.zip", bundle_dot_json=forged.encode())
    code, words = verified(target)
    assert code == 1
    assert f"run_sealed {run_id}" in words


def test_a_chain_written_anew_is_betrayed_by_a_head_kept_elsewhere(
    garden: World, run_id: UUID, tmp_path: Path
) -> None:
    garden.clock.move(timedelta(days=1))
    keep_evidence(garden.clock)
    bundle = exported(garden, "run", run_id=run_id)
    heads = tmp_path / "heads.csv"
    assert CliRunner().invoke(main, ["heads", str(heads)]).exit_code == 0
    assert verified(bundle, "--heads", str(heads))[0] == 0
    lines = heads.read_text(encoding="utf-8").splitlines()
    other = lines[-1].rsplit(",", 1)[0] + "," + "0" * 64
    heads.write_text("\n".join([lines[0], other]), encoding="utf-8")
    assert verified(bundle, "--heads", str(heads))[0] == 1


def test_a_day_s_bundle_holds_its_rounds_and_a_dispute_s_the_order_with_its_round(
    garden: World, run_id: UUID
) -> None:
    day = exported(garden, "day", site_id=garden.site.id, day="2026-03-10")
    with zipfile.ZipFile(day) as opened:
        assert [run["id"] for run in json.loads(opened.read("bundle.json"))["runs"]] == [
            str(run_id)
        ]
    order = garden.do(
        "owner", "order.report", order_id=uuid7(), site_id=garden.site.id, category="water",
        description="=1+1", place_id=garden.lobby.id,
    )  # fmt: skip
    dispute = exported(garden, "order", number=order.number)
    with zipfile.ZipFile(dispute) as opened:
        data = json.loads(opened.read("bundle.json"))
        table = opened.read("tables/orders.csv").decode("utf-8-sig")
    assert [one["number"] for one in data["orders"]] == [order.number]
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["description"] == "'=1+1"
    assert verified(dispute)[0] == 0


def test_nothing_in_a_table_is_a_formula() -> None:
    table = sheet([{"text": "=cmd()", "more": "@x", "less": "-1+1", "number": -1.5, "plain": "a"}])
    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert row == {
        "text": "'=cmd()",
        "more": "'@x",
        "less": "'-1+1",
        "number": "-1.5",
        "plain": "a",
    }


def test_who_took_evidence_away_is_part_of_the_history(garden: World, run_id: UUID) -> None:
    exported(garden, "run", who="auditor", run_id=run_id)
    (event,) = rows(TimelineEvent, verb="evidence.exported")
    assert (event.thing_kind, event.thing_id) == ("run", run_id)
    assert event.person_id == garden.actor("auditor").person_id


def test_evidence_of_another_site_does_not_exist(
    garden: World, elsewhere: World, run_id: UUID
) -> None:
    with pytest.raises(NotFound):
        elsewhere.do("manager", "evidence.export_run", export_id=uuid7(), run_id=run_id)
    with pytest.raises(NotAllowed):
        garden.do("guard", "evidence.export_run", export_id=uuid7(), run_id=run_id)
    with pytest.raises(NotFound):
        garden.do("manager", "evidence.export_order", export_id=uuid7(), number="WX-0")
    assert not rows(EvidenceExport)


def test_a_bundle_that_cannot_be_packed_says_so_and_one_of_long_ago_is_let_go(
    garden: World, run_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = exported(garden, "run", run_id=run_id)
    with monkeypatch.context() as patch:
        patch.setattr("propapp.features.evidence.jobs.write", _breaks)
        bad = garden.do("manager", "evidence.export_run", export_id=uuid7(), run_id=run_id)
        BUNDLES.keep(garden.clock)
    assert found(EvidenceExport, bad.id).status is ExportStatus.FAILED
    assert good.exists()
    garden.clock.move(KEPT + timedelta(days=1))
    BUNDLES.keep(garden.clock)
    assert not good.exists()
    assert not rows(EvidenceExport)
    # The evidence itself is where it was.
    assert rows(WorkOrder) is not None


def test_many_who_pack_at_once_hand_each_bundle_out_once(garden: World, run_id: UUID) -> None:
    asked = [
        garden.do("manager", "evidence.export_run", export_id=uuid7(), run_id=run_id).id
        for _ in range(3)
    ]
    with ThreadPoolExecutor(4) as packers:
        packed = [job.result() for job in [packers.submit(BUNDLES.make_waiting) for _ in range(4)]]
    assert sum(packed) == len(asked)
    assert {row.status for row in rows(EvidenceExport)} == {ExportStatus.READY}
    assert {file.name for file in (settings().data / "exports").iterdir()} == {
        f"{one}.zip" for one in asked
    }


def _breaks(*_given: object) -> None:
    raise OSError("no room")


def test_the_command_line_writes_the_same(garden: World, run_id: UUID, tmp_path: Path) -> None:
    target = tmp_path / "run.zip"
    answer = CliRunner().invoke(main, ["bundle", str(target), "--run", str(run_id)])
    assert answer.exit_code == 0, answer.output
    assert verified(target)[0] == 0
    unknown = CliRunner().invoke(main, ["bundle", str(target), "--order", "none"])
    assert unknown.exit_code == 2


@pytest.fixture
def challenged(garden: World, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A round at whose stops something was asked, its day over and its seed told."""
    monkeypatch.setattr(settings(), "challenge_one_in", 1)
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    run_id, phone = uuid7(), Phone()
    start = {"run_id": str(run_id), "occurrence_id": str(occurrence.id)}
    send(garden, "guard", phone, "round.start", run_id, **start)
    told = said(occurrence, challenge.id, choice=right_of(challenge.id))
    asked = {"challenge": told | {"challenge_id": str(challenge.id)}}
    # At the second stop nothing hangs that could be asked.
    for stop, more in ((1, asked), (2, {})):
        visit = {
            "visit_id": str(uuid7()),
            "run_id": str(run_id),
            "point_id": str(garden.points[stop - 1].id),
            "method": "hand",
            "hand_reason": "dirty",
            "arrived_at": garden.clock.now().isoformat(),
            "answers": [well(garden, item_id=str(garden.items[0].id))],
        }
        send(garden, "guard", phone, "round.visit", run_id, **visit, **more)
    send(garden, "guard", phone, "round.finish", run_id, run_id=str(run_id), note="Rain")
    return run_id


def test_a_table_has_a_place_for_what_only_some_visits_say(garden: World, challenged: UUID) -> None:
    """A round of which only a later visit was asked something was packed for nobody."""
    bundle = exported(garden, "run", run_id=challenged)
    with zipfile.ZipFile(bundle) as opened:
        table = opened.read("tables/visits.csv").decode("utf-8-sig")
    told = [bool(row["challenge"]) for row in csv.DictReader(io.StringIO(table))]
    assert sorted(told) == [False, True]
    mixed = sheet([{"a": 1}, {"a": 2, "b": 3}]).decode("utf-8-sig").splitlines()
    assert mixed == ["a,b", "1,", "2,3"]


def printed(bundle: Path) -> dict[str, Any]:
    """What the page of a bundle says of its first visit."""
    with zipfile.ZipFile(bundle) as opened:
        assert opened.read("page.pdf").startswith(b"%PDF")
        said = said_on_paper(json.loads(opened.read("bundle.json")))
    return said["runs"][0]["visits"][0]


def test_the_page_says_what_was_asked_and_answered_before_the_seed_is_told(
    garden: World, challenged: UUID
) -> None:
    bundle = exported(garden, "run", run_id=challenged)
    visit = printed(bundle)
    assert visit["asked"] == {"text": QUESTION["text"], "said": "蓝色", "outcome": "right"}
    assert visit["at"].count(":") == 2
    with zipfile.ZipFile(bundle) as opened:
        run = json.loads(opened.read("bundle.json"))["runs"][0]
    # Which answer is right is told with the seed, when the day is over.
    assert [set(one) for one in run["challenges"].values()] == [{"kind", "text", "choices"}]


def test_the_page_shows_the_detail_that_was_photographed_and_nothing_where_nothing_was_asked(
    garden: World, run_id: UUID
) -> None:
    said = said_on_paper(
        json.loads(zipfile.ZipFile(exported(garden, "run", run_id=run_id)).read("bundle.json"))
    )
    visits = said["runs"][0]["visits"]
    assert [visit["asked"] for visit in visits] == [None] * len(visits)
    visit_id = str(uuid7())
    kept = {"asked": visit_id, "given": visit_id, "choice": None, "outcome": "shown"}
    with zipfile.ZipFile(exported(garden, "run", run_id=run_id)) as opened:
        data = json.loads(opened.read("bundle.json"))
    visit = data["runs"][0]["facts"]["visits"][0]
    visit["challenge"] = kept
    data["runs"][0]["challenges"] = {
        visit_id: {"kind": "detail", "text": "The gauge", "choices": []}
    }
    data["photos"][0]["thing_id"] = visit["id"]
    shown = next(
        one
        for one in said_on_paper(data)["runs"][0]["visits"]
        if one["position"] == str(visit["position"])
    )
    assert shown["asked"] == {"text": "The gauge", "said": "", "outcome": "shown"}
    assert shown["photos"][0]["sha256"] == data["photos"][0]["sha256"]


def test_each_outcome_has_a_word_on_paper() -> None:
    for locale in ("zh-CN", "en"):
        known = words("paper.evidence", locale)
        assert {f"asked_{one.value}" for one in Outcome} <= set(known)


def test_the_script_draws_every_challenge_again(
    garden: World, challenged: UUID, tmp_path: Path
) -> None:
    before = exported(garden, "run", run_id=challenged)
    assert "0 challenges drawn again" in verified(before)[1]
    garden.clock.move(timedelta(days=3))
    draw_rounds(garden.clock)
    bundle = exported(garden, "run", run_id=challenged)
    code, words = verified(bundle)
    assert (code, "1 challenges drawn again" in words) == (0, True), words
    with zipfile.ZipFile(bundle) as opened:
        data = json.loads(opened.read("bundle.json"))
    (seed,) = data["seeds"]
    (only,) = seed["words"].values()
    forgeries: list[tuple[dict[str, Any], str, Any, str]] = [
        (seed, "seed", "00" * 32, "not what was published"),
        (seed["challenges"], "one_in", 2**31, "not what was published"),
        (only, "right", 9, "not the words that were bound"),
        (seed, "commitment", "00" * 32, "was changed"),
    ]
    for number, (where, name, forged, expected) in enumerate(forgeries):
        kept, where[name] = where[name], forged
        changed = json.dumps(data, ensure_ascii=False).encode()
        target = repacked(bundle, tmp_path / f"{number}.zip", bundle_dot_json=changed)
        code, words = verified(target)
        assert code == 1
        assert expected in words
        where[name] = kept


def test_the_script_finds_a_draw_that_does_not_follow_from_the_seed(
    garden: World, challenged: UUID
) -> None:
    garden.clock.move(timedelta(days=3))
    draw_rounds(garden.clock)
    bundle = exported(garden, "run", run_id=challenged)
    with zipfile.ZipFile(bundle) as opened:
        data = json.loads(opened.read("bundle.json"))
        script = opened.read("verify.py").decode()
    names: dict[str, Any] = {"__name__": "verify"}
    exec(script, names)  # noqa: S102 - the script that leaves the house, part by part
    assert names["check_draws"](data) == 1
    data["runs"][0]["facts"]["visits"][0]["challenge"]["asked"] = None
    with pytest.raises(names["Broken"], match="another challenge than was drawn"):
        names["check_draws"](data)
