"""A workbook is looked through before anything is read from it.

What is refused here has cost one pass over at most ``limits.UNPACKED`` bytes. What is read later
is exactly what was looked at: the parts are packed anew, so a package that says one size and holds
another is never unpacked by anybody else.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from propapp.core.errors import (
    SheetDamaged,
    SheetLocked,
    SheetOld,
    SheetTooLarge,
    SheetTooManyColumns,
    SheetTooManyRows,
    SheetUnknown,
)
from propapp.core.sheets import limits

_ZIP = b"PK\x03\x04"
# Old workbooks and those with a password are the same kind of container.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PIECE = 64 * 1024
_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_NEEDED = ("[Content_Types].xml", "_rels/.rels", "xl/styles.xml", "xl/sharedStrings.xml")
_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass
class Looked:
    """A workbook that may be read: packed anew, with the places of what is no plain value."""

    package: bytes
    sheet: str
    formulas: frozenset[tuple[int, int]]
    mistakes: frozenset[tuple[int, int]]


def look_through(path: Path) -> Looked:
    """The first sheet of the workbook, if it is one and within bounds; else why not."""
    if path.stat().st_size > limits.LARGEST:
        raise SheetTooLarge(most=limits.LARGEST // 1024 // 1024)
    with path.open("rb") as source:
        _refuse_strangers(source)
        try:
            with zipfile.ZipFile(source) as package:
                return _Looking(package).looked()
        except _TROUBLES as error:
            raise SheetDamaged from error


def _refuse_strangers(source: IO[bytes]) -> None:
    head = source.read(8)
    if head == _OLE:
        raise SheetLocked if _LOCKED in source.read() else SheetOld
    if not head.startswith(_ZIP):
        raise SheetUnknown
    source.seek(0)


@dataclass
class _Cells:
    """What the pass over a sheet finds, counted as it goes."""

    row: int = 0
    column: int = 0
    filled: int = 0
    is_mistake: bool = False
    formulas: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    mistakes: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def start(self, name: str, facts: Mapping[str, str]) -> None:
        """The beginning of an element."""
        if name == "row":
            self.row = int(facts["r"]) if facts.get("r", "").isdigit() else self.row + 1
            self.column = 0
        elif name == "c":
            self.column = _column_of(facts.get("r", "")) or self.column + 1
            self.is_mistake = facts.get("t") == "e"
        elif name in {"v", "is", "f"}:
            self._filled(name)

    def _filled(self, name: str) -> None:
        self.filled += 1
        # The first row holds the headings.
        if self.row > limits.MOST_ROWS + 1 or self.filled > limits.MOST_CELLS:
            raise SheetTooManyRows(most=limits.MOST_ROWS)
        if self.column > limits.MOST_COLUMNS:
            raise SheetTooManyColumns(most=limits.MOST_COLUMNS)
        if name == "f":
            self.formulas.add((self.row, self.column))
        elif self.is_mistake:
            self.mistakes.add((self.row, self.column))


class _Looking:
    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.left = limits.UNPACKED
        self.parts = {one.filename: one for one in package.infolist()}
        if len(package.infolist()) > limits.MOST_PARTS or len(self.parts) < len(package.infolist()):
            raise SheetDamaged
        if any(one.flag_bits & 1 for one in self.parts.values()):
            raise SheetLocked

    def looked(self) -> Looked:
        if _WORKBOOK not in self.parts or _LINKS not in self.parts:
            raise SheetUnknown
        workbook, links = self._bytes(_WORKBOOK), self._bytes(_LINKS)
        name, part = _first_sheet(workbook, links)
        if part not in self.parts:
            raise SheetDamaged
        cells = _Cells()
        kept = {_WORKBOOK: workbook, _LINKS: links, part: self._walked(part, cells)}
        kept |= {one: self._bytes(one) for one in _NEEDED if one in self.parts}
        return Looked(_packed(kept), name, frozenset(cells.formulas), frozenset(cells.mistakes))

    def _pieces(self, part: str) -> Iterator[bytes]:
        with self.package.open(self.parts[part]) as source:
            while piece := source.read(_PIECE):
                self.left -= len(piece)
                if self.left < 0:
                    raise SheetTooLarge(most=limits.LARGEST // 1024 // 1024)
                yield piece

    def _bytes(self, part: str) -> bytes:
        return b"".join(self._pieces(part))

    def _walked(self, part: str, cells: _Cells) -> bytes:
        parser, kept = _parser(), io.BytesIO()
        parser.StartElementHandler = lambda name, facts: cells.start(_local(name), facts)
        _feed(parser, _kept(self._pieces(part), kept))
        return kept.getvalue()


def _kept(pieces: Iterator[bytes], into: io.BytesIO) -> Iterator[bytes]:
    for piece in pieces:
        into.write(piece)
        yield piece


def _first_sheet(workbook: bytes, links: bytes) -> tuple[str, str]:
    """Its name, and the part of the package that it stands in."""
    sheets = [facts for name, facts in _elements(workbook) if name == "sheet"]
    targets = {
        facts.get("Id", ""): facts.get("Target", "")
        for name, facts in _elements(links)
        if name == "Relationship"
    }
    for facts in sheets:
        linked = next((value for key, value in facts.items() if _local(key) == "id"), "")
        target = targets.get(linked, "")
        if "worksheets/" in target:
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return facts.get("name", ""), posixpath.normpath(part)
    raise SheetDamaged


def _elements(text: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, facts: found.append((_local(name), facts))
    _feed(parser, iter([text]))
    return found


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    # No workbook has one; what a document declares of itself could grow without end.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_what: object) -> None:
    raise SheetDamaged


def _feed(parser: expat.XMLParserType, pieces: Iterator[bytes]) -> None:
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - expat has no names for it
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise SheetDamaged from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _column_of(place: str) -> int:
    """The number of the column of ``AB12``, from 1; 0 where it is not said."""
    number = 0
    for sign in place:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()
