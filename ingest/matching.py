"""Which works of the graph a source's works are.

A work of the source is one that is there already if both have an id of the same site, else if a
table of links says so and nothing contradicts it, else if exactly one has its title, year and
form and no other id on the same site. What is not decided by that is never guessed: where several
works fit equally, or one fits several, it is listed for a person, and the source's work stays one
of its own. All is decided at once, so that the order of the source makes no difference; and it
stays decided, because the ids of the source's work are the graph's work's from then on.

What is compared lies in a temporary file of SQLite, not in memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from ingest.identity import folded, key_as_romanized, name_key, script_of
from ingest.likeness import Description, Likeness, Title, contradiction, likeness

PAGES: Final = ("bangumi", "mal", "anidb", "anilist", "kitsu", "ann")
"""Sites with a page for every single work; others have one for all seasons of a series."""


class Entry(NamedTuple):
    """A work as a source describes it. ``id`` is what it has as a work of its own; ``titles`` are
    as written, ``ids`` by site.
    """

    id: str
    kind: str | None
    year: int | None
    titles: tuple[str, ...]
    ids: Mapping[str, str]


class KnownId(NamedTuple):
    """``elsewhere``: another source than the one that is being matched states it."""

    site: str
    id: str
    elsewhere: bool


class KnownName(NamedTuple):
    """A name as the other sources state it."""

    text: str
    kind: str
    language: str | None


class KnownWork(NamedTuple):
    """A work of the graph. ``elsewhere``: other sources than the one that is being matched speak
    of it. ``aliases`` are ids that mean it, ``names`` what those others call it.
    """

    id: str
    description: Description
    ids: tuple[KnownId, ...] = ()
    elsewhere: bool = True
    aliases: tuple[str, ...] = ()
    names: tuple[KnownName, ...] = ()


class Link(NamedTuple):
    """That ids of different sites are those of one work; ``row`` is the place in the table."""

    row: int
    ids: Mapping[str, str]


class Reason(StrEnum):
    """Why an entry is that work. ITSELF: an earlier import made it of the same entry."""

    ITSELF = "itself"
    EXTERNAL_ID = "external id"
    LINK = "link"
    TITLE = "title"
    NEW = "new"


class Decision(NamedTuple):
    """``work`` is the id of the work that the entry is; its own where it is a new one."""

    entry: str
    work: str
    reason: Reason


class Doubt(StrEnum):
    CONTRADICTED = "contradicted"
    AMBIGUOUS = "ambiguous"


class Doubtful(NamedTuple):
    """A work that an entry may be and was not taken for, and why not."""

    entry: str
    work: str
    doubt: Doubt
    why: str


class Same(NamedTuple):
    """Two works of the graph that are one: ``work``, and ``own``, which only the source that is
    being matched knows.
    """

    work: str
    own: str


_TABLES: Final = """
CREATE TABLE entry (id TEXT PRIMARY KEY, kind TEXT, year INTEGER) WITHOUT ROWID;
CREATE TABLE entry_id (entry TEXT, site TEXT, id TEXT);
CREATE TABLE entry_title (entry TEXT, key TEXT, folded TEXT);
CREATE TABLE work (id TEXT PRIMARY KEY, kind TEXT, elsewhere INTEGER) WITHOUT ROWID;
CREATE TABLE work_year (work TEXT, year INTEGER);
CREATE TABLE work_id (work TEXT, site TEXT, id TEXT, elsewhere INTEGER);
CREATE TABLE work_title (work TEXT, key TEXT, folded TEXT);
CREATE TABLE alias (id TEXT PRIMARY KEY, work TEXT) WITHOUT ROWID;
CREATE TABLE link (row INTEGER, site TEXT, id TEXT);
CREATE TABLE pair (entry TEXT, work TEXT, itself INTEGER DEFAULT 0, ids INTEGER DEFAULT 0,
  others INTEGER DEFAULT 0, links INTEGER DEFAULT 0, PRIMARY KEY (entry, work)) WITHOUT ROWID;
