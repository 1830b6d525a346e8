"""The start of an engine: what is checked and put in place before the supervisor takes over."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from graph.distribution import Distribution, install
from graph.errors import EngineMemoryError, EnginePortError, EngineStoreError
from graph.launch import Launch, class_archive, password
from graph.settings import Settings
from graph.store import Lock, State, Store

Progress = Callable[[str], None]

ORPHAN_SECONDS = 30.0
ROOM_BYTES = 200_000_000
UNITS = {"k": 2**10, "m": 2**20, "g": 2**30}


async def start(store: Store, owner: Lock, settings: Settings, progress: Progress) -> None:
    """Put everything in place, and the owner lock into the hands of a supervisor.

    Raises EngineError.
    """
    distribution = Distribution.locked(settings.engine_lock)
    _check_version(store, distribution.version)
    _check_room(store)
    _check_memory(settings)
    last = store.read()
    store.forget()
    await _end_orphan(store, last)
    port = _port(settings.engine_port, last.port if last else 0)
    jars = await _install(distribution, settings.cache / "jars", progress)
    archive = await asyncio.to_thread(class_archive, settings.cache, distribution.version)
    progress(f"Starting Neo4j {distribution.version}")
    launch = Launch(
        distribution.main_class, jars, archive, port, settings.heap, settings.page_cache
    )
    try:
        password(store)
        launch.write(store)
        store.replace(store.version, distribution.version)
    except OSError as error:
        raise store.unwritable(error) from error
    _spawn(store, owner, port)


def _spawn(store: Store, owner: Lock, port: int) -> None:
    """Blocks for a moment, so that no cancellation comes between the lock and its new owner."""
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


async def _end_orphan(store: Store, last: State | None) -> None:
    """End the Java that a killed supervisor left behind, where the system did not do it."""
    java = store.process(last.java) if last else None
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
