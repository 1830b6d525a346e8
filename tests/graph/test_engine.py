"""The embedded engine: shared by processes, and what is left when any of them is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graph.database import open_database
from graph.errors import EngineError, EngineMemoryError, EnginePortError, EngineStoreError
from graph.settings import Settings
from graph.store import Store

VISITOR = Path(__file__).with_name("visitor.py")
PATIENCE_SECONDS = 60.0


class Visitor:
    """A process that uses the engine on a store. `marks`: what it and those before it left."""

    def __init__(self, store: Store, mark: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, VISITOR, mark],
            env={**os.environ, "FILMOGRAPH_DATA": str(store.folder.parent)},
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stdout
        self.marks = json.loads(self.process.stdout.readline())

    def end(self, number: signal.Signals) -> int:
        """Send the signal to the visitor's whole process group, as a terminal does."""
        os.killpg(self.process.pid, number)
        with self.process:
            return self.process.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("shared") / "engine")


@pytest.fixture
def visit(store: Store) -> Iterator[Callable[[str], Visitor]]:
    """Lets visitors in; after the test all are gone and the engine with them."""
    visitors: list[Visitor] = []

    def enter(mark: str) -> Visitor:
        visitors.append(Visitor(store, mark))
        return visitors[-1]

    yield enter
    for visitor in visitors:
        if visitor.process.poll() is None:
            visitor.end(signal.SIGINT)
    assert until(lambda: running(store) == [])


def running(store: Store) -> list[psutil.Process]:
    """The supervisor and the Java of the store, as far as they run."""
    state = store.read()
    assert state
    return [process for pid in (state.supervisor, state.java) if (process := store.process(pid))]


def java(store: Store) -> psutil.Process:
    state = store.read()
    assert state
    process = store.process(state.java)
    assert process
    return process


def supervisor(store: Store) -> psutil.Process:
    state = store.read()
    assert state
    process = store.process(state.supervisor)
    assert process
    return process


def until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (answer := true()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def stopped_cleanly(store: Store) -> bool:
    return store.log.read_text().splitlines()[-1].endswith("Stopped.")


Visit = Callable[[str], Visitor]


def test_processes_share_one_engine(store: Store, visit: Visit) -> None:
    first, second = visit("1a"), visit("1b")
    neo4j = java(store)
    assert first.marks == ["1a"]
    assert second.marks == ["1a", "1b"]
    first.end(signal.SIGINT)
    assert java(store) == neo4j
    second.end(signal.SIGINT)
    assert running(store) == []
    assert stopped_cleanly(store)


def test_a_killed_process_leaves_nothing_running_and_loses_nothing(
    store: Store, visit: Visit
) -> None:
    visit("2a").end(signal.SIGKILL)
    assert until(lambda: running(store) == [])
    assert stopped_cleanly(store)
    assert "2a" in visit("2b").marks


def test_a_killed_supervisor_takes_neo4j_along_and_the_next_start_loses_nothing(
    store: Store, visit: Visit
) -> None:
    first = visit("3a")
    orphan = java(store)
    supervisor(store).kill()
    second = visit("3b")
    assert not orphan.is_running()
    assert "3a" in second.marks
    first.end(signal.SIGINT)
    assert len(running(store)) == 2


@pytest.mark.parametrize("lean", [True, False])
async def test_a_running_process_goes_on_when_neo4j_or_its_supervisor_is_killed(
    settings: Settings, store: Store, lean: bool
) -> None:
    count = "MATCH (m:Mark {text: '4'}) RETURN count(DISTINCT m.text)"
    embedded = replace(settings, neo4j_uri=None, data=store.folder.parent, lean_reads=lean)
    async with open_database(embedded) as client:
        await client.write("CREATE (:Mark {text: '4'})")
        java(store).kill()
        assert await client.read(count) == [[1]]
        supervisor(store).kill()
        assert await client.write(count) == [[1]]


async def test_a_data_folder_that_cannot_be_written(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineStoreError, match=r"cannot be written.*FILMOGRAPH_DATA"):
        await start(replace(settings, data=tmp_path / "file" / "below"))


async def test_a_port_that_is_taken(settings: Settings, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EnginePortError, match=f"^Port {port}.*FILMOGRAPH_ENGINE_PORT"):
            await start(replace(settings, data=tmp_path, engine_port=port))


async def test_more_memory_than_the_machine_has(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(EngineMemoryError, match=r"FILMOGRAPH_ENGINE_HEAP \(9000g\)"):
        await start(replace(settings, data=tmp_path, heap="9000g"))


async def test_a_heap_that_java_refuses(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(EngineMemoryError, match="Raise FILMOGRAPH_ENGINE_HEAP"):
        await start(replace(settings, data=tmp_path, heap="1k"))


async def test_data_of_a_newer_neo4j(settings: Settings, tmp_path: Path) -> None:
    store = Store(tmp_path / "engine")
    store.prepare()
    store.version.write_text("9999.1.0")
    with pytest.raises(EngineStoreError, match=r"written by Neo4j 9999\.1\.0"):
        await start(replace(settings, data=tmp_path))


async def test_a_full_disk(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.start.ROOM_BYTES", 10**18)
    with pytest.raises(EngineStoreError, match="Make room"):
        await start(replace(settings, data=tmp_path))


async def test_neo4j_tells_why_it_does_not_start(settings: Settings, tmp_path: Path) -> None:
    store = Store(tmp_path / "engine")
    store.prepare()
    (store.folder / "data").mkdir()
    (store.folder / "data" / "databases").write_text("in the way of the folder of this name")
    with pytest.raises(EngineError, match=r"did not start(.|\n)*FileAlreadyExists"):
        await start(replace(settings, data=tmp_path))


async def test_an_engine_that_failed_can_be_started_again(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(EngineMemoryError):
        await start(replace(settings, data=tmp_path, heap="1k"))
    await start(replace(settings, data=tmp_path))


async def start(settings: Settings) -> None:
    async with open_database(replace(settings, neo4j_uri=None)):
        pass
