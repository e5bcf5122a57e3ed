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
from propapp.core.stores.likeness import SIEVE, apart, distance
from propapp.core.stores.pictures import likeness_from
from propapp.demo.pictures import Scene
from propapp.features.rounds.evidence import COPY, COPY_SAME_POINT

TRIES = 12
HANDS: dict[str, Hand] = {"careful": CAREFUL, "steady": STEADY, "usual": USUAL}
CUTS = ((2, 32), (4, 16), (8, 8))
OTHER = "another subject"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "likeness.md"

Seen = Likeness | None
Pair = tuple[Likeness, Likeness]
HEAD = f"""# What photos look like: copies found, others left in peace

Made by `make bench`, over {len(Scene)} drawn subjects of the demo world. What is said of a pair is
what the house does: a copy shares one of the four bands of its coarse 64 bits with the first photo,
at most {SIEVE} of its fine 256 bits are off, and its patches are at most so far apart, in parts of
10,000: {COPY_SAME_POINT} at the same point, {COPY} elsewhere
([why](evidence.md#a-photo-that-was-used-before-and-saved-anew)).
"""


def _again(hand: str) -> str:
    return f"the same wall again by a {hand} hand"


_CUTS_HEAD = (
    f"| bands | bits off that none escapes with | copies within {COPY} parts "
    f"| {_again('usual')} | {OTHER} |"
)


def main() -> None:
    """All of it; some minutes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as hands:
        copies = list(hands.map(_copies, Scene))
        firsts = [one["as it was"] for one in copies]
        twins = list(hands.map(_elsewhere, Scene))
        again = list(hands.map(_retakes, Scene))
    made = {name: _of(copies, name) for name in COPIES}
    found = {
        **{
            _again(name): list(chain.from_iterable(_pairs(one[name]) for one in again))
            for name in HANDS
        },
        "the same subject at another place": list(chain.from_iterable(map(_known, firsts, twins))),
        OTHER: _pairs(firsts),
    }
    lines = [HEAD, *_copies_table(made), *_others_table(found), *_cuts(made, found)]
    PAGE.write_text("\n".join([*lines, *history.lines(), ""]), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


def _elsewhere(scene: Scene) -> Seen:
    return _look(saved(a_scene(scene, 2), 92))


def _copies(scene: Scene) -> dict[str, Seen]:
    picture = a_scene(scene)
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
    return likeness_from(seen)


def _of(copies: Sequence[dict[str, Seen]], name: str) -> list[Pair]:
    return list(chain.from_iterable(_known(one["as it was"], one[name]) for one in copies))


def _pairs(found: Iterable[Seen]) -> list[Pair]:
    return list(chain.from_iterable(_known(*pair) for pair in combinations(found, 2)))


def _known(one: Seen, other: Seen) -> Iterator[Pair]:
    """The pair, where both look like something."""
    if one and other:
        yield one, other


def _off(pair: Pair) -> int:
    return distance(pair[0].written, pair[1].written)


def _apart(pair: Pair) -> int:
    return apart(pair[0].patches, pair[1].patches)


def _shares(pair: Pair, number: int = 4, bits: int = 16) -> bool:
    differ = pair[0].coarse ^ pair[1].coarse
    return any(not differ >> bits * place & (1 << bits) - 1 for place in range(number))


def _part(pairs: Sequence[Pair], holds: Callable[[Pair], bool], of: int = 100) -> str:
    return f"{of * sum(map(holds, pairs)) / len(pairs):.1f}" if pairs else "-"


def _within(bound: int) -> Callable[[Pair], bool]:
    return lambda pair: _shares(pair) and _off(pair) <= SIEVE and _apart(pair) <= bound


def _copies_table(made: dict[str, list[Pair]]) -> list[str]:
    rows = [
        f"| {name} | {_part(pairs, _within(COPY_SAME_POINT))} | {_part(pairs, _within(COPY))} "
        f"| {median(map(_apart, pairs)):.0f} | {max(map(_apart, pairs))} |"
        for name, pairs in made.items()
    ]
    return [
        "## Copies that are found, in percent",
        "",
        "| the copy is | at the same point | elsewhere | apart, median | most |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
    ]


def _others_table(found: dict[str, list[Pair]]) -> list[str]:
    rows = [
        f"| {name} | {len(pairs):,} | {_part(pairs, _within(COPY_SAME_POINT), 10_000)} "
        f"| {_part(pairs, _within(COPY), 10_000)} "
        f"| {min(map(_apart, pairs))} | {median(map(_apart, pairs)):.0f} |"
        for name, pairs in found.items()
    ]
    return [
        "## Others taken for a copy, of 10,000 pairs",
        "",
        f"| the photos are | pairs | {COPY_SAME_POINT} apart | {COPY} apart | least | median |",
        "|---|---:|---:|---:|---:|---:|",
        *rows,
        "",
        "Careful, steady and usual hands are 1, 2 and 3 % of the picture and 0.7, 1 and 1.5° off.",
        "",
    ]


def _cuts(made: dict[str, list[Pair]], left: dict[str, list[Pair]]) -> list[str]:
    """What other bands would find, and how much they would have to look through."""
    copies = [pair for pairs in made.values() for pair in pairs if _apart(pair) <= COPY]
    rows = []
    for number, bits in CUTS:
        shares = lambda pair, n=number, b=bits: _shares(pair, n, b)  # noqa: E731
        rows.append(
            f"| {number} of {bits} bits | {number - 1} | {_part(copies, shares)} "
            f"| {_part(left[_again('usual')], shares)} | {_part(left[OTHER], shares)} |"
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
