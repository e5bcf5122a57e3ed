"""A proxy between phone and server that treats every connection badly in its own way."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.serving import free_port

WAYS = ("well", "delay", "cut", "half-open", "reset", "slow", "twice", "deaf")
PIECE = 16 * 1024
PATIENCE = 0.6


class Rogue:
    """Listens on a port of its own; how each connection is treated is thrown from the seed."""

    def __init__(self, target: int, seed: int) -> None:
        self.port, self.target = free_port(), target
        self.chance = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.honest = False
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live)

    def __enter__(self) -> Self:
        started = threading.Event()
        self._loop.call_soon(started.set)
        self._thread.start()
        started.wait(5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _live(self) -> None:
        asyncio.set_event_loop(self._loop)
        serving = asyncio.start_server(self._meet, "127.0.0.1", self.port)
        server = self._loop.run_until_complete(serving)
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    @property
    def url(self) -> str:
        """Where a browser finds the server behind it."""
        return f"http://127.0.0.1:{self.port}"

    def turn(self, *, honest: bool) -> None:
        """From now on it carries everything, or nothing without harm; what is open goes down."""
        self.honest = honest
        self._loop.call_soon_threadsafe(lambda: [one.close() for one in self._open])

    async def _meet(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if self.honest:
            await self._pass_on(client, back)
            return
        way = self.chance.choice(WAYS)
        self.done[way] += 1
        with suppress(OSError, asyncio.IncompleteReadError):
            if way == "half-open":
                await asyncio.sleep(PATIENCE * 4)
            else:
                await self._carry(way, await _message(client), back)
        back.close()

    async def _pass_on(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """As a cable would, in both directions, until one of them ends it."""
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
            both = {back, writer}
            self._open |= both
            try:
                await asyncio.gather(_pump(client, writer), _pump(reader, back))
            finally:
                self._open -= both
                for one in both:
                    one.close()

    async def _carry(self, way: str, request: bytes, back: asyncio.StreamWriter) -> None:
        if way == "delay":
            await asyncio.sleep(self.chance.uniform(0, PATIENCE))
        if way in {"cut", "reset"}:
            # Inside the head, inside the body, or the answer is lost.
            request = request[: self.chance.randint(1, len(request))]
        answers = [await self._ask(request, way) for _ in range(2 if way == "twice" else 1)]
        if way == "reset":
            _reset(back)
        elif way not in {"cut", "deaf"}:
            back.write(answers[-1])
            await back.drain()

    async def _ask(self, request: bytes, way: str) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            for at in range(0, len(request), PIECE):
                writer.write(request[at : at + PIECE])
                await writer.drain()
                await asyncio.sleep(0.01 if way == "slow" else 0)
            if way == "reset":
                _reset(writer)
                return b""
            if way == "cut":
                writer.write_eof()
            return await _message(reader)
        finally:
            writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP message, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head + await reader.readexactly(length)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN, as a router that forgot the connection does."""
    link = writer.get_extra_info("socket")
    with suppress(OSError):
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
