"""The servers that are measured: each a process of its own, on one database."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import uvloop

from graph.engine import Engine

ROOT = Path(__file__).parent.parent
FILMOGRAPH = (Path(sys.executable).with_name("filmograph"), "serve", "--port")
HANDWRITTEN = (
    *(sys.executable, "-m", "uvicorn", "bench.peers.handwritten.app:app"),
    *("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"),
    "--port",
)
NEO4J_GRAPHQL = ("node", ROOT / "bench" / "peers" / "neo4j_graphql" / "server.mjs")
START_SECONDS = 60
TICK_SECONDS = 0.05


def run(bench: Coroutine[Any, Any, None]) -> None:
    """Run to the end. Who is told to end, ends the servers too."""
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    uvloop.run(bench)


class Server(NamedTuple):
    """A server that listens."""

    port: int
    process: psutil.Process

    @property
    def memory(self) -> int:
        """Resident bytes."""
        return int(self.process.memory_info().rss)

    @property
    def cpu(self) -> float:
        """Seconds of processors that it has taken."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        if tasks.exists():  # Linux counts nanoseconds here, elsewhere hundredths
            counted = (each.read_text().split()[0] for each in tasks.glob("*/schedstat"))
            return sum(map(int, counted)) / 1e9
        times = self.process.cpu_times()
        return float(times.user + times.system)


@asynccontextmanager
async def running(
    command: tuple[Path | str, ...], engine: Engine, **variables: str
) -> AsyncIterator[Server]:
    """A server on the engine's database, its port appended to the command; ended at the end.
    ``variables`` are of its environment.
    """
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        *command,
        str(port),
        cwd=ROOT,
        env=os.environ
        | {
            "NEO4J_URI": engine.uri,
            "NEO4J_USER": engine.user,
            "NEO4J_PASSWORD": engine.password,
            "FILMOGRAPH_CATALOGUE": "0",
            "FILMOGRAPH_LOG_LEVEL": "warning",
            # What is measured is answering, not remembering.
            "FILMOGRAPH_ANSWER_CACHE": "0",
            "NODE_ENV": "production",
            # Where the machine has no Node, the virtual environment has.
            "PATH": os.pathsep.join((os.environ["PATH"], str(Path(sys.executable).parent))),
        }
        | variables,
    )
    try:
        await _listening(process, port)
        yield Server(port, psutil.Process(process.pid))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _listening(process: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(START_SECONDS):
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if process.returncode is not None:
                raise RuntimeError(f"A server ended at once, with exit code {process.returncode}.")
            await asyncio.sleep(TICK_SECONDS)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
