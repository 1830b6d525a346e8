"""The pool on a real Neo4j, with a wire between that a test can slow, silence and cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from neo4j.exceptions import ClientError, ConnectionAcquisitionTimeoutError, ServiceUnavailable

from graph.bolt import UnsupportedServer
from graph.bolt.connection import OFFER, Address, Connection
from graph.bolt.messages import Tag, packed
from graph.bolt.pool import Pool
from graph.client import Client
from graph.settings import Settings

SECONDS = 10.0
ENDLESS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b)"


class Wire:
    """Forwards to an address and back, so many bytes at a time, while it is not held.

    Puts one request in another's place.
    """

    def __init__(self, host: str, port: int) -> None:
        self.target = host, port
        self.step = 65_536
        self.ends: list[asyncio.StreamWriter] = []
        self.replaced = (b"", b"")
        self.flows = asyncio.Event()
        self.flows.set()

    @property
    def connections(self) -> int:
        return sum(not end.is_closing() for end in self.ends) // 2

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to = await asyncio.open_connection(*self.target)
        self.ends += writer, to
        await asyncio.gather(self.forward(reader, to), self.forward(there, writer))

    async def forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(self.step):
                await self.flows.wait()
                writer.write(data.replace(*self.replaced))
                await writer.drain()
        writer.close()

    def cut(self) -> None:
        self.flows.set()
        for end in self.ends:
            end.close()
        self.ends.clear()


@pytest.fixture
def address(your_neo4j: Settings) -> Address:
    parts = urlsplit(your_neo4j.neo4j_uri or "")
    assert parts.hostname
    assert parts.port
    return Address(parts.hostname, parts.port, your_neo4j.neo4j_user, your_neo4j.neo4j_password)


@pytest.fixture
async def wire(address: Address) -> Wire:
    return Wire(address.host, address.port)


@pytest.fixture
async def wired(address: Address, wire: Wire) -> AsyncIterator[Address]:
    """The address of the wire's near end."""
    async with await asyncio.start_server(wire.carry, "127.0.0.1") as server:
        yield replace(address, host="127.0.0.1", port=server.sockets[0].getsockname()[1])
        wire.cut()


@asynccontextmanager
async def pooled(address: Address, seconds: float = SECONDS, limit: int = 2) -> AsyncIterator[Pool]:
    pool = Pool(address, "neo4j", seconds, limit)
    try:
        yield pool
    finally:
        await pool.close()


async def read(pool: Pool, statement: str, **parameters: object) -> object:
    return await pool.read(statement, parameters, SECONDS, ())


async def test_answers_may_come_byte_by_byte(wire: Wire, wired: Address) -> None:
    wire.step = 1
    async with pooled(wired) as pool:
        assert await read(pool, "UNWIND $texts AS t RETURN t", texts=["回", "憶"]) == [
            ["回"],
            ["憶"],
        ]


async def test_a_connection_that_broke_while_it_was_idle_is_replaced(
    wire: Wire, wired: Address
) -> None:
    async with pooled(wired) as pool:
        assert await read(pool, "RETURN 1") == [[1]]
        wire.cut()
        await asyncio.sleep(0.1)
        assert await read(pool, "RETURN 2") == [[2]]


async def test_a_connection_that_breaks_during_a_read(wire: Wire, wired: Address) -> None:
    async with pooled(wired) as pool:
        reading = asyncio.create_task(read(pool, ENDLESS))
        await asyncio.sleep(0.5)
        wire.cut()
        with pytest.raises(ServiceUnavailable, match="lost"):
            await reading


async def test_a_client_sends_a_read_again_when_its_connection_breaks(
    wire: Wire, wired: Address
) -> None:
    uri = f"bolt://{wired.host}:{wired.port}"
    client = Client(uri, wired.user, wired.password)
    try:
        assert await client.read("RETURN 1") == [[1]]
        wire.flows.clear()
        reading = asyncio.create_task(client.read("RETURN 2"))
        await asyncio.sleep(0.1)
        assert not reading.done()
        wire.cut()
        assert await reading == [[2]]
    finally:
        await client.close()


async def test_a_client_asks_the_driver_alone_once_a_server_is_not_supported(
    wire: Wire, wired: Address, caplog: pytest.LogCaptureFixture
) -> None:
    """Neo4j is offered a Bolt that there is not yet in place of ours; the driver's offer stays."""
    wire.replaced = (OFFER, OFFER.replace(b"\x00\x02\x04\x05", b"\x00\x00\x00\x63"))
    client = Client(f"bolt://{wired.host}:{wired.port}", wired.user, wired.password)
    try:
        reads = (client.read("RETURN $n", {"n": n}) for n in range(3))
        assert await asyncio.gather(*reads) == [[[0]], [[1]], [[2]]]
        opened = len(wire.ends)
        assert await client.read("RETURN 3") == [[3]]
        assert len(wire.ends) == opened
        assert caplog.text.count("Reads go by the official driver: the server's version") == 1
    finally:
        await client.close()


