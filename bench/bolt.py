"""Neo4j's share of an answer: its statements over the bare wire, their records read to the end and
not decoded. Bolt and PackStream: https://neo4j.com/docs/bolt/current/
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bench.load import PATIENCE_SECONDS, Sample
from graph.bolt.connection import PULL_ALL, Address, Connection
from graph.bolt.messages import Tag, packed
from graph.engine import Engine

SUCCESS = 0x70


class Failed(Exception):
    """Neo4j refuses what it is sent."""


class Statement(NamedTuple):
    text: str
    parameters: Mapping[str, Any]

    @property
    def sent(self) -> bytes:
        """In a transaction of its own that reads, all rows at once."""
        run = packed(Tag.RUN, self.text, dict(self.parameters), {"mode": "r", "db": "neo4j"})
        return run + PULL_ALL


class Wire(Connection):
    """A connection on which, once it is open, everything sent is answered by so many messages of
    success.
    """

    def __init__(self) -> None:
        super().__init__()
        self.received = bytearray()
        self.at = 0
        self.kind: int | None = None
        self.waiting = 0

    def send(self, sent: bytes, successes: int, then: Callable[[Exception | None], None]) -> None:
        self.waiting, self.then = successes, then
        self._transport.write(sent)

    def data_received(self, data: bytes) -> None:
        if not self.waiting:
            super().data_received(data)
            return
        self.received += data
        while self.at + 2 <= len(self.received):
            start = self.at + 2
            end = start + int.from_bytes(self.received[self.at : start])
            if end > len(self.received):
                return
            self.at = end
            if end == start:
                self._ended()
            elif self.kind is None:
                self.kind = self.received[start + 1]

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        if self.waiting:
            self.then(error or Failed("Neo4j closed the connection."))

    def _ended(self) -> None:
        kind, self.kind = self.kind, None
        if kind == Tag.FAILURE:
            self.waiting = 0
            self.then(Failed(self.received.decode(errors="replace")))
        elif kind == SUCCESS:
            self.waiting -= 1
            if not self.waiting:
                self.received.clear()
                self.at = 0
                self.then(None)


class Statements:
    """An operation's statements, all at once, each on a connection of its own."""

    def __init__(self, wires: Sequence[Wire], statements: Sequence[Statement]) -> None:
        self.turns = [(wire, each.sent) for wire, each in zip(wires, statements, strict=True)]

    async def measure(self, connections: int, seconds: float) -> Sample:
        """How long all of them take together; by one client alone. Raises Failed."""
        assert connections == 1
        self.latencies: list[float] = []
        self.done = asyncio.get_running_loop().create_future()
        start = perf_counter()
        self.until = start + seconds
        self._start()
        async with asyncio.timeout(seconds + PATIENCE_SECONDS):
            await self.done
        return Sample(self.latencies, perf_counter() - start)

    def _start(self) -> None:
        self.waiting = len(self.turns)
        self.sent = perf_counter()
        for wire, sent in self.turns:
            wire.send(sent, 2, self._ended)

    def _ended(self, problem: Exception | None) -> None:
        if problem:
            self.done.set_exception(problem)
            return
        self.waiting -= 1
        if self.waiting:
            return
        now = perf_counter()
        self.latencies.append(now - self.sent)
        if now < self.until:
            self._start()
        else:
            self.done.set_result(None)


@asynccontextmanager
async def bare(engine: Engine, statements: Sequence[Statement]) -> AsyncIterator[Statements]:
    wires = [await _connected(engine) for _ in statements]
    try:
        yield Statements(wires, statements)
    finally:
        for wire in wires:
            wire.close()


async def _connected(engine: Engine) -> Wire:
    place = urlsplit(engine.uri)
    assert place.hostname
    assert place.port
    address = Address(place.hostname, place.port, engine.user, engine.password)
    wire = await Wire.open(address, PATIENCE_SECONDS)
    assert isinstance(wire, Wire)
    return wire
