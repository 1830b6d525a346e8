"""Every error that this program raises on purpose.

FilmographError                    something a person can act on; its text is the whole message
├── SettingsError                  an environment variable is missing or wrong (names it)
├── SourceError                    an input file is not of its form (names path and line)
├── EngineError                    the embedded Neo4j cannot be used
│   ├── EngineDownloadError        its jars could not be fetched, or are not the ones locked
│   ├── EngineMemoryError          the machine cannot give the heap or page cache asked for
│   ├── EnginePortError            the configured port is taken
│   └── EngineStoreError           the data folder: not writable, full, or of a newer version
└── DatabaseError                  Neo4j answered with an error
    ├── DatabaseUnavailable        it does not answer, or not in time to get a connection
    ├── Overloaded                 it was not asked: as much as may wait for it waits already
    ├── AccessDenied               user or password are refused, or lack the rights
    ├── QueryTimeout               a transaction took longer than its timeout
    ├── QueryMemoryError           a transaction needed more memory than Neo4j gives
    └── ConstraintViolation        a write breaks a unique constraint
"""

from __future__ import annotations

from pathlib import Path


class FilmographError(Exception):
    """The root: what a command prints without a traceback."""


class SettingsError(FilmographError):
    """An environment variable is missing or wrong."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


class SourceError(FilmographError):
    """An input file is not of the form its importer reads. `line` counts from 1."""

    def __init__(self, message: str, path: Path, line: int | None = None) -> None:
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{place}: {message}")
        self.message = message
        self.path = path
        self.line = line


class EngineError(FilmographError):
    """The embedded Neo4j cannot be used."""


class EngineDownloadError(EngineError):
    """Neo4j's jars could not be fetched, or are not the ones locked."""


class EngineMemoryError(EngineError):
    """The machine cannot give the heap or page cache asked for."""


class EnginePortError(EngineError):
    """The port that FILMOGRAPH_ENGINE_PORT asks for is taken."""


class EngineStoreError(EngineError):
    """The data folder is not writable, full, or written by a newer Neo4j."""


class DatabaseError(FilmographError):
    """Neo4j answered with an error. `code` is Neo4j's status code, where it gave one."""

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class DatabaseUnavailable(DatabaseError):
    """Neo4j does not answer, or had no connection free in time."""


class Overloaded(DatabaseError):
    """Neo4j was not asked, because too many wait for it. `seconds`: when to try again."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class AccessDenied(DatabaseError):
    """User or password are refused, or the user lacks the rights."""


class QueryTimeout(DatabaseError):
    """A transaction took longer than its timeout; Neo4j has ended it."""


class QueryMemoryError(DatabaseError):
    """A transaction needed more memory than Neo4j gives to it, or to all of them together."""


class ConstraintViolation(DatabaseError):
    """A write breaks a unique constraint."""


class UnmetExpectation(DatabaseError):
    """A step of a transaction found something else than it expected; nothing was written."""

    def __init__(self, statement: str, expected: int, found: object) -> None:
        super().__init__(f"Expected {expected} and found {found}: {statement}")
