"""A client that keeps its connections busy and costs little itself."""

import asyncio
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple, cast

PATIENCE_SECONDS = 60.0  # a cold engine plans its first statements for seconds
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


class BadAnswer(Exception):
    """A server answered otherwise than it did before, or not at all."""


class Target(NamedTuple):
    """A request, as the bytes that go over the wire."""

    port: int
    request: bytes

    @classmethod
    def get(cls, port: int, path: str) -> "Target":
        return cls(port, f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n".encode())

    @classmethod
    def post(cls, port: int, path: str, body: bytes) -> "Target":
        head = (
            f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return cls(port, head.encode() + body)


class Sample(NamedTuple):
    """How long each answer took, and all of them together. All times are seconds."""

    latencies: list[float]
    elapsed: float

    @property
    def p50(self) -> float:
        return median(self.latencies)

    @property
    def p95(self) -> float:
        return quantiles(self.latencies, n=20)[-1]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.elapsed


class Connection(asyncio.Protocol):
    """Sends its request again as soon as it is answered, until the time is over.

    `expected` is the body that every answer must have; None takes the first as it comes.
    """

    def __init__(self, request: bytes, expected: bytes | None, seconds: float) -> None:
        self.request, self.expected = request, expected
        self.latencies: list[float] = []
        self.done = asyncio.get_running_loop().create_future()
        self.received = bytearray()
        self.until = perf_counter() + seconds

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance
        self._send()

    def data_received(self, data: bytes) -> None:
        self.received += data
        head = self.received.find(END_OF_HEAD)
        if head < 0 or len(self.received) < head + len(END_OF_HEAD) + self._length(head):
            return
        now = perf_counter()
        self.latencies.append(now - self.sent)
        body = bytes(self.received[head + len(END_OF_HEAD) :])
        if not self.received.startswith(b"HTTP/1.1 200 ") or body != (self.expected or body):
            self._end(BadAnswer(self.received[:1000].decode(errors="replace")))
        elif now < self.until:
            self._send()
        else:
            self.expected = body
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or BadAnswer("The server closed the connection."))

    def _length(self, head: int) -> int:
        fields = bytes(self.received[:head]).lower()
        return int(fields.partition(LENGTH)[2].partition(b"\r\n")[0])

    def _send(self) -> None:
        self.received.clear()
        self.sent = perf_counter()
        self.transport.write(self.request)

    def _end(self, problem: Exception | None = None) -> None:
        if self.done.done():
            return
        if problem:
            self.done.set_exception(problem)
        else:
            self.done.set_result(None)
        self.transport.close()


async def ask(target: Target) -> bytes:
    """The body of one answer. Raises BadAnswer."""
    [connection] = await _run(target, None, 1, 0)
    assert connection.expected is not None
    return connection.expected


async def measure(target: Target, expected: bytes, connections: int, seconds: float) -> Sample:
    """Ask for so long on so many connections. Raises BadAnswer for any other body."""
    start = perf_counter()
    ran = await _run(target, expected, connections, seconds)
    elapsed = perf_counter() - start
    return Sample([latency for each in ran for latency in each.latencies], elapsed)


async def _run(
    target: Target, expected: bytes | None, connections: int, seconds: float
) -> list[Connection]:
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(
            lambda: Connection(target.request, expected, seconds), "127.0.0.1", target.port
        )
        for _ in range(connections)
    ]
    ran = [connection for _, connection in opened]
    async with asyncio.timeout(seconds + PATIENCE_SECONDS):
        await asyncio.gather(*(connection.done for connection in ran))
    return ran
