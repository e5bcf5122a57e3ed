"""One seeded run: phones in node with the client's own core, the server's own rules in here.

``python -m tests.sync.simulator.run --from 17 --count 1`` tells a seed's story again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from contextlib import nullcontext
from typing import Any

from tests.sync.node import converse, node_command
from tests.sync.simulator.plants import planted
from tests.sync.simulator.server import serve


def simulate(
    *,
    first: int = 1,
    count: int = 1,
    crowd: bool = False,
    client_bug: str = "",
    server_bug: str = "",
) -> dict[str, Any]:
    """The first schedule that breaks a promise, or how many broke none; a crowd is many phones."""
    more = [*(["--crowd"] if crowd else []), *_plant(client_bug)]
    with planted(server_bug) if server_bug else nullcontext():
        return _run("--from", str(first), "--count", str(count), *more)


def client_bugs() -> list[str]:
    """The bugs that can be planted into the client's core."""
    command = node_command("simulator/run.mjs", "--plants")
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def _plant(bug: str) -> list[str]:
    return ["--plant", bug] if bug else []


def _run(*arguments: str) -> dict[str, Any]:
    return converse("simulator/run.mjs", serve, *arguments)


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--crowd", action="store_true")
    parser.add_argument("--client-bug", default="")
    parser.add_argument("--server-bug", default="")
    print(json.dumps(simulate(**vars(parser.parse_args())), indent=2))


if __name__ == "__main__":
    main()
