"""Builds the client, once for each state of its sources."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKSHOP = ROOT / ".web"
SHELF = ROOT / "build" / "frontend"
KEPT_BUILDS = 2

SOURCES = ("propapp/**/*", "assets/**/*", "reflex.lock/*", "rxconfig.py", "requirements/base.txt")
# The part of Reflex's folder that a server needs.
DELIVERED = ("build/client", "build/script-hashes.json", "backend")

ENVIRONMENT = {
    "REFLEX_USE_NPM": "1",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REACT_ROUTER_TELEMETRY_DISABLED": "1",
    # Reflex asks npm not to retry; lock files must not name the registry of one machine.
    "npm_config_fetch_retries": "5",
    "npm_config_omit_lockfile_registry_resolved": "true",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
    # Without a terminal Reflex would break npm's lines in the middle of a word.
    "COLUMNS": "200",
    # Only the client's address is derived from this, and at run time from the page's own.
    "REFLEX_API_URL": "http://localhost:3000",
}

Say = Callable[[str], None]


class BuildFailed(Exception):
    """The client could not be built; the one before it is untouched."""


def ensure_frontend(say: Say = print) -> Path:
    """The folder of a client built from the present sources, built now if need be."""
    if is_complete(shelf := SHELF / sources_digest()):
        return shelf
    with _alone(say):
        # Another process may have built it while this one waited.
        if not is_complete(shelf := SHELF / sources_digest()):
            _build(shelf, say)
    return shelf


def sources_digest() -> str:
    """One name for the content of everything the client is made of."""
    digest = hashlib.sha256()
    for file in _sources():
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def is_complete(shelf: Path) -> bool:
    """The last step of a build was done."""
    return (shelf / "complete").is_file()


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file


def _build(shelf: Path, say: Say) -> None:
    started = time.monotonic()
    say("Building the client (about a minute the first time, less later) ...")
    locks = {file: file.read_bytes() for file in ROOT.glob("reflex.lock/*.json")}
    try:
        _export(say)
    finally:
        _settle_locks(locks)
    _put_on_shelf(shelf)
    _forget_old(shelf)
    say(f"The client is built ({time.monotonic() - started:.0f} s).")


def _export(say: Say) -> None:
    """Run Reflex's export in a process of its own, and show its last words if it fails."""
    log = SHELF / "build.log"
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    # Files that were taken out of assets/ would linger there.
    shutil.rmtree(WORKSHOP / "public", ignore_errors=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdout=output, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        _watch(process, log, say)
    if process.returncode != 0:
        words = last_words(log.read_text(errors="replace"))
        raise BuildFailed(f"{words}\nThe build failed. All of it: {log.relative_to(ROOT)}")


def last_words(log: str) -> str:
    """The end of the log; of npm, which tells all it does, only what went wrong."""
    lines = log.splitlines()
    wrong = [line for line in lines if line.startswith("npm error")]
    return "\n".join((wrong or lines)[-40:])


def _settle_locks(before: dict[Path, bytes]) -> None:
    """Undo what npm only wrote in another order, for it would look like a change."""
    for file, content in before.items():
        if content != file.read_bytes() and json.loads(content) == json.loads(file.read_bytes()):
            file.write_bytes(content)


STAGES = {
    "Compil": "  translating the pages ...",
    # Reflex says nothing while npm works: its bar at 100% is where that begins.
    "100%": "  fetching the client's packages, as far as they are not here ...",
    "Creating Production Build": "  packing for the browser ...",
}


def _watch(process: subprocess.Popen[bytes], log: Path, say: Say) -> None:
    """Say each stage once, as it begins."""
    told: set[str] = set()
    try:
        while process.poll() is None:
            text = log.read_text(errors="replace")
            for sign, sentence in STAGES.items():
                if sign in text and sign not in told:
                    told.add(sign)
                    say(sentence)
            time.sleep(0.3)
    except BaseException:
        process.terminate()
        process.wait()
        raise


def environment() -> dict[str, str]:
    """The environment of a build: our node before any other, npm, and no telemetry."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ours = {**os.environ, **ENVIRONMENT, "PATH": path, "PYTHONUNBUFFERED": "1"}
    # Left alone, Reflex compares two registries of its own choice and overrules the person's.
    return {"NPM_CONFIG_REGISTRY": _npm_registry(ours), **ours}


def _npm_registry(env: dict[str, str]) -> str:
    command = ["npm", "config", "get", "registry"]
    npm = shutil.which("npm", path=env["PATH"]) or "npm"
    answer = subprocess.run(
        [npm, *command[1:]], env=env, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def _put_on_shelf(shelf: Path) -> None:
    """Copy what a server needs; the mark of completeness is written last."""
    fresh = shelf.with_name(f"{shelf.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for part in DELIVERED:
        source, target = WORKSHOP / part, fresh / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            shutil.copy2(source, target)
    (fresh / "complete").touch()
    shutil.rmtree(shelf, ignore_errors=True)
    fresh.rename(shelf)


def _forget_old(newest: Path) -> None:
    """Keep the build before this one: a server may still be serving it."""
    others = [shelf for shelf in SHELF.iterdir() if shelf.is_dir() and shelf != newest]
    others.sort(key=lambda shelf: shelf.stat().st_mtime, reverse=True)
    for shelf in others[KEPT_BUILDS - 1 :]:
        shutil.rmtree(shelf, ignore_errors=True)


@contextmanager
def _alone(say: Say) -> Iterator[None]:
    """Nobody else builds in this folder meanwhile; the lock ends with its process."""
    SHELF.mkdir(parents=True, exist_ok=True)
    with (SHELF / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another build is running; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
