"""Checkpoint codes for printing: A4 sheets of cards to be cut out and put up."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import segno

from propapp import brand
from propapp.features.sites.models import Site
from propapp.features.sites.repository import Card

_STYLE = """
@page { size: A4; margin: 10mm }
* { box-sizing: border-box }
body { margin: 0; color: #000; background: #fff; font: 11pt/1.35 "PingFang SC", "HarmonyOS Sans SC",
  "MiSans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm }
article { break-inside: avoid; border: .3mm dashed #888; border-radius: 3mm; padding: 4mm;
  display: grid; grid-template-columns: 38mm 1fr; gap: 4mm; height: 64mm; align-items: center }
article > svg { width: 38mm; height: 38mm; display: block }
header { display: flex; gap: 2mm; align-items: center; font-size: 9pt; color: #333 }
header svg { width: 6mm; height: 6mm; flex: none }
h2 { font-size: 15pt; line-height: 1.25; margin: 2mm 0 0 }
p { margin: .5mm 0 0; font-size: 10pt; color: #333 }
.number { font-size: 12pt; font-weight: 700; margin-top: 2mm; color: #000 }
.number small { font-size: 8pt; font-weight: 400; color: #555 }
"""


def qr_sheet(site: Site, cards: Sequence[Card]) -> str:
    """A page of HTML that needs nothing else; the codes are secrets, so keep it like keys."""
    title = f"{site.name} {site.name_en}".strip()
    shown = "".join(_card(site, order, card) for order, card in enumerate(cards, start=1))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title><style>{_STYLE}</style></head><body><main>{shown}</main></body></html>\n"
    )


def code_svg(code: str) -> str:
    """One code as SVG with its quiet zone; a quarter of it may be dirty and it still reads."""
    made = segno.make(code, error="q", micro=False)
    return made.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)


def _card(site: Site, order: int, card: Card) -> str:
    checkpoint, place, building, code = card
    where = " ".join(part for part in (building.name if building else "", place.name) if part)
    lines = [checkpoint.name_en, _joined(where, checkpoint.hint), checkpoint.hint_en]
    small = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    printed = f"<small>{code.number}</small>" if code.is_signed else ""
    return (
        f"<article>{code_svg(code.text)}<div><header>{brand.svg(adapts=False)}"
        f"<span>{escape(site.name)}</span></header><h2>{escape(checkpoint.name)}</h2>{small}"
        f'<p class="number">{escape(site.code)}-{order:02} {printed}</p></div></article>'
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
