"""Writes the service worker with the list of what it must keep."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from propapp.offline import built

TEMPLATE = "offline/sw.js"
WORKER = "sw.js"
PLACE = '"__MANIFEST__"'


@dataclass(frozen=True)
class Kept:
    """What a phone keeps, named by address prefixes: pages, and files they fetch by themselves."""

    pages: tuple[str, ...]
    extras: tuple[str, ...]

    def has_page(self, address: str) -> bool:
        """The page at this address must open without a network."""
        return any(
            address == prefix or (prefix != "/" and address.startswith(f"{prefix}/"))
            for prefix in self.pages
        )


def write_service_worker(static_dir: Path, kept: Kept) -> None:
    """Fill the template with this build's files, and put it where it rules the whole site."""
    template = static_dir / TEMPLATE
    source = template.read_text(encoding="utf-8")
    if PLACE not in source:
        raise RuntimeError(f"{TEMPLATE} has no place for its list of files.")
    template.unlink()
    html = pages_kept(static_dir, kept)
    files = files_kept(static_dir, kept, html.values())
    manifest = {
        "version": version_of(static_dir, files, html.values(), source),
        "pages": sorted(html),
        "files": sorted(files),
    }
    text = source.replace(PLACE, json.dumps(manifest, ensure_ascii=False))
    (static_dir / WORKER).write_text(text, encoding="utf-8")


def pages_kept(static_dir: Path, kept: Kept) -> dict[str, Path]:
    """The HTML to keep, by address; the fallback opens pages whose address holds a value."""
    prerendered = built.pages(static_dir).items()
    html = {address: file for address, file in prerendered if kept.has_page(address)}
    return {**html, built.FALLBACK: static_dir / built.FALLBACK.lstrip("/")}


def files_kept(static_dir: Path, kept: Kept, html: Iterable[Path]) -> set[str]:
    """Every file that the kept pages may fetch from the build."""
    needed = set[str]().union(*(built.everything(static_dir, page) for page in html))
    for address, modules in built.routes(static_dir).items():
        if kept.has_page(address):
            needed |= built.all_from(static_dir, modules)
    return needed | set(_files_under(static_dir, kept.extras))


def version_of(static_dir: Path, files: set[str], html: Iterable[Path], worker: str) -> str:
    """A name that changes with any byte of what is kept, or of the worker itself."""
    digest = hashlib.sha256(worker.encode())
    paths = {static_dir / url.lstrip("/") for url in files} | set(html)
    for path in sorted(paths):
        digest.update(path.relative_to(static_dir).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files_under(static_dir: Path, prefixes: tuple[str, ...]) -> list[str]:
    files = (file for file in static_dir.rglob("*") if file.is_file())
    urls = (f"/{file.relative_to(static_dir).as_posix()}" for file in files)
    return [url for url in urls if url.startswith(prefixes)]
