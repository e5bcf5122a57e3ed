"""The performance report in words."""

from __future__ import annotations

from propapp.features.reports.contents import Performance
from propapp.features.reports.documents import Bar, Document, Tile, Words
from propapp.features.reports.wording import promised, promises, troubles
from propapp.features.reports.wording.tables import facts, share


def performance_document(found: Performance, words: Words) -> Document:
    """What was promised and what became of it, from the whole to the single round."""
    stretch = found.stretch
    title = words("kind.performance")
    return Document(
        title=f"{words.name(stretch.site)} {stretch.first:%Y-%m} {title}",
        site=words.name(stretch.site),
        foot=_foot(found, words),
        facts=facts(stretch, found.now, words.name(found.person), words),
        tiles=_tiles(found, words),
        bars=[
            Bar(str(day.day), one.count.done, one.count.late, one.count.missed, one.count.coming)
            for day, one in found.days
        ],
        bars_title=words("bars"),
        parts=[
            promises.goals(found, words),
            promises.clauses(found, words),
            promised.promised(found, words),
            promises.posts(found, words),
            promises.days(found, words),
            troubles.lapses(found.lapses, found.lapsed, words, found.routes, found.tasks),
            troubles.orders(found.orders, words),
            troubles.late_orders(found, words),
            troubles.weak(found, words),
        ],
        closing=[
            (words("proof"), words("proof_said", **_proof_facts(found))),
            (words("how_title"), words("how")),
        ],
        signatures=[words("sign_made"), words("sign_manager"), words("sign_owners")],
        words=words.all(),
    )


def _foot(found: Performance, words: Words) -> str:
    """The end of the chain, for the foot of each page."""
    if found.chain is None:
        return words("no_chain")
    return f"{words('head')} {found.chain.day:%Y-%m-%d} #{found.chain.n} {found.chain.hash}"


def _proof_facts(found: Performance) -> dict[str, object]:
    chain = found.chain
    return {
        "runs": found.tally.runs,
        "sealed": found.tally.sealed,
        "visits": found.proof.visits,
        "scored": found.proof.scored,
        "fair": found.proof.fair,
        "weak": found.proof.scored - found.proof.fair,
        "photos": found.proof.photos,
        "looked": found.looks.whole,
        "credible": found.looks.part,
        "head": f"{chain.day:%Y-%m-%d} #{chain.n} {chain.hash}" if chain else "–",
    }


def _tiles(found: Performance, words: Words) -> list[Tile]:
    count = found.tally.count
    over = count.due - count.coming
    goals = [card for card, _ in found.goals if card.standing in promises.GOOD]
    reached = sum(card.standing == "on_target" for card in goals)
    return [
        Tile(
            words("tile.rounds"),
            share(count.done + count.late, over),
            words("tile.rounds_of", done=count.done + count.late, due=over),
            _tone(count.missed, over),
        ),
        Tile(words("late"), str(count.late), words("tile.most_late", minutes=found.tally.most_late),
             "warn" if count.late else "good"),
        Tile(words("missed"), str(count.missed), words("tile.delayed", count=found.tally.delayed),
             "danger" if count.missed else "good"),
        Tile(words("tile.orders"), share(found.in_time.part, found.in_time.whole),
             words("tile.of", part=found.in_time.part, whole=found.in_time.whole),
             _tone(found.in_time.whole - found.in_time.part, found.in_time.whole)),
        Tile(words("tile.goals"), f"{reached} / {len(goals)}" if goals else "–",
             words("tile.goals_now"), _tone(len(goals) - reached, len(goals))),
        Tile(words("photos"), f"{found.proof.photos:,}", words("tile.visits",
             count=f"{found.proof.visits:,}")),
    ]  # fmt: skip


def _tone(bad: int, whole: int) -> str:
    return "" if not whole else "danger" if bad * 20 > whole else "warn" if bad else "good"
