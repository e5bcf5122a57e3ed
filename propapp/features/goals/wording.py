"""The words of a letter in both languages, as they are signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from propapp.core import text
from propapp.core.text import LOCALES
from propapp.features.goals.measures import MEASURES, Unit
from propapp.features.goals.models import Goal, Letter, LetterPart
from propapp.features.goals.rules import words_digest
from propapp.features.sites.models import Site

_UNITS = {
    Unit.PERCENT: "letter.unit.percent",
    Unit.STARS: "letter.unit.stars",
    Unit.COUNT: "letter.unit.count",
}


class Somebody(Protocol):
    """Whoever has a name in both languages."""

    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


@dataclass(frozen=True)
class Words:
    """All that the words of one part are made of, besides the part itself."""

    site: Site
    goal: Goal
    letter: Letter
    person: Somebody
    issuer: Somebody


def write_words(part: LetterPart, words: Words) -> None:
    """Fix the words of a part and their digest."""
    chinese, english = (
        text.sentence("letter.words", locale, _facts(part, words, locale)) for locale in LOCALES
    )
    part.words, part.words_en = chinese, english
    part.words_sha256 = words_digest(chinese, english)


def _facts(part: LetterPart, words: Words, locale: str) -> dict[str, object]:
    goal, site = words.goal, words.site
    measure = MEASURES[goal.measure, goal.measure_version]
    return {
        "version": words.letter.version,
        "site": site.name,
        "site_en": site.name_en,
        "goal": goal.name,
        "goal_en": goal.name_en,
        "measure": text.sentence(f"goal.measure.{measure.code}", locale),
        "formula": text.sentence(f"goal.formula.{measure.code}_{measure.version}", locale),
        "measure_version": measure.version,
        "comparison": text.sentence(f"goal.comparison.{goal.comparison.value}", locale),
        "target": f"{goal.target:g}",
        "unit": text.sentence(_UNITS[measure.unit], locale),
        "starts": goal.starts.isoformat(),
        "ends": goal.ends.isoformat(),
        "post": text.sentence(f"role.{part.post.value}", locale),
        "person": words.person.name,
        "person_en": words.person.name_en,
        "weight": part.weight,
        "duty": part.duty or text.sentence("letter.no_duty", locale),
        "issuer": words.issuer.name,
        "issuer_en": words.issuer.name_en,
    }
