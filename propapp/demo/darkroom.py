"""Drawing the pictures with two hands and keeping them in the photo store."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from enum import StrEnum

from propapp.core.stores import PhotoStore
from propapp.demo.album import Kept, Picture
from propapp.demo.pictures import draw

HANDS = 2
_FEW = 6


class Pictures(StrEnum):
    """How many pictures to draw: a world for looking at, or one for tests that is quick to make."""

    ALL = "all"
    FEW = "few"


def develop(
    pictures: Iterable[Picture], store: PhotoStore, how_many: Pictures, tell: Callable[[], None]
) -> dict[str, Kept]:
    """Draw and store every picture, and give what became of each by its key."""
    wanted = {picture.key: picture for picture in pictures}
    drawn = _few(wanted) if how_many is Pictures.FEW else {key: key for key in wanted}
    kept: dict[str, Kept] = {}
    for key, made in _all([wanted[key] for key in sorted(set(drawn.values()))], store):
        kept[key] = made
        tell()
    return {key: kept[model] for key, model in drawn.items()}


def how_many(pictures: Iterable[Picture], how: Pictures) -> int:
    """How many drawings that will be."""
    wanted = {picture.key: picture for picture in pictures}
    return len(set(_few(wanted).values())) if how is Pictures.FEW else len(wanted)


def _few(wanted: dict[str, Picture]) -> dict[str, str]:
    """A few drawings stand for all of them."""
    models = sorted(wanted)[:: max(1, len(wanted) // _FEW)][:_FEW]
    return {key: models[number % len(models)] for number, key in enumerate(sorted(wanted))}


def _all(pictures: list[Picture], store: PhotoStore) -> Iterator[tuple[str, Kept]]:
    # Spawned, for a forked child would share this process's database connections.
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(HANDS, mp_context=context) as easel,
        ThreadPoolExecutor(HANDS) as shelf,
    ):
        drawn = {easel.submit(_draw, picture): picture.key for picture in pictures}
        stored: dict[Future[Kept], str] = {}
        for sheet in as_completed(drawn):
            stored[shelf.submit(_keep, store, sheet.result())] = drawn[sheet]
        for done in as_completed(stored):
            yield stored[done], done.result()


def _draw(picture: Picture) -> bytes:
    return draw(picture.scene, seed=picture.seed, taken_at=picture.taken_at, place=picture.place)


def _keep(store: PhotoStore, data: bytes) -> Kept:
    sha256, found = store.put(data)
    return Kept(sha256, len(data), found.format, found.width, found.height, found.likeness)
