"""Who and what of a dump the graph has already under ids that are not Bangumi's.

A work is one of the graph by title, year and form; a person by a name and a work that both are
credited on; a company that stands as text by its name. An alias says so, but only where exactly
one candidate is left. What an earlier import has brought is not looked for again.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from graph.client import Client
from ingest.aliases import write_aliases
from ingest.bangumi.dump import Dump
from ingest.bangumi.entities import entity_id
from ingest.bangumi.individuals import OWN as INDIVIDUAL
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.rows import page, parsed
from ingest.bangumi.subjects import Line, SubjectReader, SubjectRows
from ingest.identity import BANGUMI, stored_key
from ingest.known_works import known_works
from ingest.likeness import Description
from ingest.matching import Entry, Matching, Reason
from ingest.records import Entity, EntityType

PAGE: Final = 10_000
OWN: Final = f"{BANGUMI}/"
_THERE: Final = """CYPHER 5 UNWIND $ids AS id
OPTIONAL MATCH (n:Entity {id: id}) OPTIONAL MATCH (a:Alias {id: id})
WITH id, n, a WHERE n IS NOT NULL OR a IS NOT NULL RETURN id"""
_IDS: Final = f"""
SELECT 'work:{BANGUMI}-' || part FROM "subject" WHERE other <> 3
UNION SELECT kind || ':{BANGUMI}-' || id FROM contributor,
  (SELECT 'person' AS kind UNION SELECT 'organization')
UNION SELECT entity FROM named_company
UNION SELECT entity FROM maker WHERE entity = :individual || slug"""
"""All that may be known: each of the dump's people also as an organization."""
_OF_OTHER_TYPE: Final = f"""
SELECT entity, there.id FROM contributor JOIN there
ON there.id = iif(type = 'Person', 'organization', 'person') || ':{BANGUMI}-' || contributor.id
WHERE entity NOT IN (SELECT id FROM there)"""
_PEOPLE: Final = """CYPHER 5 MATCH (p:Entity) WHERE p.id > $after AND p:Person
AND NOT EXISTS { MATCH (p)-[:HAS_EXTERNAL_ID]->(x) WHERE x.site = 'bangumi' }
WITH p ORDER BY p.id LIMIT $page
RETURN p.id, COLLECT { MATCH (p)-[:NAMED]->(n) RETURN DISTINCT n.key },
  COLLECT {
    MATCH (p)-[:HAS_CREDIT]->()-[:ON]->(c)
    OPTIONAL MATCH (c)<-[:HAS_SEGMENT|HAS_TRACK]-(w)
    RETURN DISTINCT coalesce(w, c).id
  }
ORDER BY p.id"""
_ORGANIZATIONS: Final = """CYPHER 5 UNWIND $rows AS row
MATCH (n:Name) WHERE n.key IN row[1] MATCH (o:Organization)-[:NAMED]->(n)
RETURN row[0], collect(DISTINCT o.id)"""

KindAndYear = tuple[str | None, int | None]


class Doubtful(NamedTuple):
    """Something of the dump that several things of the graph may be, or one that several may be."""

    entity: str
    candidates: tuple[str, ...]


class Known(NamedTuple):
    """``matched``: what the dump's entities are by the graph's ids. ``doubtful`` is for a person
    to decide; until then they are entities of their own.
    """

    matched: Mapping[str, str]
    doubtful: tuple[Doubtful, ...]


async def recognize(client: Client, dump: Dump) -> Known:
    """Finds what the graph has of the dump, and writes aliases for it."""
    await _note_there(client, dump)
    _agree_on_types(dump)
    works, doubtful = await _works(client, dump)
    people = await _people(client, dump, {id_: own for own, id_ in works.items()})
    companies = await _companies(client, dump)
    candidates = {**people, **companies}
    matched = {**works, **_unique(candidates)}
    doubtful += [
        Doubtful(own, tuple(sorted(found)))
        for own, found in sorted(candidates.items())
        if own not in matched
    ]
    await write_aliases(client, matched)
    named = [each for each in doubted(dump) if each.entity not in matched]
    return Known(matched, (*doubtful, *(each for each in named if _is_fresh(dump, each.entity))))