CREATE TABLE founded (entry TEXT, work TEXT, reason TEXT, strength INTEGER,
  PRIMARY KEY (entry, work)) WITHOUT ROWID;
CREATE INDEX founded_work ON founded (work);
CREATE TABLE decision (entry TEXT PRIMARY KEY, work TEXT, reason TEXT) WITHOUT ROWID;
CREATE TABLE doubtful (entry TEXT, work TEXT, doubt TEXT, why TEXT);
CREATE TABLE same (work TEXT, own TEXT);
"""
_INDEXES: Final = """
CREATE INDEX entry_id_entry ON entry_id (entry);
CREATE INDEX entry_title_entry ON entry_title (entry);
CREATE INDEX work_year_work ON work_year (work);
CREATE INDEX work_id_id ON work_id (site, id);
CREATE INDEX work_id_work ON work_id (work);
CREATE INDEX work_title_key ON work_title (key);
CREATE INDEX work_title_work ON work_title (work);
CREATE INDEX link_id ON link (site, id);
CREATE INDEX link_row ON link (row);
"""
_PAIRS: Final = """
INSERT INTO pair (entry, work, itself)
SELECT entry.id, coalesce(alias.work, work.id), 1 FROM entry
LEFT JOIN alias ON alias.id = entry.id LEFT JOIN work ON work.id = entry.id
WHERE coalesce(alias.work, work.id) IS NOT NULL;

INSERT INTO pair (entry, work, ids)
SELECT entry, work, count(*) FROM entry_id JOIN work_id USING (site, id)
GROUP BY entry, work HAVING true
ON CONFLICT DO UPDATE SET ids = excluded.ids;

INSERT INTO pair (entry, work, links)
SELECT entry_id.entry, work_id.work, count(DISTINCT entry_id.site) FROM entry_id
JOIN link AS here ON here.site = entry_id.site AND here.id = entry_id.id
JOIN link AS there ON there.row = here.row AND there.site <> here.site
JOIN work_id ON work_id.site = there.site AND work_id.id = there.id
JOIN work ON work.id = work_id.work AND work.elsewhere
GROUP BY entry_id.entry, work_id.work HAVING true
ON CONFLICT DO UPDATE SET links = excluded.links;

UPDATE pair SET others = (
  SELECT count(DISTINCT other.site) FROM work_id AS other
  JOIN entry_id AS own ON own.entry = pair.entry AND own.site = other.site
  WHERE other.work = pair.work AND other.elsewhere AND other.id <> own.id AND NOT EXISTS (
    SELECT 1 FROM work_id AS shared
    WHERE shared.work = pair.work AND shared.site = own.site AND shared.id = own.id));
"""
# What an earlier import, or a person, decided stands; else each must be the best for the other.
_CHOICE: Final = """
INSERT INTO decision SELECT entry, work, reason FROM founded
WHERE reason = 'itself' OR NOT EXISTS (
  SELECT 1 FROM founded AS rival WHERE rival.strength >= founded.strength
  AND rival.entry = founded.entry AND rival.work <> founded.work)
AND NOT EXISTS (
  SELECT 1 FROM founded AS rival WHERE rival.strength >= founded.strength
  AND rival.work = founded.work AND rival.entry <> founded.entry);
CREATE INDEX decision_work ON decision (work);

INSERT INTO same SELECT better.work, own.work FROM founded AS better
JOIN decision AS own ON own.entry = better.entry AND own.work <> better.work
JOIN work ON work.id = own.work AND NOT work.elsewhere
WHERE own.reason = 'itself'
AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.work = better.work)
AND NOT EXISTS (
  SELECT 1 FROM founded AS rival WHERE rival.strength >= better.strength
  AND rival.entry = better.entry AND rival.work NOT IN (better.work, own.work))
