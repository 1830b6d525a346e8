"""The revision: which state the graph is in, known without asking it for every request."""

import asyncio
from dataclasses import dataclass
from time import monotonic

import orjson

from graph.client import Client
from graph.errors import DatabaseError
from ingest.revision import state

PATIENCE = 5.0
"""Seconds to wait for the graph's state; without it, nothing that is kept is of use."""


@dataclass
class Revision:
    """The state of the graph, at most ``staleness`` seconds old."""

    client: Client
    staleness: float
    known: bytes | None = None
    until: float = 0.0
    """When that is too old."""
    reading: asyncio.Task[bytes | None] | None = None

    async def current(self) -> bytes | None:
        """What differs for different states, None where the graph does not answer.

        What is read from the graph after this is of that state or of a later one.
        """
        if monotonic() < self.until:
            return self.known
        if self.reading is None:
            self.reading = asyncio.create_task(self._read())
            self.reading.add_done_callback(self._done)
        # Several requests wait for it: it goes on when one of them is given up.
        return await asyncio.shield(self.reading)

    async def _read(self) -> bytes | None:
        asked = monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                self.known = orjson.dumps(await state(self.client))
        except (DatabaseError, TimeoutError):
            return None
        self.until = asked + self.staleness
        return self.known

    def _done(self, _: asyncio.Task[bytes | None]) -> None:
        self.reading = None
