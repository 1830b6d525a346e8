"""Neo4j itself: the jars of one version, by a lock file with their sha256 sums.

The lock file is made by scripts/lock_engine.py; graph/download.py fetches what is missing.
"""

from __future__ import annotations

import hashlib
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import EngineDownloadError
from graph.store import Lock

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Jar:
    """One locked jar. `size` in bytes."""

    group: str
    artifact: str
    version: str
    classifier: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        """Where it lies in a folder of Maven's layout."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        name = f"{self.artifact}-{self.version}{suffix}.jar"
        return Path(*self.group.split("."), self.artifact, self.version, name)

    def is_good(self, folder: Path) -> bool:
        """Whether the folder holds this very jar; reads it whole."""
        path = folder / self.path
        if not path.exists() or path.stat().st_size != self.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256


@dataclass(frozen=True)
class Distribution:
    """A version of Neo4j Community."""

    version: str
    main_class: str
    jars: tuple[Jar, ...]
    digest: str

    @classmethod
    def locked(cls, path: Path) -> Distribution:
        content = path.read_bytes()
        lock = tomllib.loads(content.decode())
        jars = tuple(Jar(**jar) for jar in lock["jars"])
        return cls(lock["version"], lock["main_class"], jars, hashlib.sha256(content).hexdigest())


def install(
    distribution: Distribution, folder: Path, progress: Progress, cancelled: threading.Event
) -> tuple[Path, ...]:
    """The paths of all jars, each of them the one locked; fetches those that are not there.

    Sums are checked after a download and whenever a jar has changed since; otherwise a start only
    looks at sizes and times. Raises EngineDownloadError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stamp = folder / f"{distribution.digest[:16]}.verified"
        with _alone(folder, progress, cancelled):
            if not _unchanged(distribution, folder, stamp):
                missing = [jar for jar in distribution.jars if not jar.is_good(folder)]
                if missing:
                    # Only here: jgo takes as long to import as all the rest of a start.
                    from graph.download import download

                    progress(f"Downloading Neo4j {distribution.version}, only this once")
                    download(missing, folder, progress, cancelled)
                stamp.touch()
    except OSError as error:
        raise EngineDownloadError(
            f"Neo4j's jars cannot be kept in {folder}: {error.strerror}. "
            "Choose another folder by FILMOGRAPH_CACHE."
        ) from error
    return tuple(folder / jar.path for jar in distribution.jars)


@contextmanager
def _alone(folder: Path, progress: Progress, cancelled: threading.Event) -> Iterator[None]:
    told = False
    while (lock := Lock.take(folder / "download.lock")) is None:
        if not told:
            progress("Another process is downloading Neo4j; waiting for it")
            told = True
        if cancelled.wait(0.2):
            raise EngineDownloadError("The download of Neo4j was interrupted.")
    try:
        yield
    finally:
        lock.release()


def _unchanged(distribution: Distribution, folder: Path, stamp: Path) -> bool:
    if not stamp.exists():
        return False
    verified = stamp.stat().st_mtime_ns
    for jar in distribution.jars:
        path = folder / jar.path
        if not path.exists():
            return False
        status = path.stat()
        if status.st_size != jar.size or status.st_mtime_ns > verified:
            return False
    return True
