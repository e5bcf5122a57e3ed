"""Event loops of a test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


def run(story: Coroutine[Any, Any, ResultT]) -> ResultT:
    """Run it in a thread of its own: the browser's driver keeps a loop in the tests' thread."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(asyncio.run, story).result()
