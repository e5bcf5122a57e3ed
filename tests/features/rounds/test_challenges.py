"""Random challenges: bound before their day, drawn alike by phone and server, and judged."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm.attributes import flag_modified

from propapp.api.snapshot import snapshot, to_json
from propapp.core.db.engine import read_session
from propapp.core.errors import InvalidInput, NotAllowed, WrongStep
from propapp.core.evidence.lots import lot, walk_key
from propapp.core.ids import derived_id, uuid7
from propapp.core.settings import settings
from propapp.core.stores import photo_store
from propapp.features.evidence.service import verify
from propapp.features.photos.models import PhotoUse
from propapp.features.rounds import sealed
from propapp.features.rounds.jobs import score_sealed, seal_complete
from propapp.features.rounds.models import Run, RunStatus, Visit
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence, RoundSeed
from propapp.features.sites.models import Challenge
from tests.challenges import QUESTION, a_bound_round, a_challenge, asked, right_of, said, seed_of
from tests.world import World, a_run, a_shot, a_visit, bytes_arrive, found, rows, write


@pytest.fixture(autouse=True)
def every_visit(garden: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes to a point with a challenge is asked one."""
    monkeypatch.setattr(settings(), "challenge_one_in", 1)


def came_of(visit: Visit) -> str:
    return (found(Visit, visit.id).challenge or {}).get("outcome", "")


def visited(world: World, occurrence: Occurrence, **challenge: Any) -> Visit:
    """A visit to the first stop, with this said of its challenge."""
    run_id = a_run(world, occurrence=occurrence)
    values: dict[str, Any] = {"challenge": challenge} if challenge else {}
    return a_visit(world, run_id, 1, "guard", **values)


def broken() -> Any:
    with read_session() as session:
        return verify(session, photo_store()).broken


def test_the_hash_is_bound_before_the_day_and_the_seed_is_told_after_it(garden: World) -> None:
    a_challenge(garden)
    occurrence = a_bound_round(garden)
    seed = seed_of(occurrence)
    assert seed.committed_at < occurrence.opens_at - timedelta(hours=23)
    assert seed.revealed_at is None
    garden.clock.set(seed.over_at)
    jobs.draw_rounds(garden.clock)
    assert found(RoundSeed, seed.id).revealed_at is not None
    assert broken() is None


def test_what_is_prepared_later_is_asked_from_the_first_day_that_is_not_bound(
    garden: World,
) -> None:
    first = a_challenge(garden)
    jobs.draw_rounds(garden.clock)
    second = a_challenge(garden, text="门牌上的最后一个数字？")
    occurrence = a_bound_round(garden)
    assert asked(garden, occurrence) == first.id
    later = a_bound_round(garden)
    pool = seed_of(later).challenges["pool"][str(garden.checkpoints[0].id)]  # type: ignore[index]
    assert {one["id"] for one in pool} == {str(first.id), str(second.id)}


def test_a_right_answer_speaks_for_the_visit_and_a_wrong_one_against_it(garden: World) -> None:
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    right = right_of(challenge.id)
    good = visited(garden, occurrence, **said(occurrence, challenge.id, choice=right))
    bad = visited(garden, occurrence, **said(occurrence, challenge.id, choice=(right + 1) % 3))
    out = visited(garden, occurrence, **said(occurrence, challenge.id, choice=4))
    assert [came_of(one) for one in (good, bad, out)] == ["right", "wrong", "wrong"]


def test_a_detail_is_shown_by_its_photo(garden: World) -> None:
    challenge = a_challenge(garden, kind="detail")
    occurrence = a_bound_round(garden)
    shown = said(occurrence, challenge.id, photos=[a_shot("gauge", live=True)])
    visit = visited(garden, occurrence, **shown)
    passed = visited(garden, occurrence, **said(occurrence, challenge.id))
    assert [came_of(one) for one in (visit, passed)] == ["shown", "skipped"]
    (use,) = rows(PhotoUse, thing_id=visit.id)
    assert (use.thing_kind, use.parent_id) == ("visit", visit.run_id)


