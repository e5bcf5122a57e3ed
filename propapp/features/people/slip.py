"""The slip on which a first password is handed over: shown once, to be written down or printed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from propapp import brand
from propapp.core.text import words

_STYLE = """
:root { color-scheme: light }
* { box-sizing: border-box }
body { margin: 0; color: #14201f; background: #f1f5f5; font: 17px/1.6 "PingFang SC",
  "HarmonyOS Sans SC", "MiSans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei",
  system-ui, sans-serif }
main { max-width: 28rem; margin: 0 auto; padding: 24px 16px; display: grid; gap: 16px }
article { background: #fff; border: 1px solid #c9d3d2; border-radius: 12px; padding: 20px 16px;
  display: grid; gap: 12px }
header { display: flex; gap: 8px; align-items: center; color: #4a5958 }
header svg { width: 28px; height: 28px; flex: none }
h1 { font-size: 24px; line-height: 1.25; margin: 0 }
dl { display: grid; gap: 12px; margin: 0 }
dt { font-size: 15px; color: #4a5958 }
dd { margin: 0; font-size: 20px; font-weight: 600; overflow-wrap: anywhere }
dd.password { font: 600 24px/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
p { margin: 0 }
.once { background: #fdf0d5; color: #6b4500; border-radius: 12px; padding: 12px 16px;
  font-weight: 600 }
a { display: flex; align-items: center; justify-content: center; min-height: 56px;
  border-radius: 10px; background: #0b5c5e; color: #fff; font-weight: 600; text-decoration: none }
a:focus-visible { outline: 3px solid #b45f06; outline-offset: 2px }
@media print { body { background: #fff } .screen { display: none } main { padding: 0 } }
"""


@dataclass(frozen=True)
class Slip:
    """What stands on it; ``address`` is where one signs in, ``until`` a day at the site."""

    site: str
    name: str
    username: str
    password: str
    address: str
    until: str


def slip_page(slip: Slip, *, back: str, locale: str) -> str:
    """A page of HTML that needs nothing else; it is kept nowhere, and never comes again."""
    said = words("paper.slip", locale)
    lines = (
        ("username", slip.username, ""),
        ("password", slip.password, ' class="password" translate="no"'),
        ("address", slip.address, ""),
        ("until", slip.until, ""),
    )
    shown = "".join(
        f'<div id="{name}"><dt>{said[name]}</dt><dd{look}>{escape(value)}</dd></div>'
        for name, value, look in lines
    )
    return (
        f'<!doctype html><html lang="{escape(locale)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{said['title']}</title><style>{_STYLE}</style></head><body><main>"
        f'<p class="once screen" role="status">{said["once"]}</p>'
        f"<article><header>{brand.svg(adapts=False)}<span>{escape(slip.site)}</span></header>"
        f"<h1>{escape(slip.name)}</h1><dl>{shown}</dl><p>{said['then']}</p></article>"
        f'<a class="screen" href="{escape(back)}">{said["done"]}</a>'
        "</main></body></html>\n"
    )