AND NOT EXISTS (
  SELECT 1 FROM founded AS rival WHERE rival.strength >= better.strength
  AND rival.work = better.work AND rival.entry <> better.entry);

INSERT INTO doubtful SELECT entry, work, 'ambiguous', coalesce(
  'the entry is ' || (SELECT work FROM decision WHERE decision.entry = founded.entry),
  'the work is ' || (SELECT min(entry) FROM decision WHERE decision.work = founded.work),
  'others fit as well')
FROM founded
WHERE NOT EXISTS (
  SELECT 1 FROM decision WHERE decision.entry = founded.entry AND decision.work = founded.work)
AND NOT EXISTS (
  SELECT 1 FROM same JOIN decision ON decision.work = same.own
  WHERE same.work = founded.work AND decision.entry = founded.entry);
"""
_UNMATCHED: Final = "NOT EXISTS (SELECT 1 FROM decision WHERE {column} = {value})"
# An id of the entry's that the work lacks is no obstacle; another one on the same site is.
_BY_TITLE: Final = f"""
CREATE TABLE fitting AS
SELECT DISTINCT entry.id AS entry, work.id AS work FROM entry
JOIN entry_title ON entry_title.entry = entry.id
JOIN work_title ON work_title.key = entry_title.key
JOIN work ON work.id = work_title.work AND work.kind = entry.kind
JOIN work_year ON work_year.work = work.id AND work_year.year = entry.year
WHERE {_UNMATCHED.format(column="decision.entry", value="entry.id")}
AND {_UNMATCHED.format(column="decision.work", value="work.id")}
AND NOT EXISTS (SELECT 1 FROM founded WHERE founded.entry = entry.id)
AND NOT EXISTS (
  SELECT 1 FROM doubtful WHERE doubtful.entry = entry.id AND doubtful.work = work.id)
AND NOT EXISTS (
  SELECT 1 FROM work_id JOIN entry_id USING (site)
  WHERE work_id.work = work.id AND entry_id.entry = entry.id AND work_id.id <> entry_id.id);

INSERT INTO decision SELECT min(entry), work, 'title' FROM fitting
WHERE entry IN (SELECT entry FROM fitting GROUP BY entry HAVING count(*) = 1)
GROUP BY work HAVING count(*) = 1
AND (SELECT count(*) FROM fitting AS rival WHERE rival.work = fitting.work) = 1;

