"""Segments of works that the graph has: what their parts are called, and which parts are unfit."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from graph.client import Client
from ingest.identity import name_key, romanized_key

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE segment_name (work TEXT, key TEXT, PRIMARY KEY (work, key)) WITHOUT ROWID;
CREATE TABLE unfit (work TEXT, id TEXT, slug TEXT, PRIMARY KEY (work, id)) WITHOUT ROWID;
"""
_PAGE: Final = 20_000
_NAMES: Final = """CYPHER 5 MATCH (s:Entity)
WHERE s.id > $after AND s:Segment AND s.kind = 'SEGMENT'
WITH s ORDER BY s.id LIMIT $page
RETURN s.id, COLLECT { MATCH (w:Work)-[:HAS_SEGMENT]->(s) RETURN w.id },
  COLLECT { MATCH (s)-[:NAMED]->(n) RETURN n.key }
ORDER BY s.id"""
_OF_WORKS: Final = """CYPHER 5 UNWIND $works AS id
MATCH (:Entity {id: id})-[:HAS_SEGMENT]->(s) RETURN id, s.id, s.slug"""


class Segment(NamedTuple):
    id: str
    slug: str


class Segments:
    """Is filled first, and asked then."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    async def read_names(self, client: Client) -> None:
        """What the parts of films and anthologies are called."""
        after = ""
        while rows := await client.read(_NAMES, {"after": after, "page": _PAGE}):
            self._db.executemany(
                "INSERT OR IGNORE INTO segment_name VALUES (?, ?)",
                ((work, key) for _, works, keys in rows for work in works for key in keys),
            )
            after = rows[-1][0]

    async def read_unfit(self, client: Client, works: Iterable[str]) -> None:
        """The parts of works that are not safe for work."""
        wanted = sorted(works)
        for start in range(0, len(wanted), _PAGE):
            rows = await client.read(_OF_WORKS, {"works": wanted[start : start + _PAGE]})
            self._db.executemany("INSERT OR IGNORE INTO unfit VALUES (?, ?, ?)", rows)

    def is_name(self, work: str, text: str) -> bool:
        """Whether a part of the work is called so."""
        query = "SELECT 1 FROM segment_name WHERE work = ? AND key IN (?, ?)"
        keys = name_key(text), romanized_key(text)
        return self._db.execute(query, (work, *keys)).fetchone() is not None

    def unfit(self, work: str) -> Sequence[Segment]:
        query = "SELECT id, slug FROM unfit WHERE work = ? ORDER BY id"
        return [Segment(*row) for row in self._db.execute(query, (work,))]
