"""Reads a built client: its pages, and what each of them loads."""

import json
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FALLBACK = "/__spa-fallback.html"
ROUTES = re.compile(r"__reactRouterManifest=(\{.*\})", re.DOTALL)
NAMED_IN_HTML = (
    re.compile(r"""(?:href|src)="(/[^"#?]+\.[a-z0-9]+)""", re.IGNORECASE),
    re.compile(r"""(?:from|import)\s*\(?\s*["'](/[^"'?#]+\.m?js)"""),
)
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["'`](\.{0,2}/[^"'`?#]+\.m?js)["'`]""")
LATER = (
    re.compile(r"""\bimport\(\s*["'`](\.{0,2}/[^"'`?#]+\.m?js)["'`]"""),
    # Files that a module asks for by address: a decoder, a stylesheet of a lazy part.
    re.compile(r"""["'`]/?(?=assets/)([\w./-]+\.[a-z0-9]+)["'`]"""),
)


def pages(static_dir: Path) -> dict[str, Path]:
    """Every prerendered page, by its address."""
    found = {}
    for file in sorted(static_dir.rglob("index.html")):
        folder = file.parent.relative_to(static_dir).as_posix()
        found["/" if folder == "." else f"/{folder}"] = file
    return found


def routes(static_dir: Path) -> dict[str, list[str]]:
    """The modules and styles of every route, by its address; `:id` stands for a value."""
    found: dict[str, list[str]] = {}
    for file in static_dir.glob("assets/manifest-*.js"):
        if manifest := ROUTES.search(file.read_text(encoding="utf-8")):
            for route in json.loads(manifest.group(1))["routes"].values():
                found[_route_address(route)] = [route["module"], *route["imports"], *route["css"]]
    return found


def first_load(static_dir: Path, page: Path) -> set[str]:
    """What a browser fetches to show this page: all it names, and the modules these import."""
    return _follow(static_dir, _named_in(page), (IMPORTED,))


def everything(static_dir: Path, page: Path) -> set[str]:
    """What this page may ever fetch from the build: the first load, and what is loaded later."""
    return all_from(static_dir, _named_in(page))


def all_from(static_dir: Path, urls: Iterable[str]) -> set[str]:
    """These files, and all that they may ever fetch from the build."""
    return _follow(static_dir, urls, (IMPORTED, *LATER))


def _route_address(route: dict[str, Any]) -> str:
    return "/" + route.get("path", "").strip("/")


def _named_in(page: Path) -> set[str]:
    html = page.read_text(encoding="utf-8")
    return {url for pattern in NAMED_IN_HTML for url in pattern.findall(html)}


def _follow(
    static_dir: Path, urls: Iterable[str], patterns: tuple[re.Pattern[str], ...]
) -> set[str]:
    """The existing files among these addresses, and all that their modules name in turn."""
    seen: set[str] = set()
    waiting = list(urls)
    while waiting:
        url = waiting.pop()
        file = static_dir / url.lstrip("/")
        if url in seen or not file.is_file():
            continue
        seen.add(url)
        if file.suffix in {".js", ".mjs"} and not _is_route_table(url):
            source = file.read_text(encoding="utf-8")
            names = (name for pattern in patterns for name in pattern.findall(source))
            waiting += [_address(url, name) for name in names]
    return seen


def _is_route_table(url: str) -> bool:
    # It names the modules of every page: following it would bring the boards to every phone.
    return url.startswith("/assets/manifest-")


def _address(importer: str, name: str) -> str:
    """The address of a file as a module names it."""
    if name.startswith("assets/"):
        return f"/{name}"
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))
