"""The queue in front of the database: what is too much is refused before it fills memory."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

from graph.client import Client, Row
from graph.errors import Overloaded


class Room(NamedTuple):
    """How many statements may run, how many more may wait, and how many seconds each."""

    running: int = 64
    waiting: int = 1000
    seconds: float = 5.0


USUAL = Room()


class Queue:
    """Reads by a client, of which only so many run at a time; who came first goes first."""

    def __init__(self, client: Client, room: Room) -> None:
        self.client = client
        self.room = room
        self.waiting = 0
        self.free = asyncio.Semaphore(room.running)

    async def read(self, statement: str, parameters: Mapping[str, Any]) -> list[Row]:
        """As Client.read; raises Overloaded as well."""
        if self.free.locked():
            await self._wait()
        else:
            await self.free.acquire()
        try:
            return await self.client.read(statement, parameters)
        finally:
            self.free.release()

    async def _wait(self) -> None:
        if self.waiting >= self.room.waiting:
            raise Overloaded(f"{self.waiting} statements wait already", self.room.seconds)
        self.waiting += 1
        try:
            async with asyncio.timeout(self.room.seconds):
                await self.free.acquire()
        except TimeoutError:
            waited = f"No turn came within {self.room.seconds:g} seconds"
            raise Overloaded(waited, self.room.seconds) from None
        finally:
            self.waiting -= 1
