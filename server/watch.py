"""Watches: what a client no longer waits for is not worked on."""

import asyncio
from types import TracebackType

from starlette.types import Receive

from server.request import Refused

PATIENCE = 0.05
"""Seconds. Most questions are answered before, and need no watch."""
GONE = 499
"""The status for the log, as nginx has it; nobody is there to read it."""


class Watch:
    """While it is open, and after PATIENCE, a client that hangs up cancels the work of this task;
    the watch ends with Refused then. Until then nobody else may receive.
    """

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.listening: asyncio.Task[None] | None = None
        self.is_gone = False

    def __enter__(self) -> None:
        task = asyncio.current_task()
        assert task is not None, "watches are opened by tasks"
        self.task = task
        self.timer = asyncio.get_running_loop().call_later(PATIENCE, self._listen)

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        self.timer.cancel()
        if self.listening:
            self.listening.cancel()
        if self.is_gone:
            others_cancel = self.task.uncancel() > 0
            if isinstance(error, asyncio.CancelledError) and not others_cancel:
                raise Refused(GONE, "The client has gone away.") from error

    def _listen(self) -> None:
        self.listening = asyncio.create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            """What else a client sends is of no interest."""
        self.is_gone = True
        self.task.cancel()
