"""A dump's tables in a temporary SQLite file, so that its rows can be read by what they belong to,
in any order and in constant memory.

Rows that no part can hold are put aside with the reason: broken ones, ids that are there twice,
rows that speak of what the dump has not.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final
from zipfile import ZipFile, ZipInfo

from graph.errors import SourceError
from ingest.bangumi.archive import open_archive
from ingest.bangumi.rows import KEYS, BrokenRow, parsed
from ingest.parts import Skipped
from ingest.records import Row

SUFFIX: Final = ".jsonlines"
CHUNK: Final = 2000
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

Progress = Callable[[str, int, int], None]
"""Told what is going on, how much of it is done, and how much there is, in bytes or rows."""

_PRAGMAS: Final = "journal_mode=off", "synchronous=off", "cache_size=-65536", "temp_store=file"
MENTIONS: Final = ("company", "individual", "unread")
_WITH_ID: Final = {"subject": "part", "person": "part", "character": "part", "episode": "other"}
"""The column that holds a row's own id."""
_REFERENCES: Final = (
    ("episode", "part", "subject"),
    ("subject-persons", "part", "subject"),
    ("subject-persons", "other", "person"),
    ("subject-characters", "part", "subject"),
    ("subject-characters", "other", "character"),
    ("person-characters", "part", "subject"),
    ("person-characters", "other", "person"),
    ("person-characters", "third", "character"),
    ("subject-relations", "part", "subject"),
    ("subject-relations", "other", "subject"),
)


class Staging:
    """The rows of all tables by their keys. `rows` counts them, broken ones too."""

    def __init__(self, path: Path) -> None:
        # Used by one thread after another, never by two at once.
        self.database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            self.database.execute(f"PRAGMA {pragma}")
        self.database.execute("CREATE TABLE skipped (file TEXT, line INTEGER, reason TEXT)")
        for table in KEYS:
            self.database.execute(
                f'CREATE TABLE "{table}"'
                " (line INTEGER PRIMARY KEY, part INTEGER, other INTEGER, third INTEGER, raw BLOB)"
            )
        self.rows: dict[str, int] = {}

    def fill(self, table: str, lines: Iterable[tuple[int, bytes]]) -> None:
        """Stages a table's numbered lines."""
        read = KEYS[table]
        kept: list[tuple[Any, ...]] = []
        broken: list[tuple[str, int, str]] = []
        number = 0
        self.database.execute("BEGIN")
        for number, raw in lines:
            try:
                kept.append((number, *read(parsed(raw)), raw.rstrip()))
            except BrokenRow as error:
                broken.append((table + SUFFIX, number, str(error)))
            if number % CHUNK == 0:
                self._insert(table, kept, broken)
        self._insert(table, kept, broken)
        self.database.execute("COMMIT")
        self.database.execute(f'CREATE INDEX "{table} by part" ON "{table}" (part)')
        self.rows[table + SUFFIX] = number

    def _insert(self, table: str, kept: list[Any], broken: list[Any]) -> None:
        self.database.executemany(f'INSERT INTO "{table}" VALUES (?, ?, ?, ?, ?)', kept)
        self.database.executemany("INSERT INTO skipped VALUES (?, ?, ?)", broken)
        kept.clear()
        broken.clear()

    def put_aside(self, table: str, condition: str, reason: str) -> None:
        """Leaves out the rows for which a condition holds; the reason is an expression, too."""
        self.database.execute(
            f"INSERT INTO skipped SELECT '{table}{SUFFIX}', line, {reason}"
            f' FROM "{table}" AS row WHERE {condition}'
        )
        self.database.execute(f'DELETE FROM "{table}" AS row WHERE {condition}')

    def put_aside_repeated(self) -> None:
        """Leaves out rows with an id that another row has: the first one holds."""
        for table, id_ in _WITH_ID.items():
            self.database.execute(f'CREATE INDEX "{table} by id" ON "{table}" ({id_}, line)')
            first = f'(SELECT min(line) FROM "{table}" AS same WHERE same.{id_} = row.{id_})'
            self.put_aside(
                table, f"line > {first}", f"'repeated id: the first is in line ' || {first}"
            )

    def put_aside_dangling(self) -> None:
        """Leaves out rows that speak of what the dump has not, or only in a broken row."""
        for table, column, other in _REFERENCES:
            self.put_aside(
                table,
                f'{column} NOT IN (SELECT part FROM "{other}")',
                f"'unknown {other}: ' || {column}",
            )

    def attach(self, mentions: Path) -> None:
        """Adds the tables of the mentions, without those of subjects that were put aside."""
        self.database.execute("ATTACH ? AS mentions", [str(mentions)])
        for table in MENTIONS:
            self.database.execute(
                f'DELETE FROM {table} WHERE line NOT IN (SELECT line FROM "subject")'
            )

    def skipped(self) -> Iterator[Skipped]:
        """The rows that no part can hold, in the order of the files."""
        found = self.database.execute("SELECT * FROM skipped ORDER BY file, line")
        return (Skipped(Row(file, line), reason) for file, line, reason in found)


@contextmanager
def staged(path: Path, progress: Progress) -> Iterator[Staging]:
    """The dump's rows. Raises SourceError where the file is no such dump, or damaged."""
    with TemporaryDirectory(prefix="filmograph-") as folder:
        staging = Staging(Path(folder) / "rows.sqlite")
        try:
            _read(path, staging, progress)
            yield staging
        finally:
            staging.database.close()


def check_tables(path: Path) -> None:
    """Raises SourceError where the file is no dump of Bangumi, or its end is missing."""
    with open_archive(path) as archive:
        tables(path, archive)


def _read(path: Path, staging: Staging, progress: Progress) -> None:
    with open_archive(path) as archive:
        members = tables(path, archive)
        total, done = sum(member.file_size for member in members.values()), 0
        for table, member in members.items():
            tell = partial(_tell, progress, done, total)
            with archive.open(member) as file:
                staging.fill(table, numbered(file, tell))
            done += member.file_size
    if not any(staging.rows.values()):
        raise SourceError("holds no rows: what is imported of such a dump would be removed", path)


def _tell(progress: Progress, before: int, total: int, done: int) -> None:
    progress("Reading the dump", before + done, total)


def tables(path: Path, archive: ZipFile) -> dict[str, ZipInfo]:
    """The file of each table, in whatever folder of the archive it is. Raises SourceError."""
    found = {member.filename.rpartition("/")[2]: member for member in archive.infolist()}
    missing = [table + SUFFIX for table in KEYS if table + SUFFIX not in found]
    if missing:
        raise SourceError(f"is no dump of Bangumi: it has no {', '.join(missing)}", path)
    return {table: found[table + SUFFIX] for table in KEYS}


def numbered(file: IO[bytes], tell: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers, from 1; how many bytes are done is told now and then."""
    done = 0
    for number, line in enumerate(file, start=1):
        yield number, line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        done += len(line)
        if number % CHUNK == 0:
            tell(done)
    tell(done)