def doubted(dump: Dump) -> Iterator[Doubtful]:
    """People in infoboxes who may be one or another of the dump's."""
    found = dump.database.execute("SELECT DISTINCT entity, candidate FROM doubt ORDER BY 1, 2")
    for own, rows in groupby(found, key=itemgetter(0)):
        yield Doubtful(own, tuple(candidate for _, candidate in rows))


async def _note_there(client: Client, dump: Dump) -> None:
    """Fills the staged table `there`: which ids of the dump the graph has, as entities or as
    aliases.
    """
    dump.database.execute("CREATE TABLE there (id TEXT PRIMARY KEY) WITHOUT ROWID")
    ids = dump.database.execute(_IDS, {"individual": INDIVIDUAL})
    while rows := ids.fetchmany(PAGE):
        found = await client.read(_THERE, {"ids": [id_ for (id_,) in rows]})
        dump.database.execute("BEGIN")
        dump.database.executemany("INSERT INTO there VALUES (?)", found)
        dump.database.execute("COMMIT")


def _is_fresh(dump: Dump, id_: str) -> bool:
    """Whether the graph has nothing of this id."""
    query = "SELECT 1 FROM there WHERE id = ?"
    return dump.database.execute(query, (id_,)).fetchone() is None


def _agree_on_types(dump: Dump) -> None:
    """Whom the graph has as an organization is none of the people, and the other way round."""
    for own, other in dump.database.execute(_OF_OTHER_TYPE).fetchall():
        _rename(dump, own, other)


def _rename(dump: Dump, own: str, other: str) -> None:
    dump.database.execute(
        "UPDATE contributor SET type = ?, entity = ? WHERE entity = ?", (_type(other), other, own)
    )
    for table in ("organization", "maker"):
        dump.database.execute(f"UPDATE {table} SET entity = ? WHERE entity = ?", (other, own))
    dump.database.execute("UPDATE doubt SET candidate = ? WHERE candidate = ?", (other, own))


def _type(entity: str) -> EntityType:
    return EntityType(entity.partition(":")[0].capitalize())


async def _works(client: Client, dump: Dump) -> tuple[dict[str, str], list[Doubtful]]:
    fresh = {id_ for id_ in _subject_ids(dump) if _is_fresh(dump, id_)}
    matching = Matching()
    try:
        kinds: set[KindAndYear] = set()
        async for works in known_works(client, OWN) if fresh else _nothing():
            others = [each for each in works if all(id_.site != BANGUMI for id_ in each.ids)]
            matching.add_works(others)
            kinds.update(kind for work in others for kind in _kinds(work.description))
        if kinds:
            matching.add_entries(_subjects(dump, fresh, kinds))
        matching.decide()
        found = {
            each.entry: each.work
            for each in matching.decisions()
            if each.reason is not Reason.NEW and each.entry != each.work
        }
        doubts = defaultdict(list)
        for doubt in matching.doubtful():
            doubts[doubt.entry].append(doubt.work)
        return found, [Doubtful(own, tuple(works)) for own, works in sorted(doubts.items())]
    finally:
        matching.close()


async def _nothing() -> AsyncIterator[list[Any]]:
    return
    yield


def _subject_ids(dump: Dump) -> Iterator[str]:
    for (id_,) in dump.database.execute('SELECT part FROM "subject" WHERE other <> 3'):
        yield entity_id(EntityType.WORK, id_)


def _kinds(work: Description) -> Iterator[KindAndYear]:
    return ((work.kind, year) for year in work.years)


def _subjects(dump: Dump, wanted: set[str], kinds: set[KindAndYear]) -> Iterator[Entry]:
    """Those of the wanted that have one of the kinds and years: no other is the same work."""
    for id_, line, raw in dump.database.execute('SELECT part, line, raw FROM "subject"'):
        if entity_id(EntityType.WORK, id_) in wanted:
            reader = SubjectReader("", SubjectRows(Line(line, raw)), dump.codes)
            released = reader.released()
            year = int(released[:4]) if released else None
            if (reader.kind, year) in kinds:
                yield _entry(reader.itself(), reader.kind, year)


