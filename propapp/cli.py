"""PropApp on the command line."""

import gc
import multiprocessing
import os
import pkgutil
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, TextIO
from urllib.error import URLError
from uuid import UUID

import click

from propapp import build, sizes
from propapp.core.settings import Settings, settings


@click.group()
def main() -> None:
    """Property service: rounds, work orders, owners and the manager's board."""


@main.command()
@click.option("--demo", is_flag=True, help="Fill an empty installation with the demo world.")
@click.option("--host", help="Address to listen on (PROPAPP_HOST).")
@click.option("--port", type=int, help="Port to listen on (PORT).")
def serve(*, demo: bool, host: str | None, port: int | None) -> None:
    """Serve everything on one port, until Ctrl-C."""
    chosen = _choose(demo=demo, host=host, port=port)
    shelf = _built()
    _refuse_taken_port(chosen)
    _prepare(chosen)
    _serve(chosen, shelf)


@main.command("dev")
def serve_while_editing() -> None:
    """Serve the demo world, and follow every change of the sources."""
    from propapp import dev

    dev.serve_while_editing(_say)


@main.command("check-migrations")
def check_migrations() -> None:
    """Fail when the tables in code and the migrations disagree."""
    from propapp.core.db import migrate

    with TemporaryDirectory() as folder:
        os.environ.update({"PROPAPP_DATA": folder, "PROPAPP_DATABASE": ""})
        settings.cache_clear()
        migrate.upgrade()
        migrate.check()


@main.command("demo")
def make_demo() -> None:
    """Fill an empty installation with the demo world."""
    _prepare(_choose(demo=True, host=None, port=None))


@main.command("qr-codes")
@click.argument("file", type=click.Path(path_type=Path))
def print_codes(file: Path) -> None:
    """Write the checkpoint codes of every site as a page to print."""
    from propapp.core.db.engine import read_session
    from propapp.features.sites import repository
    from propapp.features.sites.qr_sheet import qr_sheet

    with read_session() as session:
        sheets = [
            qr_sheet(site, repository.cards_of(session, site.id))
            for site in repository.all_sites(session)
        ]
    file.write_text("".join(sheets), encoding="utf-8")
    click.echo(file.absolute())


@main.command("standards")
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def load_standards(folder: Path | None) -> None:
    """Read packs of clauses into the library: our own, or those of a folder."""
    from propapp.core.db import migrate

    settings().data.mkdir(parents=True, exist_ok=True)
    migrate.upgrade()
    _load_library(folder)


@main.command("site")
@click.argument("code")
@click.argument("name")
@click.option("--english", default="", help="Its name in English.")
@click.option("--zone", default="Asia/Shanghai", help="Where its days begin, by IANA's name.")
def make_site(code: str, name: str, english: str, zone: str) -> None:
    """Begin to serve a site, without the demo world."""
    from propapp import founding

    _prepare(_choose(demo=False, host=None, port=None))
    with _refused_in_words():
        founding.site(code, name, english=english, zone=zone)
    click.echo(f"Next: propapp administrator NAME --sign-in SIGN_IN_NAME --site {code.upper()}")


@main.command("administrator")
@click.argument("name")
@click.option("--sign-in", "username", required=True, help="What they type at the door.")
@click.option("--site", "code", help="A site's code; all sites without it.")
def name_administrator(name: str, username: str, code: str | None) -> None:
    """Register an administrator, and print the password once."""
    from propapp import founding

    every = founding.every_site()
    at = [one for one in every if code is None or one.code == code.upper()]
    if not at:
        raise click.UsageError("There is no such site. Make one first: propapp site CODE NAME")
    with _refused_in_words():
        click.echo(founding.administrator(name, username, at))


@main.command("password")
@click.argument("username")
def make_password(username: str) -> None:
    """Print a first password for somebody, once; nothing they had before counts any more."""
    from propapp import founding

    with _refused_in_words():
        click.echo(founding.password(username))


