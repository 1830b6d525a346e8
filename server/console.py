"""What commands say and how they run: to the end, or interrupted in order."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

import uvloop
from rich.console import Console

from graph.client import Client
from graph.database import open_database
from graph.migrations import migrate
from graph.settings import Settings
from ingest.spelling import spell
from ingest.ties import are_current, tie_all

PIPED: Final = 160
"""Columns of what no terminal shows: a line of progress stays one."""
messages = Console(
    stderr=True, highlight=False, soft_wrap=True, width=None if sys.stderr.isatty() else PIPED
)
output = Console(highlight=False, soft_wrap=True)

INTERRUPTED = 130


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; Ctrl-C and SIGTERM leave the graph as it last was and exit with 130."""

    async def interruptible() -> None:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        await work

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(interruptible())
    except (KeyboardInterrupt, asyncio.CancelledError):
        messages.print("Interrupted.")
        sys.exit(INTERRUPTED)


def say(message: str) -> None:
    messages.print(message, markup=False)


@asynccontextmanager
async def migrated(settings: Settings) -> AsyncIterator[Client]:
    """The database, with its constraints and indexes."""
    async with open_database(settings, say) as client:
        await bring_up_to_date(client)
        yield client


async def bring_up_to_date(client: Client, *, ties: bool = False) -> bool:
    """Constraints, indexes and what is kept for reading, ``ties`` in any case; whether something
    was to be done.
    """
    applied = await migrate(client)
    for name in applied:
        say(f"Migrated: {name}")
    if tied := ties or not await are_current(client):
        say("Tying together what is credited and related")
        await tie_all(client)
    if spelt := await spell(client):
        say("Spelt all names for search")
    return bool(applied) or tied or spelt
