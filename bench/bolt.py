"""Neo4j's share of an answer: its statements over the bare wire, their records read to the end and
not decoded. Bolt and PackStream: https://neo4j.com/docs/bolt/current/
"""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from bench.load import PATIENCE_SECONDS, Sample
from graph.engine import Engine

BOLT_5_4 = bytes.fromhex("6060b017 00000405 00000000 00000000 00000000")
HELLO, LOGON, RUN, PULL, SUCCESS, FAILURE = 0x01, 0x6A, 0x10, 0x3F, 0x70, 0x7F
ALL = {"n": -1}
LARGEST_CHUNK = 0xFFFF


class Failed(Exception):
    """Neo4j refuses what it is sent."""


class Statement(NamedTuple):
    text: str
    parameters: Mapping[str, Any]

    @property
    def sent(self) -> bytes:
        """In a transaction of its own that reads, all rows at once."""
        run = message(RUN, self.text, self.parameters, {"mode": "r", "db": "neo4j"})
        return run + message(PULL, ALL)


def message(kind: int, *fields: Any) -> bytes:
    """In chunks, with the empty one that ends it."""
    packed_ = bytes((0xB0 + len(fields), kind)) + b"".join(map(packed, fields))
    chunks = [
        packed_[start : start + LARGEST_CHUNK] for start in range(0, len(packed_), LARGEST_CHUNK)
    ]
    return b"".join(struct.pack(">H", len(each)) + each for each in chunks) + b"\0\0"


def packed(value: Any) -> bytes:
    """A value in PackStream, which takes the widest forms as well as the shortest."""
    match value:
        case None:
            return b"\xc0"
        case bool():
            return b"\xc3" if value else b"\xc2"
        case int():
            return struct.pack(">Bq", 0xCB, value)
        case float():
            return struct.pack(">Bd", 0xC1, value)
        case str():
            text = value.encode()
            return struct.pack(">BI", 0xD2, len(text)) + text
        case list():
            return struct.pack(">BI", 0xD6, len(value)) + b"".join(map(packed, value))
        case dict():
            pairs = (packed(key) + packed(each) for key, each in value.items())
            return struct.pack(">BI", 0xDA, len(value)) + b"".join(pairs)
    raise TypeError(f"{value!r} is no parameter")


class Wire(asyncio.Protocol):
    """A connection on which everything sent is answered by so many messages of success."""

    def __init__(self) -> None:
        self.received = bytearray()
        self.at = 0
        self.kind: int | None = None
        self.waiting = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance

    def send(self, sent: bytes, successes: int, then: Callable[[Exception | None], None]) -> None:
        self.waiting, self.then = successes, then
        self.transport.write(sent)

    def data_received(self, data: bytes) -> None:
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

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting:
            self.then(exc or Failed("Neo4j closed the connection."))

    def _ended(self) -> None:
        kind, self.kind = self.kind, None
        if kind == FAILURE:
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
            wire.transport.close()


async def _connected(engine: Engine) -> Wire:
    address = urlsplit(engine.uri)
    assert address.hostname
    assert address.port
    loop = asyncio.get_running_loop()
    _, greeting = await loop.create_connection(Greeting, address.hostname, address.port)
    await greeting.agreed
    wire = Wire()
    greeting.transport.set_protocol(wire)
    wire.connection_made(greeting.transport)
    agent = {"user_agent": "filmograph-bench/1.0", "notifications_minimum_severity": "OFF"}
    account = {"scheme": "basic", "principal": engine.user, "credentials": engine.password}
    let_in = loop.create_future()

    def ended(problem: Exception | None) -> None:
        if problem:
            let_in.set_exception(problem)
        else:
            let_in.set_result(None)

    hello = message(HELLO, agent | {"bolt_agent": {"product": "filmograph-bench/1.0"}})
    wire.send(hello + message(LOGON, account), 2, ended)
    await let_in
    return wire


class Greeting(asyncio.Protocol):
    """Settles on a version of Bolt."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.agreed = asyncio.get_running_loop().create_future()
        self.transport.write(BOLT_5_4)

    def data_received(self, data: bytes) -> None:
        self.agreed.set_result(data)
