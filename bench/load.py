"""A client that keeps its connections busy and costs little itself."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple, cast

PATIENCE_SECONDS = 60.0  # a cold engine plans its first statements for seconds
LONG_SECONDS = 3600.0
END_OF_HEAD = b"\r\n\r\n"
OK = b"HTTP/1.1 200 "
ERRORS = b'{"errors"'
LENGTH = b"content-length:"


class BadAnswer(Exception):
    """A server answered otherwise than it did before, or not at all."""


class Target(NamedTuple):
    """A server's port, and requests as the bytes that go over the wire."""

    port: int
    requests: tuple[bytes, ...]

    @classmethod
    def get(cls, port: int, paths: Iterable[str]) -> "Target":
        host = f"host: 127.0.0.1:{port}"
        return cls(port, tuple(f"GET {path} HTTP/1.1\r\n{host}\r\n\r\n".encode() for path in paths))

    @classmethod
    def post(cls, port: int, path: str, bodies: Iterable[bytes]) -> "Target":
        head = (
            f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: application/json\r\n"
            "content-type: application/json\r\ncontent-length: "
        ).encode()
        return cls(port, tuple(head + b"%d" % len(body) + END_OF_HEAD + body for body in bodies))


class Sample(NamedTuple):
    """How long each answer took, and all of them together; what the server took of its processors
    for them. All times are seconds.
    """

    latencies: list[float]
    elapsed: float
    cpu: float = 0.0

    @property
    def p50(self) -> float:
        return median(self.latencies)

    @property
    def p95(self) -> float:
        if len(self.latencies) == 1:
            return self.p50
        return quantiles(self.latencies, n=20, method="inclusive")[-1]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.elapsed

    @property
    def cpu_each(self) -> float:
        """The server's processor time for an answer."""
        return self.cpu / len(self.latencies)


class Turn(NamedTuple):
    """A request, and the body that its answer must have; None takes any."""

    request: bytes
    expected: bytes | None


class Connection(asyncio.Protocol):
    """Takes turns until there are no more or the time is over; keeps the bodies if told to."""

    def __init__(self, turns: Iterator[Turn], seconds: float, bodies: list[bytes] | None) -> None:
        self.turns, self.bodies = turns, bodies
        self.latencies: list[float] = []
        self.done = asyncio.get_running_loop().create_future()
        self.received = bytearray()
        self.until = perf_counter() + seconds

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance
        self._next()

    def data_received(self, data: bytes) -> None:
        self.received += data
        head = self.received.find(END_OF_HEAD)
        if head < 0 or len(self.received) < head + len(END_OF_HEAD) + self._length(head):
            return
        now = perf_counter()
        self.latencies.append(now - self.sent)
        body = bytes(self.received[head + len(END_OF_HEAD) :])
        if not self._good(body):
            self._end(BadAnswer(self.received[:1000].decode(errors="replace")))
            return
        if self.bodies is not None:
            self.bodies.append(body)
        if now < self.until:
            self._next()
        else:
            self._end()

    def _good(self, body: bytes) -> bool:
        if not self.received.startswith(OK) or body.startswith(ERRORS):
            return False
        return self.expected is None or body == self.expected

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or BadAnswer("The server closed the connection."))

    def _length(self, head: int) -> int:
        fields = bytes(self.received[:head]).lower()
        return int(fields.partition(LENGTH)[2].partition(b"\r\n")[0])

    def _next(self) -> None:
        turn = next(self.turns, None)
        if turn is None:
            self._end()
            return
        self.expected = turn.expected
        self.received.clear()
        self.sent = perf_counter()
        self.transport.write(turn.request)

    def _end(self, problem: Exception | None = None) -> None:
        if self.done.done():
            return
        if problem:
            self.done.set_exception(problem)
        else:
            self.done.set_result(None)
        self.transport.close()


async def ask(target: Target) -> list[bytes]:
    """The bodies of the answers, each request sent once. Raises BadAnswer."""
    bodies: list[bytes] = []
    turns = (Turn(request, None) for request in target.requests)
    await _run(target.port, turns, 1, LONG_SECONDS, bodies)
    return bodies


async def once(target: Target) -> Sample:
    """How long each of the requests takes, sent once. Raises BadAnswer."""
    turns = (Turn(request, None) for request in target.requests)
    return await _run(target.port, turns, 1, LONG_SECONDS)


async def spend(port: int, requests: Iterable[bytes], connections: int) -> None:
    """Send each of the requests once. Raises BadAnswer."""
    await _run(port, (Turn(request, None) for request in requests), connections, LONG_SECONDS)


async def measure(
    target: Target, expected: Sequence[bytes], connections: int, seconds: float
) -> Sample:
    """Ask for so long on so many connections, one request after the other, over and over. Raises
    BadAnswer for any other body than the request's own.
    """
    turns = cycle(map(Turn, target.requests, expected))
    return await _run(target.port, turns, connections, seconds)


async def _run(
    port: int,
    turns: Iterator[Turn],
    connections: int,
    seconds: float,
    bodies: list[bytes] | None = None,
) -> Sample:
    loop = asyncio.get_running_loop()
    start = perf_counter()
    opened = [
        await loop.create_connection(lambda: Connection(turns, seconds, bodies), "127.0.0.1", port)
        for _ in range(connections)
    ]
    ran = [connection for _, connection in opened]
    async with asyncio.timeout(seconds + PATIENCE_SECONDS):
        await asyncio.gather(*(connection.done for connection in ran))
    elapsed = perf_counter() - start
    return Sample([latency for each in ran for latency in each.latencies], elapsed)
