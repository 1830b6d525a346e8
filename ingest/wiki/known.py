"""What the graph knows around a wiki page, leaving out what an earlier import of the page stated.

Leaving that out is what makes a second import find exactly what the first one found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.client import Client
from ingest.identity import ROMANIZED
from ingest.records import EntityType
from ingest.wiki.references import KnownWork


@dataclass(frozen=True, slots=True)
class KnownName:
    text: str
    kind: str
    language: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Known:
    """An entity with its names; ``type`` is its label, ``date`` when it was released or born."""

    id: str
    type: str
    slug: str
    kind: str | None
    date: str | None
    names: tuple[KnownName, ...]

    def is_called(self, keys: Iterable[str]) -> bool:
        """Whether one of its names has one of the keys."""
        return not {name.key for name in self.names}.isdisjoint(keys)

    def __str__(self) -> str:
        year = f", {self.date[:4]}" if self.date else ""
        return f"{self.slug} ({self.id}{year})"


@dataclass(frozen=True, slots=True)
class KnownCredit:
    contributor: str
    role: str
    on: str
    character: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class KnownRelease:
    date: str | None
    region: str | None
    medium: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that a page may be about; ``shared`` counts those the page credits, too.

    ``years`` are those of its releases.
    """

    work: Known
    shared: int
    years: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What hangs on a work. ``appearances`` are pairs of a character's id and a creation's.

    ``near`` are credited on the work, its segments, soundtracks or tracks; ``far`` elsewhere in
    its franchises.
    """

    segments: tuple[Known, ...] = ()
    tracks: tuple[Known, ...] = ()
    near: tuple[Known, ...] = ()
    far: tuple[Known, ...] = ()
    characters: tuple[Known, ...] = ()
    appearances: frozenset[tuple[str, str]] = frozenset()
    credits: tuple[KnownCredit, ...] = ()
    releases: tuple[KnownRelease, ...] = ()


MAKERS: Final = frozenset(
    {
        "director",
        "chief-director",
        "co-director",
        "series-director",
        "original-creator",
        "author",
        "manga-artist",
        "screenwriter",
        "scenario-writer",
        "series-composer",
        "composer",
        "score-composer",
    }
)
"""The roles of those whom prose names with a work, and whose other works it refers to."""

_TYPES: Final = [str(type_) for type_ in EntityType]
_STATED: Final = "any(tag IN {e}.stated WHERE NOT tag STARTS WITH $tags)"
_CITED: Final = "EXISTS {{ ({n})-[c:CITES]->() WHERE c.origin <> $origin }}"
_OF_WORK: Final = "(w)-[:HAS_SEGMENT|HAS_SOUNDTRACK|HAS_TRACK*0..2]->(on)<-[:ON]-(credit:Credit)"


def _stated(edge: str) -> str:
    return _STATED.format(e=edge)


def _cited(node: str) -> str:
    return _CITED.format(n=node)


def _value(node: str, value: str) -> str:
    return (
        f"head(COLLECT {{ MATCH ({node})-[c:CITES]->(s:Source) WHERE c.origin <> $origin "
        f"WITH s, {value} AS value WHERE value IS NOT NULL RETURN value ORDER BY s.rank, value }})"
    )


def _known(node: str) -> str:
    """A list that `_entity` reads: the entity with what others state of it."""
    return (
        f"[{node}.id, head([label IN labels({node}) WHERE label IN {_TYPES}]), {node}.slug, "
        f"{_value(node, 'c.kind')}, {_value(node, 'coalesce(c.released, c.born)')}, "
        f"COLLECT {{ MATCH ({node})-[named:NAMED]->(name:Name) WHERE {_stated('named')} "
        "RETURN [name.text, name.kind, name.language, name.key] "
        "ORDER BY name.text, name.kind, name.language }]"
    )


class KnownGraph:
    """The graph as it is without the statements of one import."""

    def __init__(self, client: Client, origin: str) -> None:
        self.client = client
        self.parameters = {"origin": origin, "tags": f"{origin}|"}

    async def candidates(self, keys: Iterable[str], people: Iterable[str]) -> tuple[Candidate, ...]:
        """The works with one of the keys, and how many people with keys of `people` made them."""
        rows = await self._read(
            f"""MATCH (n:Name)<-[e:NAMED]-(w:Work)
