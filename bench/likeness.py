"""How well copies of photos are found and other photos left in peace; writes docs/likeness.md."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, combinations
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from bench import history
from bench.copies import CAREFUL, COPIES, STEADY, USUAL, Hand, a_scene, retaken, saved
from propapp.core.stores import Likeness, picture_worker
from propapp.demo.pictures import Scene
from propapp.features.rounds.evidence import COPY, COPY_SAME_POINT

PLACES, TRIES = (1, 2), 20
HANDS: dict[str, Hand] = {"careful": CAREFUL, "steady": STEADY, "usual": USUAL}
CUTS = ((2, 32), (4, 16), (8, 8))
SAME_WALL, OTHER = "the same wall again by a usual hand", "another subject"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "likeness.md"

Seen = Likeness | None
Pair = tuple[Likeness, Likeness]
HEAD = f"""# What photos look like: copies found, others left in peace

Made by `make bench`, over the drawn photos of the demo world: {len(Scene)} subjects at
{len(PLACES)} places each. What is said of a pair is what the house does: a copy shares one of the
four bands of its coarse 64 bits with the first photo, and at most so many of its fine 256 bits
are off: {COPY_SAME_POINT} at the same point, {COPY} elsewhere
([why](evidence.md#a-photo-that-was-used-before-and-saved-anew)).
"""


_CUTS_HEAD = (
    f"| bands | bits off that none escapes with | copies within {COPY} fine bits "
    f"| {SAME_WALL} | {OTHER} |"
)


def main() -> None:
    """All of it; some minutes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as hands:
        places = [(scene, seed) for scene in Scene for seed in PLACES]
        copies = list(hands.map(_copies, places))
        again = list(hands.map(_retakes, Scene))
    firsts = {place: one["as it was"] for place, one in zip(places, copies, strict=True)}
    retakes = {
        f"the same wall again by a {name} hand": list(
            chain.from_iterable(_pairs(one[name]) for one in again)
        )
        for name in HANDS
    }
    made = {name: _of(copies, name) for name in COPIES}
    others = [_known(firsts[a], firsts[b]) for a, b in combinations(places, 2) if a[0] != b[0]]
    twins = [_known(firsts[a], firsts[b]) for a, b in combinations(places, 2) if a[0] == b[0]]
    apart = {
        "the same subject at another place": list(chain.from_iterable(twins)),
        OTHER: list(chain.from_iterable(others)),
    }
    lines = [
        HEAD,
        *_copies_table(made),
        *_others_table(retakes, apart),
        *_cuts(made, retakes, apart),
    ]
    PAGE.write_text("\n".join([*lines, *history.lines(), ""]), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


def _copies(place: tuple[Scene, int]) -> dict[str, Seen]:
    picture = a_scene(*place)
    made = {"as it was": saved(picture, 92)} | {name: how(picture) for name, how in COPIES.items()}
    return {name: _look(data) for name, data in made.items()}


def _retakes(scene: Scene) -> dict[str, list[Seen]]:
    sheet, dice = a_scene(scene), Random(f"retakes of {scene}")
    return {
        name: [_look(retaken(sheet, hand, dice)) for _ in range(TRIES)]
        for name, hand in HANDS.items()
    }


def _look(data: bytes) -> Seen:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "photo"
        file.write_bytes(data)
        seen = picture_worker.look(str(file), {})["likeness"]
    return Likeness(*seen) if seen else None


def _of(copies: Sequence[dict[str, Seen]], name: str) -> list[Pair]:
    return list(chain.from_iterable(_known(one["as it was"], one[name]) for one in copies))


def _pairs(found: Iterable[Seen]) -> list[Pair]:
    return list(chain.from_iterable(_known(*pair) for pair in combinations(found, 2)))


def _known(one: Seen, other: Seen) -> Iterator[Pair]:
    """The pair, where both look like something."""
    if one and other:
        yield one, other


def _off(pair: Pair) -> int:
    return (pair[0].fine ^ pair[1].fine).bit_count()


def _shares(pair: Pair, number: int = 4, bits: int = 16) -> bool:
    differ = pair[0].coarse ^ pair[1].coarse
    return any(not differ >> bits * place & (1 << bits) - 1 for place in range(number))


def _part(pairs: Sequence[Pair], holds: Callable[[Pair], bool], of: int = 100) -> str:
    return f"{of * sum(map(holds, pairs)) / len(pairs):.1f}" if pairs else "-"


def _within(bound: int) -> Callable[[Pair], bool]:
    return lambda pair: _off(pair) <= bound and _shares(pair)


def _copies_table(made: dict[str, list[Pair]]) -> list[str]:
    rows = [
        f"| {name} | {_part(pairs, _within(COPY_SAME_POINT))} | {_part(pairs, _within(COPY))} "
        f"| {median(map(_off, pairs)):.0f} | {max(map(_off, pairs))} |"
        for name, pairs in made.items()
    ]
    return [
        "## Copies that are found, in percent",
        "",
        "| the copy is | at the same point | elsewhere | bits off, median | most |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
    ]


def _others_table(found: dict[str, list[Pair]]) -> list[str]:
    rows = [
        f"| {name} | {len(pairs):,} | {_part(pairs, _within(COPY_SAME_POINT), 10_000)} "
        f"| {_part(pairs, _within(COPY), 10_000)} "
        f"| {min(map(_off, pairs))} | {median(map(_off, pairs)):.0f} |"
        for name, pairs in found.items()
    ]
    return [
        "## Others taken for a copy, of 10,000 pairs",
        "",
        f"| the photos are | pairs | {COPY_SAME_POINT} bits | {COPY} bits | least off | median |",
        "|---|---:|---:|---:|---:|---:|",
        *rows,
        "",
        "Careful, steady and usual hands are 1, 2 and 3 % of the picture and 0.7, 1 and 1.5° off.",
        "",
    ]


def _cuts(made: dict[str, list[Pair]], left: dict[str, list[Pair]]) -> list[str]:
    """What other bands would find, and how much they would have to look through."""
    copies = [pair for pairs in made.values() for pair in pairs if _off(pair) <= COPY]
    rows = []
    for number, bits in CUTS:
        shares = lambda pair, n=number, b=bits: _shares(pair, n, b)  # noqa: E731
        rows.append(
            f"| {number} of {bits} bits | {number - 1} | {_part(copies, shares)} "
            f"| {_part(left[SAME_WALL], shares)} | {_part(left[OTHER], shares)} |"
        )
    return [
        "## The bands, in percent of pairs that share one",
        "",
        _CUTS_HEAD,
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
    ]


if __name__ == "__main__":
    main()