def test_a_phone_that_picks_another_challenge_has_failed(garden: World) -> None:
    for text in ("甲？", "乙？", "丙？"):
        a_challenge(garden, text=text)
    occurrence = a_bound_round(garden)
    drawn = asked(garden, occurrence)
    easy = next(one for one in rows(Challenge) if one.id != drawn)
    visit = visited(garden, occurrence, **said(occurrence, easy.id, choice=right_of(easy.id)))
    assert came_of(visit) == "other"


def test_nobody_is_asked_where_nothing_was_drawn_and_who_answers_anyway_has_failed(
    garden: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "challenge_one_in", 2**31)
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    assert asked(garden, occurrence) is None
    assert came_of(visited(garden, occurrence)) == ""
    assert came_of(visited(garden, occurrence, **said(occurrence, challenge.id))) == "other"


def test_silence_is_passing_over_only_where_every_phone_knew(garden: World) -> None:
    a_challenge(garden)
    same_day = a_bound_round(garden, after=timedelta(hours=2))
    assert came_of(visited(garden, same_day)) == "unknown"
    known = a_bound_round(garden)
    assert came_of(visited(garden, known)) == "skipped"


def test_a_round_that_opened_before_the_seed_was_bound_asks_nothing(garden: World) -> None:
    a_challenge(garden)
    jobs.draw_rounds(garden.clock)
    garden.clock.move(timedelta(minutes=-1))
    occurrence = a_bound_round(garden, after=timedelta())
    assert asked(garden, occurrence) is None
    assert snapshot(garden.actor("guard"), garden.clock)["challenge_days"] == []


def test_a_seed_that_the_house_does_not_know_is_said_and_weighs_little(garden: World) -> None:
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    strange = said(occurrence, challenge.id, choice=0, commitment="ab" * 32)
    assert came_of(visited(garden, occurrence, **strange)) == "unbound"


def test_what_was_dropped_is_held_against_nobody(garden: World) -> None:
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    garden.do("supervisor", "challenge.drop", challenge_id=challenge.id)
    answered = visited(garden, occurrence, **said(occurrence, challenge.id, choice=9 % 5))
    silent = visited(garden, occurrence)
    assert [came_of(one) for one in (answered, silent)] == ["dropped", "unknown"]


def test_the_score_says_what_came_of_it(garden: World) -> None:
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    wrong = (right_of(challenge.id) + 1) % 3
    visit = visited(garden, occurrence, **said(occurrence, challenge.id, choice=wrong))
    garden.do("guard", "round.finish", run_id=visit.run_id, note="Rain")
    score_sealed(garden.clock)
    assert ["challenge_wrong", -20] in found(Visit, visit.id).reasons


def test_a_photo_of_the_detail_counts_as_one_of_the_visit(garden: World) -> None:
    challenge = a_challenge(garden, kind="detail")
    occurrence = a_bound_round(garden)
    gauge = a_shot("gauge", live=True)
    visit = visited(garden, occurrence, **said(occurrence, challenge.id, photos=[gauge]))
    garden.clock.move(timedelta(minutes=1))
    again = visited(garden, occurrence, **said(occurrence, challenge.id, photos=[gauge]))
    for one in (visit, again):
        garden.do("guard", "round.finish", run_id=one.run_id, note="Rain")
    assert found(Run, visit.run_id).status is RunStatus.FINISHED
    bytes_arrive(gauge)
    seal_complete(garden.clock)
    score_sealed(garden.clock)
    first, second = (dict(found(Visit, one.id).reasons) for one in (visit, again))
    assert {"photo_new", "challenge_shown"} <= first.keys()
    assert "photo_seen_before" in second


def test_the_right_answer_is_not_in_the_snapshot(garden: World) -> None:
    challenge = a_challenge(garden)
    a_bound_round(garden)
    before = to_json(snapshot(garden.actor("guard"), garden.clock))
    assert "蓝色" in before
    with write() as session:
        stored = session.get_one(Challenge, challenge.id)
        stored.right = (right_of(challenge.id) + 1) % 3
    assert to_json(snapshot(garden.actor("guard"), garden.clock)) == before


def test_answers_stand_in_the_order_of_their_texts_whichever_is_right(garden: World) -> None:
    orders = set[tuple[str, ...]]()
    for right in ("1", "2", "3"):
        others = [{"text": one} for one in ("3", "1", "2") if one != right]
        one = a_challenge(garden, right={"text": right}, others=others)
        orders.add(tuple(choice["text"] for choice in one.choices))
    assert orders == {("1", "2", "3")}


