"""A house that is in use is brought to the present shape with everything in it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import MetaData, insert
from sqlmodel import Session, select

from propapp.core.db import migrate
from propapp.core.db.engine import engine, engine_for
from propapp.core.settings import settings
from propapp.core.sync.models import Device
from propapp.features.rounds.models import Run
from propapp.features.schedules.models import Occurrence
from tests.world import NOON


@pytest.fixture
def first_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of the first shape, in which a round was walked."""
    monkeypatch.setenv("PROPAPP_DATA", str(tmp_path))
    monkeypatch.delenv("PROPAPP_DATABASE", raising=False)
    settings.cache_clear()
    engine_for.cache_clear()
    migrate.upgrade("0001")
    tables = MetaData()
    tables.reflect(engine())
    site, person, route, occurrence, run, device = (uuid4().hex for _ in range(6))
    named = {"name_en": "", "created_at": NOON.replace(tzinfo=None)}
    window = {"opens_at": NOON, "closes_at": NOON, "local_date": NOON.date(), "grace": 10}
    rows = {
        "site": {"id": site, "code": "CH", "name": "Garden", "zone": "Asia/Shanghai", **named},
        "person": {"id": person, "name": "Li", "phone": "", "locale": "en", "active": 1, **named},
        "route": {"id": route, "site_id": site, "name": "R", "role": "GUARD", "active": 1, **named},
        "route_window": {
            "id": uuid4().hex, "route_id": route, "opens": 480, "minutes": 60, "grace": 10,
        },
        "occurrence": {"id": occurrence, "site_id": site, "route_id": route, **window},
        "run": {
            "id": run, "site_id": site, "occurrence_id": occurrence, "route_id": route,
            "person_id": person, "status": "FINISHED", "parallel": 0, "in_window": 1, "fails": 0,
            "points_total": 3, "points_done": 3, "started_at": NOON, "started_received_at": NOON,
            "note": "Rain",
        },
        "device": {
            "id": device, "person_id": person, "app_version": "", "first_seen_at": NOON,
            "last_hello_at": NOON, "last_seq": 7, "pending_operations": 0, "pending_bytes": 0,
            "clock_offset_ms": 0, "persisted": 0,
        },
    }  # fmt: skip
    with engine().begin() as connection:
        for name, values in rows.items():
            table = tables.tables[name]
            kept = {key: value for key, value in values.items() if key in table.columns}
            connection.execute(insert(table).values(kept))


def test_what_was_done_in_the_first_shape_is_there_in_the_last(first_house: None) -> None:
    migrate.upgrade()
    with Session(engine()) as session:
        run = session.exec(select(Run)).one()
        assert run.note == "Rain"
        assert session.get(Occurrence, run.occurrence_id) is not None
        device = session.exec(select(Device)).one()
        assert (device.promised_seq, device.phone_id, device.label) == (7, None, "")
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert not session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
    migrate.check()
