"""The build leaves nothing half done, and is done once for each state of the sources."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from propapp import build

COPIED = ("propapp", "assets", "reflex.lock", "requirements", "rxconfig.py")


@pytest.fixture
def copy(shelf: Path, tmp_path: Path) -> Path:
    """The sources in a folder of their own, with the packages that are already here."""
    root = tmp_path / "propapp"
    root.mkdir()
    for name in COPIED:
        source = build.ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, root / name)
    (root / ".web").mkdir()
    shutil.copytree(
        build.WORKSHOP / "node_modules",
        root / ".web" / "node_modules",
        symlinks=True,
        copy_function=os.link,
    )
    shutil.copytree(shelf, root / "build" / "frontend" / shelf.name)
    return root


def start_build(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "propapp.cli", "build"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=root, stdout=pipe, stderr=pipe, text=True)


def test_unchanged_sources_are_not_built_again(copy: Path, shelf: Path) -> None:
    process = start_build(copy)
    out, said = process.communicate()
    assert Path(out.strip()).name == shelf.name
    assert said == ""


def test_a_failed_build_says_why_and_leaves_the_last_one(copy: Path, shelf: Path) -> None:
    root_module = copy / "propapp" / "propapp.py"
    root_module.write_text(root_module.read_text() + "\nraise RuntimeError('a broken page')\n")
    process = start_build(copy)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "a broken page" in said
    assert [found.name for found in (copy / "build" / "frontend").iterdir() if found.is_dir()] == [
        shelf.name
    ]


def test_of_a_failed_install_only_the_reason_is_told() -> None:
    log = "npm error code CERT_UNTRUSTED\n" + "npm silly unfinished npm timer\n" * 50
    assert build.last_words(log) == "npm error code CERT_UNTRUSTED"


def test_two_that_build_at_once_share_one_build(copy: Path) -> None:
    (copy / "assets" / "new.txt").write_text("a change")
    first, second = start_build(copy), start_build(copy)
    (one, said_one), (two, said_two) = first.communicate(), second.communicate()
    assert (first.returncode, second.returncode) == (0, 0), said_one + said_two
    assert one == two
    assert (said_one + said_two).count("The client is built") == 1
