"""Temporary files: an import keeps there what it reads, so that memory does not grow with it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import gettempdir
from typing import Final

from graph.errors import FilmographError

_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
_OWN: Final = "/var/tmp"
_PRIMARY: Final = 0xFF
"""The bits of SQLite's codes that name the kind of error."""


@contextmanager
def temporary_files() -> Iterator[None]:
    """Raises FilmographError, naming the folder, where temporary files cannot be written."""
    try:
        yield
    except sqlite3.OperationalError as error:
        # What Python finds wrong itself has no code.
        if getattr(error, "sqlite_errorcode", 0) & _PRIMARY not in _FULL:
            raise
        folders = sorted({gettempdir(), os.environ.get("TMPDIR") or _OWN})
        raise FilmographError(
            f"Temporary files cannot be written to {' or '.join(folders)}: {error}. "
            "An import keeps there what it reads; TMPDIR names another folder for it."
        ) from error