WHERE n.key IN $keys AND {_stated("e")} AND {_cited("w")}
WITH DISTINCT w
RETURN {_known("w")}, size(COLLECT {{
  MATCH {_OF_WORK} WHERE {_cited("credit")}
  MATCH (p)-[:HAS_CREDIT]->(credit) MATCH (p)-[:NAMED]->(name:Name) WHERE name.key IN $people
  RETURN DISTINCT p.id
}}), COLLECT {{
  MATCH (w)-[:HAS_RELEASE]->(r) WHERE r.date IS NOT NULL AND {_cited("r")} RETURN left(r.date, 4)
}} ORDER BY w.id""",
            keys=sorted(set(keys)),
            people=sorted(set(people)),
        )
        return tuple(
            Candidate(_entity(found), shared, frozenset(years)) for found, shared, years in rows
        )

    async def work(self, slug: str) -> Known | None:
        """The work with a slug."""
        rows = await self._read(
            f"MATCH (w:Work {{slug: $slug}}) WHERE {_cited('w')} RETURN {_known('w')}", slug=slug
        )
        return _entity(rows[0][0]) if rows else None

    async def surroundings(self, work: str) -> Surroundings:
        """What hangs on the work with this id."""
        near = f"MATCH (w:Work {{id: $id}}) MATCH {_OF_WORK} WHERE {_cited('credit')}"
        far = (
            "MATCH (:Work {id: $id})<-[:HAS_ENTRY]-(:Franchise)-[e:HAS_ENTRY]->(w:Work) "
            f"WHERE {_stated('e')} MATCH {_OF_WORK} WHERE {_cited('credit')}"
        )
        person = (
            f"MATCH (p)-[:HAS_CREDIT]->(credit) WITH DISTINCT p RETURN {_known('p')} ORDER BY p.id"
        )
        appearances = await self._appearances(work)
        return Surroundings(
            segments=await self._entities(
                f"MATCH (:Work {{id: $id}})-[e:HAS_SEGMENT]->(n) WHERE {_stated('e')} "
                f"AND {_cited('n')} RETURN {_known('n')} ORDER BY n.position, n.id",
                work,
            ),
            tracks=await self._entities(
                "MATCH (:Work {id: $id})-[:HAS_SOUNDTRACK]->()-[:HAS_TRACK]->(n) "
                f"WITH DISTINCT n RETURN {_known('n')} ORDER BY n.id",
                work,
            ),
            near=await self._entities(f"{near} {person}", work),
            far=await self._entities(f"{far} {person}", work),
            characters=tuple({found.id: found for found, _ in appearances}.values()),
            appearances=frozenset((found.id, on) for found, on in appearances),
            credits=await self._credits(f"{near} ", work),
            releases=await self._releases(work),
        )

    async def named(self, label: str, keys: Iterable[str]) -> tuple[Known, ...]:
        """The entities of a label (Contributor, Term, Franchise) with one of the keys."""
        rows = await self._read(
            f"MATCH (n:Name)<-[e:NAMED]-(m:{label}) WHERE n.key IN $keys AND {_stated('e')} "
            f"AND {_cited('m')} WITH DISTINCT m RETURN {_known('m')} ORDER BY m.id",
            keys=sorted(set(keys)),
        )
        return tuple(_entity(found) for (found,) in rows)

    async def titles(self, keys: Iterable[str], but: str) -> tuple[KnownWork, ...]:
        """The works with one of the keys, with those who made them; all but one work."""
        rows = await self._read(
            f"""MATCH (n:Name)<-[e:NAMED]-(w:Work)