@main.command("verify")
@click.option("--heads", type=click.Path(exists=True, path_type=Path), help="Heads kept elsewhere.")
def verify_evidence(heads: Path | None) -> None:
    """Check every chain of evidence and every photo; name the first link that is broken."""
    from propapp import proofs

    verdict = proofs.verify(heads)
    if verdict.broken:
        raise click.ClickException(proofs.sentence(verdict.broken))
    click.echo(f"{verdict.links} links hold.")


@main.command("heads")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
def print_heads(file: TextIO) -> None:
    """Write the head of each day's chain as CSV, to be kept away from here."""
    from propapp import proofs

    proofs.write_heads(file)


@main.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
def make_backup(folder: Path) -> None:
    """Write database, photos and heads of the chains into a new folder, while the house works."""
    from propapp import backup

    try:
        photos = backup.back_up(folder)
    except backup.NoBackup as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{folder.absolute()}: the database and {photos} photos.")


@main.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore_backup(folder: Path) -> None:
    """Fill an empty data folder from a backup; phones then send again what it does not know."""
    from propapp import backup

    try:
        photos = backup.restore(folder)
    except backup.NoBackup as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Restored: the database and {photos} photos. Check it with: propapp verify")


@main.command("import-unsent")
@click.argument("file", type=click.File("rb"))
@click.option("--partly", is_flag=True, help="Of a damaged file, take what is whole before it.")
def import_unsent(file: BinaryIO, *, partly: bool) -> None:
    """Take in a parcel of unsent work; whatever came before is not taken twice."""
    from propapp.api import parcel_words
    from propapp.core.errors import PropappError

    try:
        click.echo(parcel_words.take_in(file, click.echo, partly=partly))
    except PropappError as refusal:
        raise click.ClickException(parcel_words.refusal_of(refusal)) from refusal


@main.command("bundle")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--run", type=click.UUID, help="One run, by its id.")
@click.option("--order", help="An order with the round that found it, by its number.")
@click.option("--site", help="A site's code; with --day all that was done there.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day at the site.")
def export_bundle(
    file: Path, run: UUID | None, order: str | None, site: str | None, day: datetime | None
) -> None:
    """Write a bundle of evidence that anybody can check: a run, an order, or a day of a site."""
    from propapp import proofs

    try:
        size = proofs.write_bundle(file, run=run, order=order, site=site, day=day)
    except proofs.Unknown as unknown:
        raise click.UsageError(str(unknown)) from unknown
    click.echo(f"{file.absolute()} ({size / 1_000_000:.1f} MB)")


@main.command("build")
def build_client() -> None:
    """Build the client, if its sources changed since the last build."""
    click.echo(_built())


@main.command("sizes")
def print_sizes() -> None:
    """Print what the first load of each page weighs, in brotli."""
    for weight in sizes.weigh(_built()):
        click.echo(f"{weight.total / 1000:7.1f} kB  {weight.page}")


@contextmanager
def _refused_in_words() -> Iterator[None]:
    """What the house refuses is said as it says it everywhere."""
    from pydantic import ValidationError

    from propapp.core.errors import PropappError
    from propapp.core.text import refusal

    try:
        yield
    except PropappError as error:
        raise click.ClickException(refusal(error.code, "en", error.facts)) from error
    except ValidationError as error:
        odd = ", ".join(str(one["loc"][0]) for one in error.errors())
        raise click.ClickException(f"This cannot be: {odd}.") from error


def _choose(*, demo: bool, host: str | None, port: int | None) -> Settings:
    """Put the choices of the command line where the server's own process reads them."""
    chosen = {"PROPAPP_DEMO": "1" if demo else None, "PROPAPP_HOST": host, "PROPAPP_PORT": port}
    os.environ.update({name: str(value) for name, value in chosen.items() if value is not None})
    settings.cache_clear()
    return settings()


