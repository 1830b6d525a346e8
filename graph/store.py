"""The embedded engine's folder: its files, its locks, and the state that processes share.

`users`    every process that uses the engine holds this lock shared; the supervisor ends the engine
           when it can have it alone.
`owner`    whoever starts the engine takes this lock alone and hands it on to the supervisor, which
           holds it as long as it lives. So there is never a second engine on one store.
`state`    what the owner says of itself; only worth reading while its supervisor runs.
`password` of Neo4j's user, generated once, readable by the owner of the folder alone.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import psutil

from graph.errors import EngineStoreError

Status = Literal["starting", "running", "stopping", "failed"]


@dataclass(frozen=True)
class State:
    """What the supervisor says. `error` is the name of an error class, `message` its text.

    `supervisor` and `java` are process ids.
    """

    status: Status
    port: int
    supervisor: int
    java: int | None = None
    error: str = ""
    message: str = ""


class Lock:
    """A held flock(2): the kernel drops it when the last process that holds it ends, however."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def take(cls, path: Path, *, shared: bool = False) -> Lock | None:
        """The lock, or None where others hold it. Never waits."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return cls(descriptor)

    def release(self) -> None:
        """Let go of this process's hold; a child that inherited it keeps its own."""
        os.close(self.descriptor)


@dataclass(frozen=True)
class Store:
    """The folder, which is also Neo4j's home: its data, logs and conf lie in it."""

    folder: Path

    @property
    def users(self) -> Path:
        return self.folder / "users.lock"

    @property
    def owner(self) -> Path:
        return self.folder / "owner.lock"

    @property
    def password(self) -> Path:
        return self.folder / "password"

    @property
    def version(self) -> Path:
        return self.folder / "version"

    @property
    def log(self) -> Path:
        return self.folder / "logs" / "neo4j.log"

    @property
    def console(self) -> Path:
        """What Java prints."""
        return self.folder / "logs" / "console.log"

    @property
    def java_arguments(self) -> Path:
        return self.folder / "java.args"

    def prepare(self) -> None:
        """Make the folder. Raises EngineStoreError where this process cannot write."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.console.parent.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as probe:
                probe.write(b"\0")
        except OSError as error:
            raise self.unwritable(error) from error

    def unwritable(self, error: OSError) -> EngineStoreError:
        return EngineStoreError(
            f"The data folder {self.folder.parent} cannot be written: {error.strerror}. "
            "Choose another by FILMOGRAPH_DATA."
        )

    def write(self, state: State) -> None:
        self.replace(self.folder / "state.json", json.dumps(asdict(state)))

    def forget(self) -> None:
        (self.folder / "state.json").unlink(missing_ok=True)

    def read(self) -> State | None:
        try:
            return State(**json.loads((self.folder / "state.json").read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def process(self, pid: int | None) -> psutil.Process | None:
        """The supervisor or the Java of this store, if it still runs.

        Its command line tells it from a stranger that has got the same number since.
        """
        try:
            process = psutil.Process(pid) if pid else None
            if process and any(str(self.folder) in word for word in process.cmdline()):
                return process
        except psutil.Error:
            return None
        return None

    def replace(self, path: Path, text: str) -> None:
        """Write a file whole or not at all, for its owner's eyes only."""
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        os.replace(name, path)