WHERE n.key IN $keys AND w.id <> $but AND {_stated("e")} AND {_cited("w")}
WITH w, collect(DISTINCT [n.folded, n.key]) AS titles
RETURN w.id, w.slug, w.kind, w.released, titles, COLLECT {{
  MATCH (w)-[:HAS_SEGMENT*0..1]->()<-[:ON]-(credit)-[:IN_ROLE]->(role) WHERE role.id IN $makers
  MATCH (p)-[:HAS_CREDIT]->(credit) WITH DISTINCT p RETURN {_known("p")}
}} ORDER BY w.id""",
            keys=sorted(set(keys)),
            but=but,
            makers=sorted(MAKERS),
        )
        return tuple(_title(*row) for row in rows)

    async def taken(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids that entities of other imports have."""
        rows = await self._read(
            f"MATCH (n:Entity) WHERE n.id IN $ids AND {_cited('n')} RETURN n.id",
            ids=sorted(set(ids)),
        )
        return frozenset(id_ for (id_,) in rows)

    async def _appearances(self, work: str) -> list[tuple[Known, str]]:
        rows = await self._read(
            f"MATCH (:Work {{id: $id}})-[:HAS_SEGMENT*0..1]->(on)<-[e:APPEARS_IN]-(n) "
            f"WHERE {_stated('e')} RETURN {_known('n')}, on.id ORDER BY n.id, on.id",
            id=work,
        )
        return [(_entity(found), on) for found, on in rows]

    async def _credits(self, match: str, work: str) -> tuple[KnownCredit, ...]:
        rows = await self._read(
            f"{match} MATCH (p)-[:HAS_CREDIT]->(credit)-[:IN_ROLE]->(role) "
            "OPTIONAL MATCH (credit)-[:PLAYS]->(character) "
            "RETURN DISTINCT p.id, role.id, on.id, character.id, credit.language "
            "ORDER BY p.id, role.id, on.id, character.id, credit.language",
            id=work,
        )
        return tuple(KnownCredit(*row) for row in rows)

    async def _releases(self, work: str) -> tuple[KnownRelease, ...]:
        rows = await self._read(
            f"MATCH (:Work {{id: $id}})-[:HAS_RELEASE]->(r) WHERE {_cited('r')} "
            "RETURN r.date, r.region, r.medium ORDER BY r.date, r.region, r.medium",
            id=work,
        )
        return tuple(KnownRelease(*row) for row in rows)

    async def _entities(self, statement: str, work: str) -> tuple[Known, ...]:
        return tuple(_entity(found) for (found,) in await self._read(statement, id=work))

    async def _read(self, statement: str, **parameters: object) -> list[list[Any]]:
        return await self.client.read(f"CYPHER 5 {statement}", {**self.parameters, **parameters})


def _entity(found: Sequence[Any]) -> Known:
    id_, type_, slug, kind, date, names = found
    return Known(id_, type_, slug, kind, date, tuple(KnownName(*name) for name in names))


def _title(
    id_: str, slug: str, kind: str | None, released: str | None, titles: Any, makers: Any
) -> KnownWork:
    people = [_entity(found) for found in makers]
    return KnownWork(
        id_,
        slug,
        kind,
        released,
        titles=frozenset(key if key.startswith(ROMANIZED) else folded for folded, key in titles),
        makers=frozenset(person.id for person in people),
        surnames=frozenset(filter(None, (_surname(name) for p in people for name in p.names))),
    )


def _surname(name: KnownName) -> str | None:
    """What prose calls somebody by: the first word of a Japanese name in Latin letters, the last
    of any other. None in another script."""
    words = name.text.split()
    if not words or not name.key.startswith(ROMANIZED):
        return None
    return words[0 if name.language == "ja-Latn" else -1].strip(",.")