def _built() -> Path:
    """The finished client; PROPAPP_FRONTEND names one that was built elsewhere."""
    if given := os.environ.get("PROPAPP_FRONTEND"):
        return Path(given)
    try:
        return build.ensure_frontend(_say)
    except build.BuildFailed as failure:
        raise click.ClickException(str(failure)) from failure


def _refuse_taken_port(chosen: Settings) -> None:
    """Say it plainly before anything starts; the server would only fail over and over."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as refusal:
            raise click.ClickException(
                f"Port {chosen.port} cannot be used ({refusal.strerror}). "
                f"Choose another: PORT={chosen.port + 1} make run"
            ) from refusal


def _say(text: str) -> None:
    click.echo(text, err=True)


def _prepare(chosen: Settings) -> None:
    """Bring the data folder and the database to the shape this version expects."""
    from propapp.core.db import migrate
    from propapp.core.parcels.key import house_key

    chosen.data.mkdir(parents=True, exist_ok=True)
    click.echo(f"Data: {chosen.data.absolute()}")
    migrate.upgrade()
    house_key()
    _load_library()
    if chosen.demo:
        _fill()


def _load_library(folder: Path | None = None) -> None:
    """Read the standards into the library; what cannot be read is named by file and clause."""
    from propapp.features.standards import jobs, library

    with _refused_in_words():
        loaded = jobs.load_library(folder or library.PACKS)
    if loaded.packs:
        click.echo(f"Standards: {loaded.packs} packs read, {loaded.versions} versions of clauses.")


def _fill() -> None:
    """Make the demo world in an empty installation, and name its accounts."""
    from propapp import demo
    from propapp.demo import terminal

    with terminal.bar() as tell:
        demo.fill(tell)
    for line in terminal.account_lines():
        click.echo(line)


def _serve(chosen: Settings, shelf: Path) -> None:
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels
    from granian.server import Server

    os.environ.update(server_environment(chosen, shelf))
    os.chdir(build.ROOT)
    # A forked server would share this process's database connections, and SQLite forbids that.
    # Forced, for drawing the demo world has used processes before.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "propapp.propapp:app",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=1,
        log_level=LogLevels.warning,
        workers_kill_timeout=3,
    )
    click.echo("Starting ...")
    threading.Thread(target=_announce, args=(chosen,), daemon=True).start()
    server.serve(target_loader=_load)
    click.echo("Stopped.")


def _load(target: str) -> Any:
    """The app, loaded by the server in its own process.

    All that is imported stays: to look for garbage meanwhile is a quarter of the start.
    """
    gc.disable()
    try:
        return pkgutil.resolve_name(target)()
    finally:
        gc.enable()


def server_environment(chosen: Settings, shelf: Path) -> dict[str, str]:
    """What makes Reflex serve a finished build instead of compiling one."""
    data = chosen.data.absolute()
    return {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_WEB_WORKDIR": str(shelf),
        "REFLEX_STATES_WORKDIR": str(data / "states"),
        "REFLEX_UPLOADED_FILES_DIR": str(data / "uploads"),
        "PROPAPP_DATA": str(data),
        # A phone that lost its network must not look connected for two minutes.
        "REFLEX_SOCKET_INTERVAL": "10",
        "REFLEX_SOCKET_TIMEOUT": "20",
        **build.ENVIRONMENT,
    }


def _announce(chosen: Settings) -> None:
    """Say where PropApp is, once it answers there."""
    # All addresses of this machine are served, but a browser wants one.
    host = "127.0.0.1" if chosen.host == "0.0.0.0" else chosen.host  # noqa: S104
    address = f"http://{host}:{chosen.port}"
    while not _answers(f"{address}/ping"):
        time.sleep(0.1)
    click.echo(f"PropApp is ready: {address}   (Ctrl-C ends it)")
    sys.stdout.flush()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own address
            return True
    except (URLError, OSError):
        return False


if __name__ == "__main__":
    main()
