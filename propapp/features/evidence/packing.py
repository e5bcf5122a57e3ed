"""Writing a bundle: JSON, tables, photos, the page to print, and the means to check them all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from propapp.core.making.whole import Digest, digest_of, whole
from propapp.core.progress import Tell
from propapp.core.stores import Form, PhotoStore
from propapp.features.evidence.contents import Contents
from propapp.features.evidence.papers import evidence_page

BESIDE = Path(__file__).with_name("bundle")
# The page, the data, the tables and what lies beside them.
_OTHER_FILES = 8
_PIECE = 1 << 20


@dataclass
class _Parcel:
    """A zip that remembers what was put into it, and says how far it is."""

    zip: zipfile.ZipFile
    total: int
    tell: Tell
    manifest: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def put(self, name: str, data: bytes) -> None:
        """Add a file."""
        self.zip.writestr(name, data)
        self._note(name, len(data), hashlib.sha256(data).hexdigest())

    def put_file(self, name: str, path: Path) -> None:
        """Add a file from the disk, piece by piece; photos do not get smaller any more."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        with path.open("rb") as source, self.zip.open(info, "w") as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        self._note(name, size, digest.hexdigest())

    def _note(self, name: str, size: int, sha256: str) -> None:
        self.manifest[name] = {"size": size, "sha256": sha256}
        self.tell(len(self.manifest), self.total)


def pack(contents: Contents, store: PhotoStore, target: Path, tell: Tell) -> Digest:
    """Write the bundle under its name in one step."""
    with whole(target) as draft:
        write(contents, store, draft, tell)
    return digest_of(target)


def write(contents: Contents, store: PhotoStore, draft: Path, tell: Tell) -> None:
    """Write the bundle to this place."""
    total = len(contents.photos) + _OTHER_FILES
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as made:
        _fill(_Parcel(made, total, tell), contents, store)


def _fill(parcel: _Parcel, contents: Contents, store: PhotoStore) -> None:
    for beside in ("README.md", "verify.py"):
        parcel.put(beside, (BESIDE / beside).read_bytes())
    parcel.put("bundle.json", json.dumps(contents.data, ensure_ascii=False, indent=1).encode())
    for name, rows in tables(contents.data):
        parcel.put(f"tables/{name}.csv", sheet(rows))
    for name, sha256 in contents.photos.items():
        parcel.put_file(name, store.file(sha256, Form.ORIGINAL))
    parcel.put("page.pdf", evidence_page(contents, store))
    manifest = {"files": dict(sorted(parcel.manifest.items()))}
    parcel.zip.writestr("manifest.json", json.dumps(manifest, indent=1))


def tables(data: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What a spreadsheet may show, one table for each kind of row."""
    yield "visits", [_visit(run, visit) for run in data["runs"] for visit in run["facts"]["visits"]]
    yield "answers", [_answer(run, one) for run in data["runs"] for one in run["facts"]["answers"]]
    yield "orders", data["orders"]
    yield "timeline", data["timeline"]


def _visit(run: Mapping[str, Any], visit: Mapping[str, Any]) -> dict[str, Any]:
    score = run["scores"][visit["id"]]["score"]
    return {
        "route": run["route"],
        "point": run["points"][visit["point_id"]],
        "score": score,
        **visit,
    }


def _answer(run: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    question = run["questions"].get(answer["item_id"], {"label": "", "unit": ""})
    return {"question": question["label"], "unit": question["unit"], **answer}


def sheet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A CSV that a spreadsheet opens in the right letters and computes nothing of."""
    out = io.StringIO()
    table = csv.writer(out)
    # What is not known of a row, it does not name: one visit was asked something, another not.
    columns = dict.fromkeys(column for row in rows for column in row)
    table.writerow(columns)
    for row in rows:
        table.writerow(_cells(row.get(column) for column in columns))
    return out.getvalue().encode("utf-8-sig")


def _cells(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
        said = "" if text is None else str(text)
        # What begins so would be taken for a formula; a number may be below zero.
        is_formula = said[:1] in {"=", "+", "@", "\t", "\r"} or (
            said[:1] == "-" and not isinstance(value, int | float)
        )
        yield f"'{said}" if is_formula else said
