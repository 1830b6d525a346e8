"""The revision: which state the graph is in, known without asking it for every request."""

import asyncio
from dataclasses import dataclass
from time import monotonic

import orjson

from graph.client import Client
from graph.errors import DatabaseError
from ingest.revision import state

PATIENCE = 2.0
"""Seconds that questions wait for the graph's state; without it, they are answered by the graph."""
READ_SECONDS = 5.0
PAUSE = 5.0
"""Seconds after a read that failed, in which the state is taken for unknown."""


@dataclass
class Revision:
    """The state of the graph, at most ``staleness`` seconds old."""

    client: Client
    staleness: float
    known: bytes | None = None
    until: float = 0.0
    """When that is too old."""
    reading: asyncio.Task[None] | None = None
    begun: float = 0.0

    async def current(self) -> bytes | None:
        """What differs for different states, None where the graph does not say it soon.

        What is read from the graph after this is of that state or of a later one.
        """
        if monotonic() < self.until:
            return self.known
        if self.reading is None:
            self.begun = monotonic()
            self.reading = asyncio.create_task(self._read())
            self.reading.add_done_callback(self._done)
        reading, patience = self.reading, self.begun + PATIENCE - monotonic()
        if patience > 0:
            # Several requests wait for it: it goes on when one of them is given up.
            await asyncio.wait({reading}, timeout=patience)
        if not reading.done():
            return None
        reading.result()  # raises what went wrong otherwise than by the database
        return self.known

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(READ_SECONDS):
                self.known = orjson.dumps(await state(self.client))
            self.until = self.begun + self.staleness
        except (DatabaseError, TimeoutError):
            self.known, self.until = None, monotonic() + PAUSE

    def _done(self, _: asyncio.Task[None]) -> None:
        self.reading = None
