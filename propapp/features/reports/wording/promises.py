"""What was promised, in words: goals and clauses, and what the posts came to."""

from __future__ import annotations

from propapp.features.goals.views import GoalCard, MonthBar
from propapp.features.reports.contents import ClauseLine, Performance, PostLine
from propapp.features.reports.documents import Column, Part, Row, Words
from propapp.features.reports.wording.tables import (
    DAY,
    TENTH,
    WHOLE,
    counted,
    counts,
    proof_columns,
    tone_of,
)
from propapp.features.standards.cards import ClauseCard

_UNVERIFIED = frozenset({"excerpt", "page", "memory"})
GOOD = {"on_target": "good", "near": "warn", "off": "danger"}


def goals(found: Performance, words: Words) -> Part:
    """Each goal with its month and where it stands."""
    return Part(
        words("goals"),
        [
            Column(words("goal"), width=22),
            Column(words("measure"), width=30),
            Column(words("target"), width=12),
            Column(words("in_month"), width=10),
            Column(words("cases"), width=12),
            Column(words("so_far"), width=10),
            Column(words("cases_so_far"), width=12, printed=False),
            Column(words("standing"), width=10),
            Column(words("responsible"), width=10),
            Column(words("source"), width=26, printed=False),
            Column(words("formula"), width=50, printed=False),
        ],
        [_goal(*one, words) for one in found.goals],
        note=words("goals_note"),
        nothing=words("no_goals"),
    )


def _goal(card: GoalCard, bar: MonthBar, words: Words) -> Row:
    unit = words.of(f"letter.unit.{card.unit}")

    def with_unit(value: str) -> str:
        return f"{value} {unit}" if value else "–"

    measure = words.of(f"goal.measure.{card.measure}")
    return Row(
        [
            words.pick(card.name, card.name_en),
            words("measure_said", measure=measure, version=card.measure_version),
            f"{words.of(f'goal.comparison.{card.comparison}')} {with_unit(card.target)}",
            with_unit(bar.value),
            f"{bar.part} / {bar.whole}",
            with_unit(card.value),
            f"{card.part} / {card.whole}",
            words.of(f"goal.standing.{card.standing}"),
            words.name(card.responsible),
            card.source,
            words.of(f"goal.formula.{card.formula}"),
        ],
        GOOD.get(card.standing, ""),
    )


def clauses(found: Performance, words: Words) -> Part:
    """Each clause with what it asks and what became of it."""
    return Part(
        words("clauses"),
        [
            *clause_columns(words, name=26, asked=30),
            *counts(words),
            Column(words("days"), WHOLE, 9),
            Column(words("tasks"), WHOLE, 8, printed=False),
            Column(words("most_late"), WHOLE, 10, printed=False),
            *proof_columns(words, printed=False),
        ],
        [_clause(one, words) for one in found.clauses],
        note=words("clauses_note"),
        nothing=words("no_clauses"),
    )


def _clause(one: ClauseLine, words: Words) -> Row:
    card, count = one.card, one.tally.count
    return Row(
        [
            *clause_cells(card, one.limits, words),
            *(counted(count) if count.due else [None] * 6),
            one.days or None,
            one.tasks,
            one.tally.most_late or None,
            *one.proof,
        ],
        tone_of(count),
    )


def clause_columns(words: Words, *, name: int, asked: int) -> list[Column]:
    """What stands before the figures of a clause, its name and what it asks so many signs wide."""
    return [
        Column(words("number"), width=10),
        Column(words("clause"), width=name),
        Column(words("asked"), width=asked),
        Column(words("limits"), width=18, printed=False),
        Column(words("paper"), width=22, printed=False),
        Column(words("level"), width=10, printed=False),
        Column(words("checked"), width=14),
    ]


def clause_cells(card: ClauseCard, limits: str, words: Words) -> list[str]:
    """Of one clause, a cell for each of these columns."""
    return [
        card.number,
        words.pick(card.title, card.title_en),
        _asked(card, words),
        limits,
        words.pick(card.standard, card.standard_en) or words("own_paper"),
        _level(card, words),
        _checked(card, words),
    ]


def _asked(card: ClauseCard, words: Words) -> str:
    """What it asks for; of each level, where nobody has chosen one."""
    said = [
        words.pick(cell.text, cell.text_en)
        if len(card.cells) == 1
        else words(
            "at_level",
            level=words.pick(cell.name, cell.name_en),
            text=words.pick(cell.text, cell.text_en),
        )
        for cell in card.cells
        if cell.text
    ]
    return words("then").join(said)


def _level(card: ClauseCard, words: Words) -> str:
    """The level it is asked at; all of them, where nobody has chosen one."""
    if len(card.cells) != 1:
        return words("all_levels") if card.levelled else ""
    return words.pick(card.cells[0].name, card.cells[0].name_en)


def _checked(card: ClauseCard, words: Words) -> str:
    """What its words were read in, marked where that was not the paper itself."""
    mark = mark_of(card)
    sign = "\N{REFERENCE MARK} " if mark in _UNVERIFIED else ""
    return sign + words.of(f"office.mark.{mark}")


def mark_of(card: ClauseCard) -> str:
    """What its words were read in: those of its level, where it has only one."""
    single = card.levelled and len(card.cells) == 1 and card.cells[0].mark
    return card.cells[0].mark if single else card.mark


def posts(found: Performance, words: Words) -> Part:
    """The rounds of each post."""
    return Part(
        words("posts"),
        [
            Column(words("post"), width=12),
            *counts(words),
            Column(words("most_late"), WHOLE, 10),
            Column(words("walked_hours"), TENTH, 10),
            *proof_columns(words),
        ],
        [_post(one, words) for one in found.posts] + _sum_row(found, words),
        nothing=words("no_rounds"),
    )


def _post(one: PostLine, words: Words) -> Row:
    count = one.tally.count
    return Row(
        [
            words.of(f"role.{one.role.value}"),
            *counted(count),
            one.tally.most_late or None,
            one.tally.minutes / 60,
            *one.proof,
        ]
    )


def _sum_row(found: Performance, words: Words) -> list[Row]:
    if not found.posts:
        return []
    most, minutes = found.tally.most_late or None, found.tally.minutes / 60
    cells = [words("sum"), *counted(found.tally.count), most, minutes, *found.proof]
    return [Row(cells, "strong")]


def days(found: Performance, words: Words) -> Part:
    """The rounds of each day; a picture of them is printed."""
    return Part(
        words("by_day"),
        [Column(words("day"), DAY, 12), *counts(words)],
        [Row([day, *counted(one.count)], tone_of(one.count)) for day, one in found.days],
        nothing=words("no_rounds"),
        printed=False,
    )
