"""The pool: connections to one server, for reads of one database."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

from neo4j.exceptions import ConnectionAcquisitionTimeoutError, DriverError

from graph.bolt.connection import Address, Connection, Row
from graph.bolt.messages import Tag, packed

LIMIT = 100
CLOSING_SECONDS = 2.0


class Pool:
    """Opens connections when they are needed; who has waited longest gets the next free one."""

    def __init__(self, address: Address, database: str, seconds: float, limit: int = LIMIT) -> None:
        """`seconds`: how long to wait for a free connection, and for a new one. Opens none yet."""
        self._address = address
        self._database = database
        self._seconds = seconds
        self._free = asyncio.Semaphore(limit)
        self._idle: list[Connection] = []
        self._open: set[Connection] = set()
        self._closed = False

    async def read(
        self,
        statement: str,
        parameters: Mapping[str, Any],
        seconds: float,
        bookmarks: Collection[str],
    ) -> list[Row]:
        """One auto-commit transaction of so many seconds at most, after those of the bookmarks.

        Raises Unsupported, UnsupportedServer, Neo4jError, DriverError.
        """
        extra: dict[str, Any] = {"mode": "r", "db": self._database}
        extra["tx_timeout"] = max(1, round(seconds * 1000))
        if bookmarks:
            extra["bookmarks"] = list(bookmarks)
        run = packed(Tag.RUN, statement, dict(parameters), extra)
        await self._acquire()
        try:
            connection = await self._connection()
            try:
                return await connection.read(run)
            finally:
                self._give_back(connection)
        finally:
            self._free.release()

    async def close(self) -> None:
        """Also where a server does not take what was sent to it, within CLOSING_SECONDS."""
        self._closed = True
        for connection in self._open:
            connection.close()
        if self._open:
            lost = [connection.lost for connection in self._open]
            await asyncio.wait(lost, timeout=CLOSING_SECONDS)
        for connection in self._open:
            connection.abort()

    async def _acquire(self) -> None:
        if self._closed:
            raise DriverError("The client is closed.")
        try:
            async with asyncio.timeout(self._seconds if self._free.locked() else None):
                await self._free.acquire()
        except TimeoutError:
            raise ConnectionAcquisitionTimeoutError(
                f"No connection was free for {self._seconds:g} seconds."
            ) from None

    async def _connection(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection
            connection.close()
        connection = await Connection.open(self._address, self._seconds)
        self._open.add(connection)
        connection.lost.add_done_callback(lambda _: self._open.discard(connection))
        return connection

    def _give_back(self, connection: Connection) -> None:
        if self._closed or not connection.usable:
            connection.close()
        else:
            self._idle.append(connection)
        # The last one is taken first: after a burst others may not be taken for hours.
        for each in [each for each in self._idle if not each.usable]:
            self._idle.remove(each)
            each.close()
