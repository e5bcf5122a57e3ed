"""Whatever is changed, taken out or put in behind the house's back is found, and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from propapp.core.db.engine import read_session
from propapp.core.stores import Form, photo_store
from propapp.features.evidence.service import Verdict, verify
from tests.world import World

# A score is no evidence: it is made from what is chained, and can be made again.
DERIVED = {"score", "reasons"}
TABLES = ("operation", "evidence_entry", "evidence_head", "run", "visit", "answer", "photo_use")


def checked() -> Verdict:
    with read_session() as session:
        return verify(session, photo_store())


@contextmanager
def by_hand(database: Path) -> Iterator[sqlite3.Connection]:
    """Somebody at the database itself, who keeps no rules."""
    with closing(sqlite3.connect(database / "propapp.db", isolation_level=None)) as connection:
        yield connection


def test_what_nobody_touched_holds(walked: World) -> None:
    verdict = checked()
    assert verdict.broken is None
    # A start, two visits and a finish, two photos, a seal.
    assert verdict.links == 7


LINK, NINE = "UPDATE evidence_entry SET", "= '2026-03-10 03:00:00.000000'"
# Another hash whatever the hash is: a letter that is replaced may not be in it.
TURNED = "hash = substr(hash, 2) || substr(hash, 1, 1)"
DAY = "UPDATE evidence_day SET"


@pytest.mark.reliability("I9 I11", "F49 F52", "Rows and photos changed behind the house's back")
@pytest.mark.parametrize(
    ("statement", "why", "kind"),
    [
        ("UPDATE operation SET body = body || ' ' WHERE seq = 2", "content", "operation"),
        ("UPDATE operation SET status = 'REJECTED' WHERE seq = 2", "content", "operation"),
        ("UPDATE operation SET occurred_at = '2026-03-10 03:00:00.000000'", "content", "operation"),
        ("UPDATE operation SET occurred_at = 'noon' WHERE seq = 3", "content", "operation"),
        ("DELETE FROM operation WHERE seq = 3", "gone", "operation"),
        ("DELETE FROM photo", "gone", "photo"),
        ("UPDATE answer SET verdict = 'FAIL'", "content", "run_sealed"),
        ("UPDATE visit SET arrived_at = '2026-03-10 03:00:00.000000'", "content", "run_sealed"),
        ("UPDATE run SET note = ''", "content", "run_sealed"),
        ("UPDATE photo_use SET taken_at = '2026-03-10 03:00:00.000000'", "content", "run_sealed"),
        ("DELETE FROM evidence_entry WHERE n = 1", "number", "operation"),
        ("DELETE FROM evidence_entry WHERE n = 4", "number", "photo"),
        ("DELETE FROM evidence_entry WHERE n = 7", "head", ""),
        ("DELETE FROM evidence_entry", "head", ""),
        ("DELETE FROM evidence_head", "head", ""),
        (f"{LINK} {TURNED} WHERE n = 3", "hash", "operation"),
        (f"{LINK} prev_{TURNED} WHERE n = 3", "previous", "operation"),
        (f"{LINK} at {NINE} WHERE n = 3", "hash", "operation"),
        (f"{LINK} at = 'noon' WHERE n = 3", "unreadable", ""),
        (f"{DAY} {TURNED}", "kept_head", "run_sealed"),
    ],
)
def test_each_change_is_found_and_named(
    walked: World, database: Path, statement: str, why: str, kind: str
) -> None:
    with by_hand(database) as hand:
        hand.execute(statement)
    broken = checked().broken
    assert broken is not None
    assert (broken.why, broken.kind) == (why, kind)
    assert broken.site == walked.site.code


def test_a_link_put_in_at_the_end_is_found(walked: World, database: Path) -> None:
    with by_hand(database) as hand:
        hand.execute(
            "INSERT INTO evidence_entry SELECT site_id, 8, 'photo', ref_id || '0', digest, hash, "
            "prev_hash, at FROM evidence_entry WHERE n = 7"
        )
    assert checked().broken is not None


@pytest.mark.parametrize("links", [1, 2, 3, 7])
def test_an_end_cut_off_with_its_head_turned_back_is_found(
    walked: World, database: Path, links: int
) -> None:
    left = 7 - links
    with by_hand(database) as hand:
        ((end,),) = hand.execute(
            "SELECT coalesce(max(hash), ?) FROM evidence_entry WHERE n = ?", ("0" * 64, left)
        )
        hand.execute("DELETE FROM evidence_entry WHERE n > ?", (left,))
        hand.execute("UPDATE evidence_head SET n = ?, hash = ?", (left, end))
        hand.execute("DELETE FROM evidence_day")
    broken = checked().broken
    assert broken is not None
    assert broken.why == "unchained"


@pytest.mark.reliability("I9 I11", "F49 F52", "Rows and photos changed behind the house's back")
@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), "photo_bytes"),
        (lambda data: bytes([data[0] ^ 128]) + data[1:], "photo_bytes"),
        (lambda data: data[:-1], "photo_bytes"),
        (lambda data: data + b"\n", "photo_bytes"),
        (lambda _: b"", "photo_bytes"),
        (None, "photo_file"),
    ],
)
def test_a_changed_photo_is_found(
    walked: World, database: Path, harm: Callable[[bytes], bytes] | None, why: str
) -> None:
    with by_hand(database) as hand:
        ((sha256,),) = hand.execute("SELECT max(sha256) FROM photo")
    file = photo_store().file(sha256, Form.ORIGINAL)
    if harm:
        file.write_bytes(harm(file.read_bytes()))
    else:
        file.unlink()
    broken = checked().broken
    assert broken is not None
    assert (broken.why, broken.ref_id) == (why, sha256)


@pytest.mark.reliability("I9 I11", "F49 F52", "Rows and photos changed behind the house's back")
@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_changes_by_chance_are_all_found(
    walked: World, database: Path, seed: int
) -> None:
    chance = Random(seed)
    unseen = []
    with by_hand(database) as hand:
        for _ in range(50):
            done = one_change(hand, chance)
            if checked().broken is None:
                unseen.append(done)
            undo(hand, *done)
    assert not unseen
    assert checked().broken is None


def one_change(hand: sqlite3.Connection, chance: Random) -> tuple[str, str, int, Any]:
    """Change one character or number of one row; which, and what it was."""
    table = chance.choice(TABLES)
    columns = [row[1] for row in hand.execute(f"PRAGMA table_info({table})")]
    row_id = chance.choice([row[0] for row in hand.execute(f"SELECT rowid FROM {table}")])  # noqa: S608
    column = chance.choice([column for column in columns if column not in DERIVED])
    ((before,),) = hand.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (row_id,))  # noqa: S608
    set_value(hand, table, column, row_id, changed(before, chance))
    return table, column, row_id, before


def changed(value: Any, chance: Random) -> Any:
    if value is None or value == "":
        return "1"
    if isinstance(value, int):
        return 0 if value == 1 else value + 100
    if isinstance(value, float):
        return value + 0.5
    at = chance.randrange(len(value))
    return f"{value[:at]}{'1' if value[at] == '0' else '0'}{value[at + 1 :]}"


def undo(hand: sqlite3.Connection, table: str, column: str, row_id: int, before: Any) -> None:
    set_value(hand, table, column, row_id, before)


def set_value(hand: sqlite3.Connection, table: str, column: str, row_id: int, value: Any) -> None:
    statement = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?'  # noqa: S608
    hand.execute(statement, (value, row_id))
