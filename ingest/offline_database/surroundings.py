"""What the graph holds around the entries: names, organizations, relations, by other sources."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from graph.client import Client, Row
from ingest.identity import slugify, stored_key
from ingest.matching import KnownName, KnownWork
from ingest.settle import NAME_KINDS

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE work_name (work TEXT, text TEXT, kind TEXT, language TEXT);
CREATE TABLE related (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE organization (key TEXT, id TEXT, text TEXT, kind TEXT, language TEXT);
CREATE TABLE company (name TEXT PRIMARY KEY, key TEXT, times INTEGER) WITHOUT ROWID;
"""
_INDEXES: Final = """
CREATE INDEX work_name_work ON work_name (work, text);
CREATE INDEX organization_key ON organization (key);
CREATE INDEX company_key ON company (key);
"""
_PAGE: Final = 20_000
_RELATED: Final = """CYPHER 5 MATCH (r:Relation) WHERE r.id > $after
WITH r ORDER BY r.id LIMIT $page
RETURN r.id, COLLECT { MATCH (w:Work)-[:HAS_RELATION]->(r) RETURN w.id },
  EXISTS { MATCH (r)-[c:CITES]->() WHERE NOT c.origin STARTS WITH $own }
ORDER BY r.id"""
_ORGANIZATIONS: Final = """CYPHER 5 MATCH (o:Entity) WHERE o.id > $after AND o:Organization
WITH o ORDER BY o.id LIMIT $page
RETURN o.id, COLLECT { MATCH (o)-[:NAMED]->(n) RETURN [n.key, n.text, n.kind, n.language] },
  EXISTS { MATCH (o)-[c:CITES]->() WHERE NOT c.origin STARTS WITH $own }
ORDER BY o.id"""


class Organization(NamedTuple):
    """``others`` are those that may be meant, where that is not certain."""

    id: str
    name: KnownName
    others: tuple[str, ...] = ()


class Surroundings:
    """Is filled first, and asked then. `own` is how the origins of the source's parts begin."""

    def __init__(self, own: str) -> None:
        self.own = own
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.executescript(_TABLES)
        self.organization = lru_cache(10_000)(self._organization)

    def close(self) -> None:
        self._db.close()

    def add_work(self, work: KnownWork) -> None:
        rows = [(work.id, *name) for name in work.names]
        self._db.executemany("INSERT INTO work_name VALUES (?, ?, ?, ?)", rows)

    def add_companies(self, names: Sequence[str]) -> None:
        """Names of organizations that an entry gives."""
        self._db.executemany(
            "INSERT INTO company VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
            [(name, key) for name in names if (key := _key(name))],
        )

    async def read(self, client: Client) -> None:
        """Read the relations and organizations of the graph."""
        async for rows in self._pages(client, _RELATED):
            self._db.executemany(
                "INSERT OR IGNORE INTO related VALUES (?, ?)",
                [sorted(ends) for _, ends, elsewhere in rows if elsewhere and len(ends) == 2],
            )
        async for rows in self._pages(client, _ORGANIZATIONS):
            self._db.executemany(
                "INSERT INTO organization VALUES (?, ?, ?, ?, ?)",
                [
                    (key, id_, text, kind, language)
                    for id_, names, elsewhere in rows
                    if elsewhere
                    for key, text, kind, language in names
                ],
            )

    def index(self) -> None:
        """Once all is there."""
        self._db.executescript(_INDEXES)

    def name(self, work: str, text: str) -> KnownName | None:
        """A name of the work as others state it, the best kind of it first."""
        rows = self._db.execute(
            "SELECT text, kind, language FROM work_name WHERE work = ? AND text = ?", (work, text)
        )
        return min(map(KnownName._make, rows), key=_rank, default=None)

    def are_related(self, one: str, other: str) -> bool:
        query = "SELECT 1 FROM related WHERE one = ? AND other = ?"
        return self._db.execute(query, sorted((one, other))).fetchone() is not None

    def companies(self) -> Iterator[str]:
        """All names that entries give, in a fixed order."""
        for (name,) in self._db.execute("SELECT name FROM company ORDER BY name"):
            yield name

    def _organization(self, name: str) -> Organization | None:
        """The one organization of the graph that other sources call so, else the one whose id is
        the name; where they call several so, one of this source's own, which is none of theirs.
        None where the name has neither letter nor digit nor sign.
        """
        key = _key(name)
        if not key:
            return None
        rows = self._db.execute(
            "SELECT id, text, kind, language FROM organization WHERE key = ?", (key,)
        )
        found: dict[str, list[KnownName]] = {}
        for id_, *known in rows:
            found.setdefault(id_, []).append(KnownName._make(known))
        if len(found) == 1:
            ((id_, names),) = found.items()
            return Organization(id_, min(names, key=_rank))
        best = "SELECT name FROM company WHERE key = ? ORDER BY times DESC, name LIMIT 1"
        (text,) = self._db.execute(best, (key,)).fetchone()
        id_ = f"organization:{slugify(text)}"
        if found and self._is_stated(id_):
            id_ = f"organization:{self.own.removesuffix('/')}-{slugify(text)}"
        return Organization(id_, KnownName(text, "OFFICIAL", None), tuple(sorted(found)))

    def _is_stated(self, id_: str) -> bool:
        query = "SELECT 1 FROM organization WHERE id = ?"
        return self._db.execute(query, (id_,)).fetchone() is not None

    async def _pages(self, client: Client, statement: str) -> AsyncIterator[list[Row]]:
        after = ""
        while True:
            parameters = {"after": after, "page": _PAGE, "own": self.own}
            rows = await client.read(statement, parameters)
            if not rows:
                return
            yield rows
            after = rows[-1][0]


def _key(name: str) -> str:
    return stored_key(name, None, romanized=True)


def _rank(name: KnownName) -> tuple[int, str, str]:
    return NAME_KINDS.index(name.kind), name.language or "~", name.text
