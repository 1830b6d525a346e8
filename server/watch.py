"""Watches: what a client no longer waits for is not worked on."""

import asyncio
from types import TracebackType

from starlette.types import Receive

from server.request import Refused

PATIENCE = 0.05
"""Seconds. Nearly all questions are answered before, and are not watched."""
GONE = 499
"""The status for the log, as nginx has it; nobody is there to read it."""


class Watch:
    """While it is open, a client that hangs up cancels the work of this task; the watch ends with
    Refused then. ``receive`` is its alone.
    """

    def __init__(self, watches: "Watches", receive: Receive) -> None:
        self.watches = watches
        self.receive = receive
        self.listening: asyncio.Task[None] | None = None
        self.is_gone = False

    def __enter__(self) -> None:
        self.task = asyncio.current_task()
        self.watches.add(self)

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        self.watches.idle.discard(self)
        if self.listening:
            self.listening.cancel()
        if self.is_gone and self.task:
            others_cancel = self.task.uncancel() > 0
            if isinstance(error, asyncio.CancelledError) and not others_cancel:
                raise Refused(GONE, "The client has gone away.") from error

    def listen(self) -> None:
        self.listening = asyncio.create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            """What else a client sends is of no interest."""
        self.is_gone = True
        if self.task:
            self.task.cancel()


class Watches:
    """Those that do not listen yet. They have one timer, because most are closed when it rings:
    each listens from then on that is still open, PATIENCE after it was opened at the latest.
    """

    def __init__(self) -> None:
        self.idle: set[Watch] = set()
        self.timer: asyncio.TimerHandle | None = None

    def watch(self, receive: Receive) -> Watch:
        return Watch(self, receive)

    def add(self, watch: Watch) -> None:
        self.idle.add(watch)
        if not self.timer:
            self.timer = asyncio.get_running_loop().call_later(PATIENCE, self._ring)

    def _ring(self) -> None:
        self.timer = None
        idle, self.idle = self.idle, set()
        for watch in idle:
            watch.listen()