def test_the_seed_is_not_in_the_snapshot_and_a_key_is_of_one_person_alone(garden: World) -> None:
    garden.person("colleague", *garden.actor("guard").roles[garden.site.id])
    a_challenge(garden)
    occurrence = a_bound_round(garden)
    mine, theirs = (snapshot(garden.actor(who), garden.clock) for who in ("guard", "colleague"))
    assert seed_of(occurrence).seed not in to_json(mine)
    (one,), (other,) = mine["occurrences"], theirs["occurrences"]
    assert one.challenge_key != other.challenge_key
    expected = walk_key(seed_of(occurrence).seed, occurrence.id, garden.actor("guard").person_id)
    assert one.challenge_key == expected
    (day,) = mine["challenge_days"]
    assert day.commitment == seed_of(occurrence).commitment


def test_the_draw_hangs_on_nothing_that_a_phone_can_choose(garden: World) -> None:
    for text in ("甲？", "乙？", "丙？"):
        a_challenge(garden, text=text)
    occurrence = a_bound_round(garden)
    drawn = asked(garden, occurrence)
    for _ in range(6):
        visit = visited(garden, occurrence)
        assert (found(Visit, visit.id).challenge or {})["asked"] == str(drawn)


def test_about_one_in_so_many_is_asked_and_each_challenge_alike() -> None:
    key = "5c" * 32
    thrown = [lot(key, derived_id("point", n), one_in=4, among=3) for n in range(4000)]
    told = Counter(thrown)
    assert 900 < 4000 - told[None] < 1100
    assert min(told[n] for n in range(3)) > 270


FORGERIES = ["asked", "right", "rate", "outcome"]


@pytest.mark.parametrize("what", FORGERIES)
def test_every_forgery_of_the_draw_is_found(garden: World, what: str) -> None:
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    visit = visited(garden, occurrence, **said(occurrence, challenge.id, choice=0))
    garden.do("guard", "round.finish", run_id=visit.run_id, note="Rain")
    assert broken() is None
    with write() as session:
        stored = session.get_one(Visit, visit.id)
        seed = session.get_one(RoundSeed, seed_of(occurrence).id)
        if what == "asked":
            stored.challenge = None
        elif what == "outcome":
            stored.challenge = (stored.challenge or {}) | {"outcome": "right", "choice": 2}
        elif what == "rate":
            seed.challenges = (seed.challenges or {}) | {"one_in": 2**31}
        else:
            right = session.get_one(Challenge, challenge.id)
            right.right = (right_of(challenge.id) + 1) % 3
        flag_modified(stored, "challenge")
    assert broken() is not None


def test_a_run_is_found_whose_seal_was_made_anew_over_another_draw(garden: World) -> None:
    challenge = a_challenge(garden)
    occurrence = a_bound_round(garden)
    visit = visited(garden, occurrence, **said(occurrence, challenge.id, choice=0))
    with write() as session:
        stored = session.get_one(Visit, visit.id)
        stored.challenge = (stored.challenge or {}) | {"asked": str(uuid7())}
    with read_session() as session:
        assert sealed.run_digests(session, [str(visit.run_id)]) == {str(visit.run_id): "broken"}


def test_only_the_sites_own_people_prepare_and_only_whole_challenges(garden: World) -> None:
    with pytest.raises(NotAllowed):
        garden.do("guard", "challenge.keep", **_kept(garden))
    twice = {"right": {"text": "1"}, "others": [{"text": "1"}]}
    unfit: list[dict[str, Any]] = [
        {"right": None},
        {"others": []},
        {"kind": "detail"},
        twice,
    ]
    for values in unfit:
        with pytest.raises(InvalidInput):
            garden.do("supervisor", "challenge.keep", **_kept(garden) | values)
    one = a_challenge(garden)
    garden.do("supervisor", "challenge.drop", challenge_id=one.id)
    with pytest.raises(WrongStep):
        garden.do("supervisor", "challenge.drop", challenge_id=one.id)


def _kept(world: World) -> dict[str, Any]:
    return QUESTION | {"challenge_id": uuid7(), "checkpoint_id": world.checkpoints[0].id}
