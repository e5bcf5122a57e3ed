"""The chain grows with every change, once, in the change's own transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from propapp.cli import main
from propapp.core.db.engine import read_session
from propapp.core.evidence.models import EvidenceDay, EvidenceEntry
from propapp.core.ids import uuid7
from propapp.core.stores import photo_store
from propapp.core.sync.apply import apply
from propapp.core.use_case import load_use_cases
from propapp.features.evidence import service
from propapp.features.evidence.jobs import keep_evidence
from propapp.features.rounds.sealed import ANSWER, RUN, run_digest
from tests.api.pictures import a_picture, digest
from tests.counting import count_queries
from tests.features.evidence.conftest import bring, send, shot, walk
from tests.features.evidence.test_tampering import by_hand, checked
from tests.sync.phones import Phone
from tests.world import World, rows


def kinds() -> list[str]:
    return [link.kind for link in sorted(rows(EvidenceEntry), key=lambda link: link.n)]


def a_note(world: World, order_id: object, *photos: dict[str, object]) -> dict[str, object]:
    return {"order_id": str(order_id), "text": "Look", "photos": list(photos)}


def reported(world: World, phone: Phone, who: str = "owner") -> str:
    """An order that a phone reported."""
    order_id = uuid7()
    body = {
        "order_id": str(order_id),
        "site_id": str(world.site.id),
        "category": "water",
        "description": "The tap drips",
        "place_id": str(world.lobby.id),
        "photos": [],
    }
    send(world, who, phone, "order.report", order_id, **body)
    return str(order_id)


def test_what_was_refused_waits_for_the_sweep_and_what_came_twice_is_once(garden: World) -> None:
    load_use_cases()
    phone, actor, run_id = Phone(), garden.actor("guard"), uuid7()
    refused = phone.does(
        "round.start", thread=run_id, run_id=str(run_id), occurrence_id=str(run_id)
    )
    assert apply(actor, phone.id, refused, garden.clock).status == "rejected"
    assert kinds() == []
    read = phone.does("message.read", thread=actor.person_id, up_to="2026-03-10T04:00:00Z")
    for status in ("applied", "duplicate"):
        assert apply(actor, phone.id, read, garden.clock).status == status
    assert kinds() == ["operation"]
    assert keep_evidence(garden.clock) == 1
    assert kinds() == ["operation", "operation"]
    assert checked().broken is None


def test_a_photo_is_chained_whether_it_comes_before_or_after_its_name(garden: World) -> None:
    phone, data = Phone(), a_picture(40, 30)
    bring(garden, "technician", data)
    order_id = reported(garden, phone, "technician")
    assert kinds() == ["operation"]
    note = a_note(garden, order_id, shot(digest(data), len(data)))
    send(garden, "technician", phone, "order.note", uuid7(), **note)
    assert kinds() == ["operation", "photo", "operation"]
    late = a_picture(30, 40)
    note = a_note(garden, order_id, shot(digest(late), len(late)))
    send(garden, "technician", phone, "order.note", uuid7(), **note)
    bring(garden, "technician", late)
    bring(garden, "guard", late)
    assert kinds()[3:] == ["operation", "photo"]
    assert checked().broken is None


def test_a_photo_that_was_only_named_is_in_no_chain(garden: World, elsewhere: World) -> None:
    data = a_picture(40, 30)
    bring(garden, "guard", data)
    order_id, phone = reported(elsewhere, Phone(), "technician"), Phone()
    note = a_note(elsewhere, order_id, shot(digest(data), len(data)))
    send(elsewhere, "technician", phone, "order.note", uuid7(), **note)
    assert "photo" not in kinds()
    assert checked().broken is None


def test_many_at_once_make_one_chain(garden: World) -> None:
    phones = [Phone() for _ in range(8)]

    def report(phone: Phone) -> None:
        for _ in range(3):
            reported(garden, phone)

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(report, phones))
    numbers = sorted(link.n for link in rows(EvidenceEntry))
    assert numbers == list(range(1, 25))
    assert checked().broken is None


def test_two_sites_have_two_chains(garden: World, elsewhere: World) -> None:
    reported(garden, Phone())
    reported(elsewhere, Phone())
    assert [link.n for link in rows(EvidenceEntry)] == [1, 1]
    assert checked() == service.Verdict(2)


def test_a_longer_chain_asks_no_more(garden: World) -> None:
    phone, asked = Phone(), []
    for _ in range(4):
        with count_queries() as sent:
            reported(garden, phone)
        asked.append(len([one for one in sent if "evidence" in one]))
    assert asked == [5, 5, 5, 5]


def test_photos_that_crossed_their_naming_are_chained_by_the_sweep(
    walked: World, database: Path
) -> None:
    with by_hand(database) as hand:
        hand.execute("DELETE FROM evidence_entry WHERE n >= 5")
        ((end,),) = hand.execute("SELECT hash FROM evidence_entry WHERE n = 4")
        hand.execute("UPDATE evidence_head SET n = 4, hash = ?", (end,))
        hand.execute("UPDATE run SET status = 'FINISHED'")
        hand.execute("DELETE FROM evidence_day")
    assert keep_evidence(walked.clock) == 3
    assert kinds()[4:] == ["photo", "photo"]
    assert checked().broken is None


def test_heads_of_days_are_kept_once_and_in_the_sites_own_days(walked: World) -> None:
    (day,) = rows(EvidenceDay)
    assert (day.day, day.n) == (date(2026, 3, 10), 7)
    assert keep_evidence(walked.clock) == 0
    walk(walked, [a_picture(20, 30)])
    walked.clock.set(walked.clock.now().replace(day=14))
    assert keep_evidence(walked.clock) == 3
    assert [head.n for head in rows(EvidenceDay)] == [7, 12, 12, 12]
    assert checked().broken is None


def test_the_command_says_what_is_broken_and_fails(walked: World, database: Path) -> None:
    good = CliRunner().invoke(main, ["verify"])
    assert good.exit_code == 0, good.output
    assert "7 links hold" in good.output
    with by_hand(database) as hand:
        hand.execute("UPDATE operation SET body = replace(body, 'dirty', 'clean')")
    bad = CliRunner().invoke(main, ["verify"])
    assert bad.exit_code == 1
    assert "BROKEN: link 2 of CH (operation " in bad.output


def test_a_past_that_was_rewritten_whole_is_betrayed_by_heads_kept_elsewhere(
    walked: World, database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "heads.csv"
    assert CliRunner().invoke(main, ["heads", str(file)]).exit_code == 0
    with by_hand(database) as hand:
        hand.execute("DELETE FROM evidence_entry WHERE n = 7")
        hand.execute("DELETE FROM evidence_day")
        hand.execute("UPDATE run SET status = 'FINISHED'")
        ((end,),) = hand.execute("SELECT hash FROM evidence_entry WHERE n = 6")
        hand.execute("UPDATE evidence_head SET n = 6, hash = ?", (end,))
    assert checked().broken is None
    told = CliRunner().invoke(main, ["verify", "--heads", str(file)])
    assert told.exit_code == 1
    assert "a head that was kept says otherwise" in told.output


@pytest.mark.parametrize(("kept", "given_back"), [(5, 5.0), (-0.0, 0.0), (1e300, 1e300)])
def test_a_number_hashes_as_the_database_gives_it_back(kept: float, given_back: float) -> None:
    def hashed(number: float) -> str:
        answer = SimpleNamespace(**dict.fromkeys(ANSWER) | {"number": number})
        return run_digest(SimpleNamespace(**dict.fromkeys(RUN)), [], [answer], [])

    assert hashed(kept) == hashed(given_back)
    assert hashed(kept) != hashed(given_back + 1e299)


def test_the_demo_world_has_a_chain_that_holds(demo_database: Path) -> None:
    with read_session() as session:
        verdict = service.verify(session, photo_store())
    assert verdict.broken is None
    assert verdict.links > 400


@pytest.mark.parametrize("size", [1, 3])
def test_pages_of_any_size_are_walked_to_the_end(
    walked: World, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("propapp.features.evidence.repository.PAGE", size)
    assert checked() == service.Verdict(7)
