"""Reads a built client: its pages, and what each of them loads."""

import re
from pathlib import Path

FALLBACK = "/__spa-fallback.html"
HTML_REFERENCE = re.compile(r"""(?:href|src)="(/[^"#?]+\.[a-z0-9]+)[^"]*\"""", re.IGNORECASE)
HTML_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](/[^"'?#]+\.m?js)""")
STATIC_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["'`](\.{0,2}/[^"'`?#]+\.m?js)["'`]""")
LAZY_IMPORT = re.compile(r"""\bimport\(\s*["'`](\.{0,2}/[^"'`?#]+\.m?js)["'`]""")


def pages(static_dir: Path) -> dict[str, Path]:
    """Every prerendered page, by its address."""
    found = {}
    for file in sorted(static_dir.rglob("index.html")):
        folder = file.parent.relative_to(static_dir).as_posix()
        found["/" if folder == "." else f"/{folder}"] = file
    return found


def first_load(static_dir: Path, page: Path) -> set[str]:
    """What a browser fetches to show this page: all it names, and the modules these import."""
    return _follow(static_dir, _named_in(page), STATIC_IMPORT)


def everything(static_dir: Path, page: Path) -> set[str]:
    """What this page may ever fetch from the build: the first load, and its lazy modules."""
    return _follow(static_dir, _named_in(page), STATIC_IMPORT, LAZY_IMPORT)


def _named_in(page: Path) -> set[str]:
    html = page.read_text(encoding="utf-8")
    return set(HTML_REFERENCE.findall(html)) | set(HTML_IMPORT.findall(html))


def _follow(static_dir: Path, urls: set[str], *patterns: re.Pattern[str]) -> set[str]:
    """The existing files among these addresses, and all that their modules import in turn."""
    seen: set[str] = set()
    waiting = list(urls)
    while waiting:
        url = waiting.pop()
        file = static_dir / url.lstrip("/")
        if url in seen or not file.is_file():
            continue
        seen.add(url)
        if file.suffix in {".js", ".mjs"}:
            source = file.read_text(encoding="utf-8")
            for pattern in patterns:
                waiting += [_address(url, name) for name in pattern.findall(source)]
    return seen


def _address(importer: str, name: str) -> str:
    """The address of a module as its importer names it."""
    if name.startswith("/"):
        return name
    folder = Path(importer).parent
    for part in Path(name).parts:
        folder = folder.parent if part == ".." else folder / part
    return folder.as_posix()
