"""The client that measures."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

import pytest

from bench.load import BadAnswer, Target, ask, measure


@asynccontextmanager
async def server(answer: Callable[[bytes], bytes]) -> AsyncIterator[int]:
    """The port of a server that answers paths with bodies."""

    async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.read(4096):
            body = answer(head.split()[1])
            # In two pieces, as large answers come.
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body))
            await writer.drain()
            await asyncio.sleep(0)
            writer.write(body)
        writer.close()

    listening = await asyncio.start_server(answered, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1]


async def test_every_request_is_asked_in_its_turn() -> None:
    async with server(lambda path: path * 2) as port:
        target = Target.get(port, ["/a", "/b"])
        assert await ask(target) == [b"/a/a", b"/b/b"]
        sample = await measure(target, [b"/a/a", b"/b/b"], connections=3, seconds=0.1)
    assert len(sample.latencies) > 3


async def test_an_answer_that_is_not_what_it_was_ends_the_measurement() -> None:
    numbers = count()
    async with server(lambda path: b"%d" % next(numbers)) as port:
        target = Target.get(port, ["/"])
        with pytest.raises(BadAnswer):
            await measure(target, await ask(target), connections=1, seconds=1)


async def test_an_answer_of_errors_is_none() -> None:
    async with server(lambda path: b'{"errors":[]}') as port:
        with pytest.raises(BadAnswer, match="errors"):
            await ask(Target.get(port, ["/"]))
