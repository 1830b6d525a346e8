"""The embedded engine, from the side of a process that uses it: start or join, then leave.

Several processes share one engine. See graph.store for the locks and graph.supervisor for the
process that owns it.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from graph import errors
from graph.distribution import Distribution, install
from graph.errors import EngineError, EngineMemoryError, EnginePortError, EngineStoreError
from graph.launch import USER, Launch, password
from graph.settings import Settings
from graph.store import Lock, State, Store

Progress = Callable[[str], None]

TICK_SECONDS = 0.05
STOP_SECONDS = 70.0
ORPHAN_SECONDS = 30.0
ROOM_BYTES = 200_000_000
UNITS = {"k": 2**10, "m": 2**20, "g": 2**30}


@dataclass(frozen=True)
class Engine:
    """A running Neo4j on this machine. The password stays out of its repr."""

    uri: str
    user: str
    password: str = field(repr=False)


@asynccontextmanager
async def open_engine(settings: Settings, progress: Progress) -> AsyncIterator[Engine]:
    """Start the engine on the data folder, or join the one that runs there.

    The last process to leave waits until Neo4j has stopped. Raises EngineError.
    """
    store = Store(settings.data / "engine")
    store.prepare()
    users = await _join(store, progress)
    try:
        state = await _running(store, settings, progress)
        yield Engine(f"bolt://127.0.0.1:{state.port}", USER, password(store))
    finally:
        users.release()
        await _leave(store, progress)


async def _join(store: Store, progress: Progress) -> Lock:
    """The lock that keeps the engine alive; an engine that is about to stop is waited for."""
    told = False
    while (lock := Lock.take(store.users, shared=True)) is None:
        if not told and (state := store.read()) and state.status == "stopping":
            progress("Waiting for Neo4j to stop before starting it again")
            told = True
        await asyncio.sleep(TICK_SECONDS)
    return lock


async def _running(store: Store, settings: Settings, progress: Progress) -> State:
    """The state of an engine that runs, one that we start where there is none."""
    started = told = False
    while True:
        owner = Lock.take(store.owner)
        if owner is None:
            state = store.read()
            if state and state.status == "running" and state.supervisor.find():
                return state
            if not (told or started):
                progress("Waiting for Neo4j, which another process is starting")
                told = True
        else:
            try:
                if started:
                    raise _failure(store)
                await _start(store, owner, settings, progress)
                started = True
            finally:
                owner.release()
        await asyncio.sleep(TICK_SECONDS)


async def _start(store: Store, owner: Lock, settings: Settings, progress: Progress) -> None:
    """Put everything in place, and the owner lock into the hands of a supervisor."""
    distribution = Distribution.locked(settings.engine_lock)
    _check_version(store, distribution.version)
    _check_room(store)
    _check_memory(settings)
    last = store.read()
    await _end_orphan(last)
    port = _port(settings.engine_port, last.port if last else 0)
    jars = await _install(distribution, settings.cache / "jars", progress)
    progress(f"Starting Neo4j {distribution.version}")
    password(store)
    Launch(distribution.main_class, jars, port, settings.heap, settings.page_cache).write(store)
    store.replace(store.version, distribution.version)
    store.forget()
    await asyncio.to_thread(_spawn, store, owner, port)


def _spawn(store: Store, owner: Lock, port: int) -> None:
    with (store.folder / "logs" / "supervisor.log").open("wb") as log:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "graph.supervisor",
                store.folder,
                str(port),
                str(owner.descriptor),
            ],
            check=True,
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(owner.descriptor,),
        )


async def _install(
    distribution: Distribution, folder: Path, progress: Progress
) -> tuple[Path, ...]:
    cancelled = threading.Event()
    try:
        return await asyncio.to_thread(install, distribution, folder, progress, cancelled)
    finally:
        cancelled.set()


def _check_version(store: Store, version: str) -> None:
    if not store.version.exists():
        return
    written = store.version.read_text()
    if _numbers(written) > _numbers(version):
        raise EngineStoreError(
            f"The data in {store.folder} was written by Neo4j {written}, and this program brings "
            f"Neo4j {version}, which cannot read it. Use the newer program, or choose another "
            "folder by FILMOGRAPH_DATA."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _check_room(store: Store) -> None:
    free = psutil.disk_usage(str(store.folder)).free
    if free < ROOM_BYTES:
        raise EngineStoreError(
            f"Neo4j needs room to write: {free // 10**6} MB are free in {store.folder}, and "
            f"{ROOM_BYTES // 10**6} MB is the least. Make room, or choose another folder by "
            "FILMOGRAPH_DATA."
        )


def _check_memory(settings: Settings) -> None:
    memory = psutil.virtual_memory().total
    if _bytes(settings.heap) + _bytes(settings.page_cache) > memory:
        raise EngineMemoryError(
            f"This machine has {memory // UNITS['m']}m of memory, less than "
            f"FILMOGRAPH_ENGINE_HEAP ({settings.heap}) and FILMOGRAPH_ENGINE_PAGE_CACHE "
            f"({settings.page_cache}) together."
        )


def _bytes(size: str) -> int:
    return int(size[:-1]) * UNITS[size[-1]]


async def _end_orphan(last: State | None) -> None:
    """End the Java that a killed supervisor left behind, where the system did not do it."""
    java = last.java.find() if last and last.java else None
    if java is None:
        return
    java.terminate()
    try:
        await asyncio.to_thread(java.wait, ORPHAN_SECONDS)
    except psutil.TimeoutExpired:
        java.kill()
        await asyncio.to_thread(java.wait, ORPHAN_SECONDS)


def _port(wanted: int, last: int) -> int:
    """The port wanted; or the last one again, for clients that still know it; or any."""
    if wanted:
        if not _is_free(wanted):
            raise EnginePortError(
                f"Port {wanted}, which FILMOGRAPH_ENGINE_PORT asks for, is taken. Choose another, "
                "or leave it unset for any free port."
            )
        return wanted
    return last if last and _is_free(last) else _free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


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
        if state is None or state.supervisor.find() is None:
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
