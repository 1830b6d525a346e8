"""What an import knows while it runs: what the graph has of its parts, and which rows it skips.

It is kept in a temporary file, so that memory does not grow with the source.
"""

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple

from graph.client import Client
from ingest.parts import Skipped
from ingest.records import Row

PAGE = 20_000

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE part (
    origin TEXT PRIMARY KEY, digest TEXT NOT NULL, remarks INTEGER NOT NULL, seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE skipped ("table" TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE note (text TEXT NOT NULL);
"""

_KNOWN = """CYPHER 5 MATCH ()-[c:CITES]->()
WHERE c.origin >= $after AND c.origin STARTS WITH $prefix AND c.digest IS NOT NULL
RETURN c.origin, c.digest, coalesce(c.remarks, false) ORDER BY c.origin LIMIT $page"""

# A part that dropped something of which others speak has a citation with an empty digest besides,
# the least of all: it is read again each time. A page begins where the one before ended.
_KEEP = """INSERT INTO part VALUES (?, ?, ?, 0)
ON CONFLICT DO UPDATE SET digest = min(digest, excluded.digest),
  remarks = max(remarks, excluded.remarks)"""


class Known(NamedTuple):
    """What the graph says of a part: ``remarks`` tells that some of its rows were skipped, or that
    there were notes.
    """

    digest: str
    remarks: bool


class Ledger:
    """The parts of one import."""

    def __init__(self) -> None:
        # Used by one thread after another, never by two at once.
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._file.executescript(_TABLES)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self,
        type_: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    async def read(self, client: Client, origin: str) -> None:
        """Read what the graph has of the parts whose origins begin with ``origin``."""
        after = prefix = f"{origin}/"
        while True:
            rows = await client.read(_KNOWN, {"after": after, "prefix": prefix, "page": PAGE})
            self._file.execute("BEGIN")
            self._file.executemany(_KEEP, rows)
            self._file.execute("COMMIT")
            if len(rows) < PAGE:
                return
            after = rows[-1][0]

    def see(self, origin: str) -> Known | None:
        """What the graph has of a part that the source has too."""
        found = self._file.execute(
            "UPDATE part SET seen = 1 WHERE origin = ? RETURNING digest, remarks", (origin,)
        ).fetchone()
        return None if found is None else Known(found[0], bool(found[1]))

    def vanished(self) -> Iterator[str]:
        """The origins that the graph has and the source has not any more."""
        for (origin,) in self._file.execute("SELECT origin FROM part WHERE NOT seen"):
            yield origin

    def skip(self, skipped: Skipped) -> None:
        (table, line), reason = skipped
        self._file.execute("INSERT INTO skipped VALUES (?, ?, ?)", (table, line, reason))

    def note(self, text: str) -> None:
        self._file.execute("INSERT INTO note VALUES (?)", (text,))

    def skipped(self) -> Iterator[Skipped]:
        found = self._file.execute('SELECT * FROM skipped ORDER BY "table", line')
        for table, line, reason in found:
            yield Skipped(Row(table, line), reason)

    def reasons(self) -> list[tuple[str, str, int, int]]:
        """Table, reason (what stands before a colon), how many rows, and the first one's line."""
        return self._file.execute(
            """SELECT "table", CASE instr(reason, ':') WHEN 0 THEN reason
                 ELSE substr(reason, 1, instr(reason, ':') - 1) END AS why, count(*), min(line)
               FROM skipped GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"""
        ).fetchall()

    def notes(self, most: int = -1) -> Iterator[str]:
        for (text,) in self._file.execute("SELECT text FROM note ORDER BY rowid LIMIT ?", (most,)):
            yield text
