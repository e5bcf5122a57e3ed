"""What is in a parcel: a head, operations as the wire has them, photos in pieces, an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from propapp.core import strict_json
from propapp.core.errors import ParcelDamaged, PropappError
from propapp.core.sync.batch import Batch
from propapp.core.sync.envelope import MAX_BYTES, Digest, Natural

PIECE = 256 * 1024
LARGEST_PHOTO = 25_000_000
_PREFIX = 5
_MOST = max(PIECE, MAX_BYTES)

Model = TypeVar("Model", bound=BaseModel)


class Head(BaseModel):
    """Whose work it is, by the push token of their phone, and how much of it there is."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    token: Annotated[str, Field(max_length=200)]
    operations: Natural
    photos: Natural
    app: Annotated[str, Field(max_length=40)] = ""
    made_at: Annotated[str, Field(max_length=64)] = ""


class PhotoHead(BaseModel):
    """A photo begins; its pieces follow."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sha256: Digest
    size: Annotated[int, Field(strict=True, ge=1, le=LARGEST_PHOTO)]


class End(BaseModel):
    """How much there really was; the last record."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    operations: Natural
    photos: Natural


Record = Head | Batch | PhotoHead | bytes | End

_MODELS: dict[bytes, type[BaseModel]] = {b"H": Head, b"O": Batch, b"P": PhotoHead, b"E": End}


def records(frames: Iterable[bytes]) -> Iterator[Record]:
    """The records of a parcel in their order, checked to make sense together.

    A piece of a photo is plain bytes. What nobody's phone would write raises ``ParcelDamaged``.
    """
    order = _Order()
    for kind, content in _cut(frames):
        record = content if kind == b"C" else _read(kind, content)
        order.follow(record)
        yield record
    if not order.ended:
        raise ParcelDamaged


def _cut(frames: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Records out of frames, which end wherever they are full."""
    held = bytearray()
    for frame in frames:
        held += frame
        while len(held) >= _PREFIX:
            length = int.from_bytes(held[1:_PREFIX], "big")
            if length > _MOST:
                raise ParcelDamaged
            if len(held) < _PREFIX + length:
                break
            yield bytes(held[:1]), bytes(held[_PREFIX : _PREFIX + length])
            del held[: _PREFIX + length]
    if held:
        raise ParcelDamaged


def _read(kind: bytes, content: bytes) -> Head | Batch | PhotoHead | End:
    model = _MODELS.get(kind)
    if model is None:
        raise ParcelDamaged
    try:
        return model.model_validate(strict_json.loads(content))  # type: ignore[return-value]
    except (ValidationError, PropappError) as error:
        raise ParcelDamaged from error


class _Order:
    """Which record may follow which, and whether the end tells the truth."""

    def __init__(self) -> None:
        self.begun = self.ended = False
        self.operations = self.photos = self.missing = 0

    def follow(self, record: Record) -> None:
        """Take note of the next record."""
        if self.ended or self.begun == isinstance(record, Head):
            raise ParcelDamaged
        self.begun = True
        if isinstance(record, bytes):
            self._piece(record)
            return
        if self.missing:
            raise ParcelDamaged
        if isinstance(record, Batch):
            self.operations += len(record.operations)
        elif isinstance(record, PhotoHead):
            self.photos, self.missing = self.photos + 1, record.size
        elif isinstance(record, End):
            self.ended = True
            if (record.operations, record.photos) != (self.operations, self.photos):
                raise ParcelDamaged

    def _piece(self, piece: bytes) -> None:
        if not 0 < len(piece) <= min(PIECE, self.missing):
            raise ParcelDamaged
        self.missing -= len(piece)