INSERT INTO doubtful
SELECT entry, work, 'ambiguous', 'the same title, year and form as others' FROM fitting
WHERE {_UNMATCHED.format(column="decision.entry", value="fitting.entry")};
"""


class Matching:
    """Takes what is known and what a source has, and then decides.

    Ids of an entry that another entry has as well must have been left out.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def add_works(self, works: Iterable[KnownWork]) -> None:
        for work in works:
            kind, years, titles = work.description
            self._insert("work", [(work.id, kind, work.elsewhere)])
            self._insert("work_year", [(work.id, year) for year in years])
            self._insert("work_id", [(work.id, *each) for each in work.ids])
            self._insert("work_title", [(work.id, *title) for title in titles])
            self._db.executemany(
                "INSERT OR IGNORE INTO alias VALUES (?, ?)",
                [(alias, work.id) for alias in work.aliases],
            )

    def add_links(self, links: Iterable[Link]) -> None:
        for link in links:
            rows = [(link.row, site, id_) for site, id_ in link.ids.items() if site in PAGES]
            self._insert("link", rows)

    def add_entries(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._insert("entry", [(entry.id, entry.kind, entry.year)])
            self._insert("entry_id", [(entry.id, *each) for each in entry.ids.items()])
            titles = {title for text in entry.titles for title in titles_of(text)}
            self._insert("entry_title", [(entry.id, *title) for title in sorted(titles)])

    def decide(self) -> None:
        """Find which work every entry is. Once, after all has been added."""
        self._db.executescript(_INDEXES)
        self._db.executescript(_PAIRS)
        self._weigh()
        self._db.executescript(_CHOICE)
        self._db.executescript(_BY_TITLE)
        self._db.execute(
            "INSERT INTO decision SELECT id, id, ? FROM entry WHERE "
            + _UNMATCHED.format(column="decision.entry", value="entry.id"),
            [Reason.NEW],
        )

    def work_of(self, entry: str) -> str:
        """The id of the work that the entry with this id is."""
        query = "SELECT work FROM decision WHERE entry = ?"
        found: tuple[str] = self._db.execute(query, [entry]).fetchone()
        return found[0]

    def decisions(self) -> Iterator[Decision]:
        """In the order of the entries' ids."""
        for entry, work, reason in self._db.execute("SELECT * FROM decision ORDER BY entry"):
            yield Decision(entry, work, Reason(reason))

    def doubtful(self) -> Iterator[Doubtful]:
        """In the order of the entries' ids."""
        rows = self._db.execute("SELECT * FROM doubtful ORDER BY entry, work")
        for entry, work, doubt, why in rows:
            yield Doubtful(entry, work, Doubt(doubt), why)

    def same(self) -> Iterator[Same]:
        """What has to be merged, in the order of the ids."""
        return map(Same._make, self._db.execute("SELECT * FROM same ORDER BY work, own"))

    def unite(self, same: Same) -> None:
        """From now on the entries of the one are the other."""
        self._db.execute("UPDATE decision SET work = ? WHERE work = ?", same)

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def _weigh(self) -> None:
        """How well each pair is founded; what contradicts itself is put aside."""
        rows = self._db.execute("SELECT entry, work, itself, ids, others, links FROM pair")
        for entry, work, itself, ids, others, links in rows:
            alike = likeness(self._entry(entry), self._work(work))
            why = None if itself else _objection(ids, others, alike)
            if why:
                self._insert("doubtful", [(entry, work, Doubt.CONTRADICTED, why)])
            else:
                reason = _reason(itself, ids)
                strength = _strength((itself, ids, *alike, links))
                self._insert("founded", [(entry, work, reason, strength)])

    def _entry(self, id_: str) -> Description:
        one = "SELECT kind, year FROM entry WHERE id = ?"
        kind, year = self._db.execute(one, [id_]).fetchone()
        titles = "SELECT key, folded FROM entry_title WHERE entry = ?"
        years = frozenset([year] if year else [])
        return Description(kind, years, self._titles(titles, id_))

    def _work(self, id_: str) -> Description:
        ((kind,),) = self._db.execute("SELECT kind FROM work WHERE id = ?", [id_])
        years = self._db.execute("SELECT year FROM work_year WHERE work = ?", [id_])
        titles = "SELECT key, folded FROM work_title WHERE work = ?"
        return Description(kind, frozenset(year for (year,) in years), self._titles(titles, id_))

    def _titles(self, query: str, id_: str) -> frozenset[Title]:
        return frozenset(map(Title._make, self._db.execute(query, [id_])))


def titles_of(text: str) -> Iterator[Title]:
    """The forms under which a title may be stored; of a title without letters and signs none."""
    plain = folded(text)
    if key := name_key(text):
        yield Title(key, plain)
        if script_of(text) == "Latn":
            yield Title(key_as_romanized(key), plain)


def _objection(ids: int, others: int, alike: Likeness) -> str | None:
    """Why a work is not the entry, although ids or links say so."""
    if others >= ids and others:
        return "another id on the same site"
    return None if ids else contradiction(alike)


def _strength(evidence: Iterable[int]) -> int:
    """What stands first counts most."""
    strength = 0
    for each in evidence:
        strength = strength * 16 + min(each, 15)
    return strength


def _reason(itself: int, ids: int) -> Reason:
    if itself:
        return Reason.ITSELF
    return Reason.EXTERNAL_ID if ids else Reason.LINK
