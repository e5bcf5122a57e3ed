"""The printed sheet of checkpoint codes."""

from __future__ import annotations

import html
from pathlib import Path
from xml.etree import ElementTree as ET

from propapp.core.db.engine import read_session
from propapp.features.sites import repository
from propapp.features.sites.models import Checkpoint, CheckpointCode, Place, PlaceKind, Site
from propapp.features.sites.qr_sheet import code_svg, qr_sheet
from tests import cast
from tests.world import NOON


def test_every_checkpoint_has_its_card(demo_database: Path) -> None:
    with read_session() as session:
        (site,) = repository.all_sites(session)
        cards = repository.cards_of(session, cast.garden)
    sheet = qr_sheet(site, cards)
    assert len(cards) == 26
    assert sheet.count("<article>") == 26
    for number, (checkpoint, place, _, code) in enumerate(cards, start=1):
        assert f"<h2>{checkpoint.name}</h2>" in sheet
        assert place.name in sheet
        assert f"CH-{number:02}" in sheet
        assert code_svg(code.text) in sheet


def test_different_codes_give_different_pictures_with_a_quiet_zone() -> None:
    picture = ET.fromstring(code_svg("CH-1"))  # noqa: S314 - made by ourselves
    assert code_svg("CH-1") != code_svg("CH-2")
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    assert width == height >= 21 + 8


def test_names_are_text_and_never_markup() -> None:
    site = Site(code="X", name="<b>")
    point = Checkpoint(site_id=site.id, place_id=site.id, name="<script>")
    code = CheckpointCode(
        site_id=site.id, checkpoint_id=point.id, number=1, text="secret", printed_at=NOON
    )
    place = Place(site_id=site.id, kind=PlaceKind.OTHER, name="&")
    sheet = qr_sheet(site, [(point, place, None, code)])
    assert "<script>" not in sheet
    assert html.escape("<script>") in sheet
    assert "secret" not in sheet
