"""Weighs the built pages as a phone would: what travels before the page is whole."""

from dataclasses import dataclass
from pathlib import Path

from propapp.offline import built


@dataclass(frozen=True)
class PageWeight:
    """The files of one page's first load, and their bytes over the wire."""

    page: str
    files: dict[str, int]

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(self.files.values())

    def beyond(self, other: "PageWeight") -> int:
        """What this page adds for someone who has already loaded the other."""
        return sum(size for file, size in self.files.items() if file not in other.files)


def weigh(shelf: Path) -> list[PageWeight]:
    """Every prerendered page, the heaviest first."""
    static_dir = shelf / "build" / "client"
    weights = [_weigh_page(static_dir, url, file) for url, file in built.pages(static_dir).items()]
    return sorted(weights, key=lambda weight: -weight.total)


def _weigh_page(static_dir: Path, url: str, page: Path) -> PageWeight:
    files = {address: _wire_bytes(static_dir / address.lstrip("/"))
             for address in built.first_load(static_dir, page)}  # fmt: skip
    return PageWeight(page=url, files={f"{url} (page)": _wire_bytes(page), **files})


def _wire_bytes(file: Path) -> int:
    """The size of the brotli copy the server sends; of the file itself where there is none."""
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.is_file() else file).stat().st_size
