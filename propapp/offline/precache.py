"""Writes the service worker with the list of what it must keep."""

import hashlib
import json
from pathlib import Path

from propapp.offline import built

TEMPLATE = "offline/sw.js"
WORKER = "sw.js"


def write_service_worker(
    static_dir: Path, *, pages: tuple[str, ...], extras: tuple[str, ...]
) -> None:
    """Fill the template with this build's files; a build without a template has no worker."""
    template = static_dir / TEMPLATE
    if not template.is_file():
        return
    source = template.read_text(encoding="utf-8")
    template.unlink()
    files = kept_files(static_dir, pages=pages, extras=extras)
    kept_pages = [url for url in built.pages(static_dir) if url in pages]
    manifest = {
        "version": version_of(static_dir, files | set(_html_of(static_dir, kept_pages)), source),
        "pages": [*kept_pages, built.FALLBACK],
        "files": sorted(files),
    }
    text = source.replace('"__MANIFEST__"', json.dumps(manifest, ensure_ascii=False))
    (static_dir / WORKER).write_text(text, encoding="utf-8")


def kept_files(static_dir: Path, *, pages: tuple[str, ...], extras: tuple[str, ...]) -> set[str]:
    """Every file, but for HTML, that these pages need without a network."""
    shipped = [static_dir / built.FALLBACK.lstrip("/")]
    shipped += [file for url, file in built.pages(static_dir).items() if url in pages]
    needed = set().union(*(built.everything(static_dir, page) for page in shipped))
    return needed | set(_files_under(static_dir, extras))


def version_of(static_dir: Path, files: set[str], worker: str) -> str:
    """A name that changes with any byte of these files, or of the worker itself."""
    digest = hashlib.sha256(worker.encode())
    for url in sorted(files):
        digest.update(url.encode())
        digest.update((static_dir / url.lstrip("/")).read_bytes())
    return digest.hexdigest()[:16]


def _html_of(static_dir: Path, kept_pages: list[str]) -> list[str]:
    found = built.pages(static_dir)
    html = (f"/{found[url].relative_to(static_dir).as_posix()}" for url in kept_pages)
    return [*html, built.FALLBACK]


def _files_under(static_dir: Path, prefixes: tuple[str, ...]) -> list[str]:
    urls = (
        f"/{f.relative_to(static_dir).as_posix()}" for f in static_dir.rglob("*") if f.is_file()
    )
    return [url for url in urls if url.startswith(prefixes)]
