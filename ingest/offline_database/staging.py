"""The entries of a file in a temporary database, each once, whatever the file's size and order."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from graph.errors import SourceError
from ingest.identity import SITES
from ingest.offline_database.anime import LIST, Anime, read_anime
from ingest.parts import Skipped
from ingest.pieces import pieces
from ingest.records import Row

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entry (number INTEGER PRIMARY KEY, key TEXT, pages INTEGER, raw BLOB);
CREATE TABLE page (number INTEGER, site TEXT, id TEXT, is_key INTEGER);
CREATE TABLE related (number INTEGER, site TEXT, id TEXT);
CREATE TABLE broken (number INTEGER PRIMARY KEY, reason TEXT);
"""
# Of entries with the same key the one with most pages counts; of equal ones, any rule will do that
# does not depend on their order.
_ONCE: Final = """
CREATE TABLE twin AS
SELECT number, first_value(number) OVER same AS first, row_number() OVER same AS place,
  raw = first_value(raw) OVER same AS is_equal FROM entry
WINDOW same AS (PARTITION BY key ORDER BY pages DESC, raw, number);
DELETE FROM twin WHERE place = 1;
CREATE INDEX twin_first ON twin (first);
DELETE FROM page WHERE number IN (SELECT number FROM twin);
DELETE FROM related WHERE number IN (SELECT number FROM twin);
DELETE FROM entry WHERE number IN (SELECT number FROM twin);
CREATE INDEX page_id ON page (site, id);
CREATE TABLE shared AS SELECT number, site, id FROM page
WHERE NOT is_key AND EXISTS (
  SELECT 1 FROM page AS other
  WHERE other.site = page.site AND other.id = page.id AND other.number <> page.number);
CREATE INDEX shared_number ON shared (number);
DELETE FROM page WHERE EXISTS (
  SELECT 1 FROM shared
  WHERE shared.number = page.number AND shared.site = page.site AND shared.id = page.id);
CREATE UNIQUE INDEX entry_key ON entry (key);
"""


class Staged(NamedTuple):
    """An entry. ``key`` is "<site>-<id>" by the first of SITES. ``raw`` is its JSON in one form,
    ``twins`` are the entries that say the same. Ids that other entries have as well are left out.
    """

    number: int
    key: str
    raw: bytes
    anime: Anime
    twins: tuple[int, ...]


class Staging:
    """A file's entries. Raises SourceError where the file is not of its form."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Read by one thread after another, never by two at once.
        self.database = sqlite3.connect("", check_same_thread=False)
        self.database.executescript(_TABLES)
        self.rows = 0
        for piece in pieces(path, LIST):
            self.rows += 1
            try:
                self._add(piece.number, orjson.loads(piece.text))
            except ValueError as error:
                self._insert("broken", piece.number, str(error))
        if not self.rows:
            raise SourceError("has no entries", path)
        self.database.executescript(_ONCE)

    def close(self) -> None:
        self.database.close()

    def entries(self) -> Iterator[Staged]:
        """In the order of their keys."""
        rows = self.database.execute("SELECT number, key, raw FROM entry ORDER BY key")
        for number, key, raw in rows:
            yield Staged(number, key, raw, self._anime(number, raw), self._twins(number))

    def skipped(self) -> Iterator[Skipped]:
        """The rows that are no entry of their own, and say something else than another."""
        for number, reason in self.database.execute("SELECT * FROM broken ORDER BY number"):
            yield Skipped(Row(LIST, number), reason)
        unlike = "SELECT number, first FROM twin WHERE NOT is_equal ORDER BY number"
        for number, first in self.database.execute(unlike):
            yield Skipped(Row(LIST, number), f"its page is that of another entry: {first}")

    def related(self) -> Iterator[tuple[str, str]]:
        """The keys of entries of which one names a page of the other, each two once."""
        yield from self.database.execute(
            """SELECT DISTINCT min(entry.key, other.key), max(entry.key, other.key) FROM related
JOIN entry USING (number) JOIN page USING (site, id)
JOIN entry AS other ON other.number = page.number AND other.number <> related.number
ORDER BY 1, 2"""
        )

    def _add(self, number: int, row: object) -> None:
        anime = read_anime(row)
        site = min(anime.ids, key=SITES.index)
        raw = orjson.dumps(row, option=orjson.OPT_SORT_KEYS)
        self._insert("entry", number, f"{site}-{anime.ids[site]}", len(anime.ids), raw)
        for each, id_ in anime.ids.items():
            self._insert("page", number, each, id_, each == site)
        for page in anime.related:
            self._insert("related", number, *page)

    def _insert(self, table: str, *values: object) -> None:
        self.database.execute(
            f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values
        )

    def _anime(self, number: int, raw: bytes) -> Anime:
        anime = read_anime(orjson.loads(raw))
        shared = self.database.execute("SELECT site, id FROM shared WHERE number = ?", [number])
        left_out = sorted(site for site, _ in shared)
        if not left_out:
            return anime
        notes = tuple(
            f"sources: another entry has the page as well: {anime.urls[s]}" for s in left_out
        )
        return anime._replace(
            ids={site: id_ for site, id_ in anime.ids.items() if site not in left_out},
            notes=(*anime.notes, *sorted(notes)),
        )

    def _twins(self, number: int) -> tuple[int, ...]:
        query = "SELECT number FROM twin WHERE first = ? AND is_equal ORDER BY number"
        return tuple(twin for (twin,) in self.database.execute(query, [number]))