def _entry(work: Entity, kind: str, year: int | None) -> Entry:
    ids = {each.site: each.id for each in work.external_ids if each.site == BANGUMI}
    return Entry(work.id, kind, year, tuple(name.text for name in work.names), ids)


async def _people(client: Client, dump: Dump, matched: Mapping[str, str]) -> dict[str, set[str]]:
    """The people of the graph that each person of the dump may be. ``matched``: the dump's works
    by the graph's ids.
    """
    found: dict[str, set[str]] = defaultdict(set)
    keys = lru_cache(PAGE)(lambda id_: _keys_of(dump, id_))
    async for rows in _pages(client, _PEOPLE):
        for person, names, works in rows:
            numbers = set(filter(None, (_number(matched.get(work, work)) for work in works)))
            for id_ in _credited(dump, numbers):
                if not keys(id_).isdisjoint(names):
                    found[entity_id(EntityType.PERSON, id_)].add(person)
            for entity, name in _named(dump, numbers):
                if stored_key(name, None, romanized=True) in names:
                    found[entity].add(person)
    return {own: people for own, people in found.items() if _is_fresh(dump, own)}


def _number(id_: str) -> int | None:
    """The id at Bangumi of a work or an album."""
    site, _, number = id_.partition(":")[2].partition("-")
    return int(number) if site == BANGUMI and number.isdecimal() else None


def _named(dump: Dump, subjects: Iterable[int]) -> Iterator[tuple[str, str]]:
    """Who stands in the infoboxes of the subjects only, with the name."""
    query = "SELECT entity, name FROM maker WHERE subject = ? AND entity = ? || slug"
    for subject in subjects:
        yield from dump.database.execute(query, (subject, INDIVIDUAL))


def _credited(dump: Dump, subjects: Iterable[int]) -> set[int]:
    """The individuals that are credited on the subjects."""
    found: set[int] = set()
    for subject in subjects:
        for table in ("subject-persons", "person-characters"):
            found.update(
                id_
                for (id_,) in dump.database.execute(
                    f'SELECT DISTINCT other FROM "{table}" JOIN contributor ON id = other'
                    " WHERE part = ? AND type = 'Person'",
                    (subject,),
                )
            )
    return found


def _keys_of(dump: Dump, id_: int) -> frozenset[str]:
    ((raw,),) = dump.database.execute('SELECT raw FROM "person" WHERE part = ?', (id_,))
    person = page(parsed(raw))
    return frozenset(
        stored_key(text, None, romanized=True)
        for text in (person.name, *Infobox(person.infobox).names)
    )


async def _companies(client: Client, dump: Dump) -> dict[str, set[str]]:
    """The organizations of the graph that have a name of each company that stands as text."""
    names: dict[str, set[str]] = defaultdict(set)
    for entity, name in dump.database.execute("SELECT DISTINCT entity, name FROM named_company"):
        names[entity].add(stored_key(name, None, romanized=True))
    fresh = sorted(id_ for id_ in names if _is_fresh(dump, id_))
    found: dict[str, set[str]] = {}
    for start in range(0, len(fresh), PAGE):
        rows = [[id_, sorted(names[id_])] for id_ in fresh[start : start + PAGE]]
        for own, candidates in await client.read(_ORGANIZATIONS, {"rows": rows}):
            found[own] = set(candidates)
    return found


def _unique(candidates: Mapping[str, set[str]]) -> dict[str, str]:
    """Those with one candidate, which is nobody else's."""
    claims: dict[str, int] = defaultdict(int)
    for found in candidates.values():
        for each in found:
            claims[each] += 1
    return {
        own: one
        for own, found in candidates.items()
        if len(found) == 1 and claims[one := next(iter(found))] == 1
    }


async def _pages(client: Client, statement: str) -> AsyncIterator[list[Any]]:
    after = ""
    while rows := await client.read(statement, {"after": after, "page": PAGE}):
        yield rows
        after = rows[-1][0]
