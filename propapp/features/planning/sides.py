"""A year as the browser shows it, and two of them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from propapp.features.planning.costing import Cost, PostCost
from propapp.features.plans.yearly import Doing, Reason, Uncovered, YearPlan
from propapp.features.standards.cards import often_words

# Why nothing or too little is planned for a clause, in the order in which it is read.
WHY = (Reason.LESS, Reason.CHANGES, Reason.NOT_HERE, Reason.NO_NORM, Reason.NO_FREQUENCY)


@dataclass(frozen=True)
class Amount:
    """A figure of both choices; ``more`` has its sign, ``trend`` is more, less or same."""

    one: str = "0"
    other: str = "0"
    more: str = "0"
    trend: str = "same"


@dataclass(frozen=True)
class PostLine:
    """A post under both choices; all posts together where ``role`` is empty."""

    role: str = ""
    hours: Amount = Amount()
    people: Amount = Amount()
    cost: Amount = Amount()
    # How many people it would take exactly, under each.
    exact: str = ""
    exact_other: str = ""


@dataclass(frozen=True)
class DoingCard:
    """A task of the year: how often in words, and what it comes to."""

    key: str = ""
    subject: str = ""
    name: str = ""
    name_en: str = ""
    role: str = ""
    often: str = ""
    often_en: str = ""
    times: int = 0
    minutes: int = 0
    people: int = 1
    hours: str = ""
    photos: int = 0
    scan: bool = False
    document: bool = False
    is_law: bool = False


@dataclass(frozen=True)
class ClauseLine:
    """A clause by number and name, and the day from which it is another in the year."""

    number: str = ""
    name: str = ""
    name_en: str = ""
    day: str = ""


@dataclass(frozen=True)
class UncoveredGroup:
    """Clauses without a task, or without enough of one, for the same reason."""

    reason: str = ""
    clauses: list[ClauseLine] = field(default_factory=list[ClauseLine])


@dataclass(frozen=True)
class TaskLine:
    """A task that is not the same under both choices; ``kind`` is added, removed or changed."""

    key: str = ""
    kind: str = ""
    name: str = ""
    name_en: str = ""
    was: str = ""
    was_en: str = ""
    now: str = ""
    now_en: str = ""
    hours: Amount = Amount()


@dataclass(frozen=True)
class Tried:
    """A subject of which another frequency is tried."""

    subject: str = ""
    name: str = ""
    name_en: str = ""
    often: str = ""
    often_en: str = ""


@dataclass(frozen=True)
class Result:
    """Two years side by side; of one alone both sides are the same."""

    posts: list[PostLine] = field(default_factory=list[PostLine])
    total: PostLine = PostLine()
    tasks: Amount = Amount()
    dates: Amount = Amount()
    uncovered: Amount = Amount()
    doings: list[DoingCard] = field(default_factory=list[DoingCard])
    doings_other: list[DoingCard] = field(default_factory=list[DoingCard])
    changes: list[TaskLine] = field(default_factory=list[TaskLine])
    groups: list[UncoveredGroup] = field(default_factory=list[UncoveredGroup])
    groups_other: list[UncoveredGroup] = field(default_factory=list[UncoveredGroup])
    # Clauses that a task of another clause serves as well.
    served: int = 0


def result(one: YearPlan, other: YearPlan, costs: tuple[Cost, Cost]) -> Result:
    """All that is shown of two choices."""
    mine, theirs = costs
    roles = list(dict.fromkeys(post.role for post in (*mine.posts, *theirs.posts)))
    return Result(
        posts=[_post(mine.of(role), theirs.of(role)) for role in roles],
        total=PostLine(
            hours=_hours(mine.minutes, theirs.minutes),
            people=_whole(mine.people, theirs.people),
            cost=_money(mine.fen, theirs.fen),
        ),
        tasks=_whole(len(one.doings), len(other.doings)),
        dates=_whole(_dates(one), _dates(other)),
        uncovered=_whole(len(_unserved(one)), len(_unserved(other))),
        doings=[_card(doing) for doing in one.doings],
        doings_other=[_card(doing) for doing in other.doings],
        changes=_changes(one, other),
        groups=_groups(one),
        groups_other=_groups(other),
        served=sum(left.reason is Reason.SERVED for left in one.uncovered),
    )


def hours_text(minutes: int) -> str:
    """Hours with one decimal where they are not whole."""
    return f"{minutes / 60:,.1f}".removesuffix(".0")


def yuan_text(fen: int) -> str:
    """Yuan, and the fen where there are any."""
    return f"{fen / 100:,.2f}".removesuffix(".00")


def _post(one: PostCost, other: PostCost) -> PostLine:
    return PostLine(
        one.role.value,
        _hours(one.minutes, other.minutes),
        _whole(one.people, other.people),
        _money(one.fen, other.fen),
        exact=f"{one.tenths / 10:.1f}",
        exact_other=f"{other.tenths / 10:.1f}",
    )


def _hours(one: int, other: int) -> Amount:
    return _amount(hours_text(one), hours_text(other), other - one, hours_text(abs(other - one)))


def _money(one: int, other: int) -> Amount:
    return _amount(yuan_text(one), yuan_text(other), other - one, yuan_text(abs(other - one)))


def _whole(one: int, other: int) -> Amount:
    return _amount(f"{one:,}", f"{other:,}", other - one, f"{abs(other - one):,}")


def _amount(one: str, other: str, more: int, size: str) -> Amount:
    if more == 0:
        return Amount(one, other)
    sign, trend = ("+", "more") if more > 0 else ("\N{MINUS SIGN}", "less")
    return Amount(one, other, sign + size, trend)


def _dates(plan: YearPlan) -> int:
    return sum(one.times for one in plan.doings)


def _unserved(plan: YearPlan) -> list[Uncovered]:
    return [one for one in plan.uncovered if one.reason is not Reason.SERVED]


def _groups(plan: YearPlan) -> list[UncoveredGroup]:
    return [
        UncoveredGroup(reason.value, lines)
        for reason in WHY
        if (
            lines := [
                ClauseLine(
                    one.number,
                    one.title,
                    one.title_en or one.title,
                    one.day.isoformat() if one.day else "",
                )
                for one in plan.uncovered
                if one.reason is reason
            ]
        )
    ]


def _card(one: Doing) -> DoingCard:
    spec, proof = one.spec, one.spec.evidence
    return DoingCard(
        key=spec.key,
        subject=one.subject,
        name=spec.name,
        name_en=spec.name_en or spec.name,
        role=spec.role.value,
        often=often_words(str(one.often), "zh-CN"),
        often_en=often_words(str(one.often), "en"),
        times=one.times,
        minutes=spec.minutes,
        people=spec.people,
        hours=hours_text(one.minutes),
        photos=proof.photos,
        scan=proof.scan,
        document=proof.document,
        is_law=one.is_law,
    )


def _changes(one: YearPlan, other: YearPlan) -> list[TaskLine]:
    """Task by task, the greatest change of hours first."""
    mine = {doing.spec.key: doing for doing in one.doings}
    theirs = {doing.spec.key: doing for doing in other.doings}
    pairs: Sequence[tuple[Doing | None, Doing | None]] = [
        (mine.get(key), theirs.get(key)) for key in dict.fromkeys((*mine, *theirs))
    ]
    differing = [pair for pair in pairs if _differs(*pair)]
    differing.sort(key=lambda pair: -abs(_work(pair[1]) - _work(pair[0])))
    return [_line(*pair) for pair in differing]


def _differs(was: Doing | None, now: Doing | None) -> bool:
    if was is None or now is None:
        return True
    return (was.often, was.minutes) != (now.often, now.minutes)


def _work(one: Doing | None) -> int:
    return one.minutes if one else 0


def _line(was: Doing | None, now: Doing | None) -> TaskLine:
    kind = "added" if was is None else "removed" if now is None else "changed"
    before, after = _card(was) if was else DoingCard(), _card(now) if now else DoingCard()
    shown = after if now else before
    return TaskLine(
        shown.key,
        kind,
        shown.name,
        shown.name_en,
        before.often,
        before.often_en,
        after.often,
        after.often_en,
        _hours(_work(was), _work(now)),
    )
