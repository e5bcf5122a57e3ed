"""Every sentence stands in both languages, has the same blanks, and is used."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from propapp.features.rounds.evidence import POINTS
from propapp.ui import text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assets" / "i18n"
CATALOGUES = (
    "door",
    "staff",
    "phone",
    "messages",
    "outbox",
    "walk",
    "office",
    "care",
    "runs",
    "schedules",
    "rosters",
    "standards",
    "chain",
    "files",
    "years",
    "plans",
    "goals",
    "duty",
    "clauses",
    "sheets",
    "reports",
    "paper",
    "errors",
    "workbooks",
)
# Those whose sentences a page names itself.
PAGES = tuple(name for name in CATALOGUES if name not in {"paper", "errors", "workbooks"})
# Functions of propapp.ui.text whose first argument is a key, or the part of a key before a code.
WHOLE, PREFIX = {"t"}, {"word", "sentence"}


def words(name: str, locale: str) -> dict[str, str]:
    """One catalogue in one language."""
    return json.loads((FOLDER / f"{name}.{locale}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_have_the_same_sentences_with_the_same_blanks(name: str) -> None:
    chinese, english = words(name, "zh-CN"), words(name, "en")
    assert sorted(chinese) == sorted(english)
    differing = [key for key in chinese if blanks(chinese[key]) != blanks(english[key])]
    assert not differing


@pytest.mark.parametrize("name", PAGES)
def test_no_chinese_is_left_in_the_english(name: str) -> None:
    """But for the name of the Chinese language itself."""
    left = {
        key for key, sentence in words(name, "en").items() if re.search("[\u4e00-\u9fff]", sentence)
    }
    assert left <= {"language.zh-CN"}


def test_every_key_that_a_page_names_exists() -> None:
    known = {key for name in PAGES for key in words(name, "zh-CN")}
    missing = {
        f"{where}: {key}"
        for where, key, whole in keys_in_pages()
        if not any(re.fullmatch(pattern(key, whole=whole), one) for one in known)
    }
    assert not missing


def test_no_sentence_stands_twice() -> None:
    """All of them are merged into one store: the later one would be shown for both."""
    all_keys = [key for name in CATALOGUES for key in words(name, "zh-CN")]
    assert len(all_keys) == len(set(all_keys))


def test_every_sentence_stands_in_the_catalogue_that_its_key_brings() -> None:
    """A page loads the words of the keys it names; one that stood elsewhere would show its key."""
    astray = {
        f"{name}: {key}"
        for name in PAGES
        for key in words(name, "zh-CN")
        if name not in {"phone", brought_by(key)}
    }
    assert not astray


def test_every_sentence_is_used() -> None:
    named = {*keys_in_scripts(), *constants_in_pages()}
    patterns = {re.compile(pattern(key, whole=whole)) for _, key, whole in keys_in_pages()}
    known = {key for name in PAGES for key in words(name, "zh-CN")} - named
    unused = {key for key in known if not any(one.fullmatch(key) for one in patterns)}
    assert not unused


def brought_by(key: str) -> str:
    """The catalogue that a page loads which names this key."""
    data = text.t(key)._get_all_var_data()  # noqa: SLF001 — what a page is compiled from
    assert data is not None
    return next(iter(dict(data.imports))).rpartition("/")[2].removesuffix(".js")


def blanks(sentence: str) -> set[str]:
    """The names of what is filled in."""
    return set(re.findall(r"\{(\w+)", sentence))


def pattern(key: str, *, whole: bool) -> str:
    """A key as a pattern: a hole in a literal, or the code after a prefix, may be any word."""
    holes = r"[\w.-]+".join(re.escape(part) for part in key.split("\0"))
    return holes if whole else holes + r"\.[\w.-]+"


def page_sources() -> list[Path]:
    """Python that draws pages; the core has a `sentence` of its own, for the server's words."""
    files = (ROOT / "propapp").rglob("*.py")
    return sorted(file for file in files if "core" not in file.relative_to(ROOT).parts)


def keys_in_pages() -> Iterator[tuple[str, str, bool]]:
    """Where, which key, and whether it is whole; a hole in an f-string is a NUL."""
    for file in page_sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            if node.func.id in WHOLE | PREFIX and (key := literal(node.args[0])):
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                yield where, key, node.func.id in WHOLE


def literal(node: ast.expr) -> str:
    """The text of a string or an f-string, with a NUL in each hole; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values
        )
    return ""


def constants_in_pages() -> Iterator[str]:
    """Every string of the code: a table of codes may hold whole keys."""
    for file in page_sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def keys_in_scripts() -> Iterator[str]:
    """Keys that the browser's own code names."""
    for file in sorted((ROOT / "assets").rglob("*.js")):
        yield from re.findall(r'"([a-z_]+\.[a-z_.]+)"', file.read_text(encoding="utf-8"))


def test_every_reason_for_a_score_has_its_sentence() -> None:
    known = set(words("runs", "zh-CN"))
    assert not {code for code in POINTS if f"office.proof.why.{code}" not in known}