async def test_a_connection_that_cannot_be_reset_after_an_error(wire: Wire, wired: Address) -> None:
    connection = await Connection.open(wired, SECONDS)
    wire.replaced = (packed(Tag.RESET), packed(Tag.HELLO, {}))
    with pytest.raises(ClientError, match="by zero"):
        await connection.read(packed(Tag.RUN, "RETURN 1 / 0", {}, {"mode": "r"}))
    assert not connection.usable


async def test_an_old_connection_closes_while_another_is_in_use(
    wire: Wire, wired: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with pooled(wired) as pool:
        slow = asyncio.create_task(pool.read(ENDLESS, {}, 1.0, ()))
        await asyncio.sleep(0.3)
        monkeypatch.setattr("graph.bolt.connection.LIFETIME_SECONDS", 2.0)
        assert await read(pool, "RETURN 1") == [[1]]
        assert wire.connections == 2
        with pytest.raises(ClientError, match="TransactionTimedOut"):
            await slow
        await asyncio.sleep(2.0)
        async with asyncio.timeout(SECONDS):
            while wire.connections > 1:
                assert await read(pool, "RETURN 2") == [[2]]
        assert await read(pool, "RETURN 3") == [[3]]
        assert wire.connections == 1


async def test_an_old_connection_between_younger_ones_closes(wire: Wire, wired: Address) -> None:
    async with pooled(wired, limit=3) as pool:
        await asyncio.gather(*(read(pool, "RETURN 1") for _ in range(3)))
        assert wire.connections == 3
        pool._idle[1]._expires = 0.0
        async with asyncio.timeout(SECONDS):
            while wire.connections > 2:
                assert await read(pool, "RETURN 2") == [[2]]


async def test_closing_while_a_server_takes_nothing(wire: Wire, wired: Address) -> None:
    async with asyncio.timeout(SECONDS):
        async with pooled(wired) as pool:
            assert await read(pool, "RETURN 1") == [[1]]
            wire.flows.clear()
            large = "x" * 50_000_000
            reading = asyncio.create_task(read(pool, "RETURN size($large)", large=large))
            await asyncio.sleep(0.5)
        with pytest.raises(ServiceUnavailable, match="lost"):
            await reading


async def test_a_server_that_is_silent_for_longer_than_it_promised(address: Address) -> None:
    connection = await Connection.open(address, SECONDS)
    connection.listen(0.1)
    async with asyncio.timeout(SECONDS):
        with pytest.raises(ServiceUnavailable):
            await connection.read(packed(Tag.RUN, ENDLESS, {}, {"mode": "r"}))
        await connection.lost


async def test_who_waits_longest_gets_the_next_free_connection(address: Address) -> None:
    order: list[int] = []

    async def ask(number: int) -> None:
        await read(pool, "RETURN 1")
        order.append(number)

    async with pooled(address, limit=1) as pool:
        await asyncio.gather(*map(ask, range(20)))
    assert order == list(range(20))


async def test_no_connection_is_free_in_time(address: Address) -> None:
    async with pooled(address, seconds=1.0, limit=1) as pool:
        reading = asyncio.create_task(read(pool, ENDLESS))
        await asyncio.sleep(0)
        with pytest.raises(ConnectionAcquisitionTimeoutError, match="1 second"):
            await read(pool, "RETURN 1")
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await read(pool, "RETURN 1") == [[1]]


async def test_a_read_waits_for_the_transactions_of_its_bookmarks(address: Address) -> None:
    async with pooled(address) as pool:
        with pytest.raises(ClientError, match="bookmark"):
            await pool.read("RETURN 1", {}, SECONDS, ["of another database"])


async def test_rights_that_change_need_another_connection(
    your_neo4j: Settings, address: Address
) -> None:
    """A visitor must change the password, until the administrator decides otherwise."""
    assert your_neo4j.neo4j_uri
    admin = Client(your_neo4j.neo4j_uri, address.user, address.password, database="system")
    async with pooled(replace(address, user="visitor", password="a password")) as pool:
        await admin.write("CREATE OR REPLACE USER visitor SET PASSWORD 'a password'")
        with pytest.raises(ClientError, match="Security"):
            await read(pool, "RETURN 1")
        await admin.write("ALTER USER visitor SET PASSWORD CHANGE NOT REQUIRED")
        assert await read(pool, "RETURN 1") == [[1]]
    await admin.write("DROP USER visitor")
    await admin.close()


async def test_a_server_of_another_kind(address: Address) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(20)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(UnsupportedServer, match="HTTP"):
            await Connection.open(replace(address, host="127.0.0.1", port=port), SECONDS)


async def test_a_server_that_does_not_answer(address: Address) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ServiceUnavailable, match="No connection to"):
            await Connection.open(replace(address, host="127.0.0.1", port=port), 0.2)
