"""The embedded engine, from the side of a process that uses it: start or join, then leave.

Several processes share one engine. See graph.store for the locks, graph.start for what a start
does, and graph.supervisor for the process that owns the engine.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph import errors
from graph.errors import EngineError
from graph.launch import USER, password
from graph.settings import Settings
from graph.start import start
from graph.store import Lock, State, Store

Progress = Callable[[str], None]

TICK_SECONDS = 0.05
KEEP_SECONDS = 1.0
STOP_SECONDS = 130.0


@dataclass(frozen=True)
class Engine:
    """A running Neo4j on this machine. The password stays out of its repr."""

    uri: str
    user: str
    password: str = field(repr=False)


@asynccontextmanager
async def open_engine(settings: Settings, progress: Progress) -> AsyncIterator[Engine]:
    """Start the engine on the data folder, or join the one that runs there.

    The last process to leave waits until Neo4j has stopped. `progress` may be called from another
    thread. Raises EngineError.
    """
    store = Store(settings.data / "engine")
    store.prepare()
    users = await _join(store, progress)
    try:
        state = await _running(store, settings, progress)
        keeper = asyncio.create_task(_keep(store, settings, progress))
        try:
            yield Engine(f"bolt://127.0.0.1:{state.port}", USER, password(store))
        finally:
            keeper.cancel()
            await asyncio.wait([keeper])
    finally:
        users.release()
        await _leave(store, progress)


async def _join(store: Store, progress: Progress) -> Lock:
    """The lock that keeps the engine alive; an engine that is about to stop is waited for."""
    state = store.read()
    if state and state.status == "stopping" and store.process(state.supervisor):
        progress("Waiting for Neo4j to stop before starting it again")
    return await _take(store.users, shared=True)


async def _take(path: Path, *, shared: bool = False) -> Lock:
    while (lock := Lock.take(path, shared=shared)) is None:  # noqa: ASYNC110 - flock has no event
        await asyncio.sleep(TICK_SECONDS)
    return lock


async def _running(store: Store, settings: Settings, progress: Progress) -> State:
    """The state of an engine that runs, one that we start where there is none."""
    started = told = False
    while True:
        owner = Lock.take(store.owner)
        if owner is None:
            state = store.read()
            if state and state.status == "running" and store.process(state.supervisor):
                return state
            if not (told or started):
                progress("Waiting for Neo4j to start")
                told = True
        else:
            try:
                if started:
                    raise _failure(store)
                await start(store, owner, settings, progress)
                started = True
            finally:
                owner.release()
        await asyncio.sleep(TICK_SECONDS)


async def _keep(store: Store, settings: Settings, progress: Progress) -> None:
    """Should the supervisor be killed, start the engine again, on the port that clients know."""
    while True:
        await asyncio.sleep(KEEP_SECONDS)
        try:
            await _running(store, settings, progress)
        except EngineError as error:
            progress(str(error))
            return


def _failure(store: Store) -> EngineError:
    state = store.read()
    if state and state.status == "failed":
        kind: type[EngineError] = getattr(errors, state.error)
        return kind(state.message)
    return EngineError(f"Neo4j's supervisor ended early; its log is in {store.console.parent}.")


async def _leave(store: Store, progress: Progress) -> None:
    """Wait for the clean stop, unless others still use the engine."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + STOP_SECONDS
    told = False
    while loop.time() < deadline:
        state = store.read()
        if state is None or store.process(state.supervisor) is None:
            return
        if state.status == "stopping":
            if not told:
                progress("Stopping Neo4j")
                told = True
        elif (alone := Lock.take(store.users)) is None:
            return
        else:
            alone.release()
        await asyncio.sleep(TICK_SECONDS)
