"""Small graphs for questions about similarity, written as they are meant: by names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from graph.client import Client
from ingest.catalog.vocabulary import read_vocabulary
from ingest.ties import tie_all
from ingest.vocabulary import load_vocabulary
from server.app import create_app

Pair = tuple[str, str]
ENTITY = "{id: name, slug: name, name: name, sortName: name, updatedAt: '2026-01-01T00:00:00Z'}"


@dataclass(frozen=True)
class Made:
    """A graph. ``credits`` are (who, role, on), ``tags`` (work, term, votes), ``relations`` (one,
    kind, other, inverse); ids are names; what is credited with a studio's role is an organization.
    """

    works: Sequence[str | tuple[str, str]] = ()
    segments: Sequence[Pair] = ()
    soundtracks: Sequence[str] = ()
    tracks: Sequence[Pair] = ()
    credits: Sequence[tuple[str, str, str]] = ()
    tags: Sequence[tuple[str, str, int | None]] = ()
    relations: Sequence[tuple[str, str, str, str]] = ()
    lists: Sequence[tuple[str, Sequence[str]]] = ()
    franchises: Sequence[tuple[str, Sequence[str]]] = ()
    ratings: Sequence[tuple[str, int]] = ()

    async def write(self, client: Client) -> None:
        await load_vocabulary(client, read_vocabulary())
        works = [[each, None] if isinstance(each, str) else list(each) for each in self.works]
        parts = [
            (
                f"CREATE (n:Entity:Creation:Work {ENTITY}) SET n.kind = 'FILM', n.released = of",
                works,
            ),
            (
                f"MATCH (whole {{id: of}}) CREATE (n:Entity:Creation:Segment {ENTITY}) "
                "SET n.kind = 'SEGMENT', n.position = 1.0 CREATE (whole)-[:HAS_SEGMENT]->(n)",
                self.segments,
            ),
            (f"CREATE (:Entity:Creation:Soundtrack {ENTITY})", [[e, 0] for e in self.soundtracks]),
            (
                f"MATCH (whole {{id: of}}) CREATE (n:Entity:Creation:Track {ENTITY}) "
                "CREATE (whole)-[:HAS_TRACK]->(n)",
                self.tracks,
            ),
        ]
        for cypher, rows in parts:
            unwound = "UNWIND $rows AS row WITH row[0] AS name, row[1] AS of "
            await client.write(unwound + cypher, {"rows": [list(row) for row in rows]})
        for cypher, rows in self._ties():
            await client.write("UNWIND $rows AS row " + cypher, {"rows": rows})
        await tie_all(client)

    def _ties(self) -> list[tuple[str, list[Any]]]:
        return [
            (
                "MATCH (of:Work {id: row[0]}) SET of.ratingCount = row[1]",
                [list(row) for row in self.ratings],
            ),
            (
                "WITH row, row[0] AS name "
                "MATCH (on:Creation {id: row[2]}), (role:Role {id: row[1]}) "
                f"MERGE (who:Entity:Contributor {{id: name}}) SET who += {ENTITY} "
                "WITH *, EXISTS { (role)-[:WITHIN]->(:Role {id: 'animation-studio'}) } AS studio "
                "FOREACH (_ IN CASE WHEN studio THEN [1] ELSE [] END | SET who:Organization) "
                "FOREACH (_ IN CASE WHEN studio THEN [] ELSE [1] END | SET who:Person) "
                "CREATE (who)-[:HAS_CREDIT]->(c:Credit {id: randomUUID()})-[:ON]->(on), "
                "(c)-[:IN_ROLE]->(role)",
                [list(row) for row in self.credits],
            ),
            (
                "WITH row, row[1] AS name MATCH (on:Creation {id: row[0]}) "
                f"MERGE (term:Entity:Term {{id: name}}) SET term += {ENTITY}, term.kind = 'TAG' "
                "CREATE (on)-[:HAS_TERM {votes: row[2]}]->(term)",
                [list(row) for row in self.tags],
            ),
            (
                "MATCH (one:Creation {id: row[0]}), (other:Creation {id: row[2]}) "
                "CREATE (one)-[:HAS_RELATION {kind: row[1]}]->(:Relation {id: randomUUID()})"
                "<-[:HAS_RELATION {kind: row[3]}]-(other)",
                [list(row) for row in self.relations],
            ),
            (
                "CREATE (list:List {id: row[0], name: row[0], owner: '', itemCount: size(row[1])}) "
                "WITH list, row MATCH (on:Work) WHERE on.id IN row[1] CREATE (list)-[:LISTS]->(on)",
                [[name, list(of)] for name, of in self.lists],
            ),
            (
                f"WITH row, row[0] AS name CREATE (line:Entity:Franchise {ENTITY}) "
                "WITH line, row MATCH (on:Work) WHERE on.id IN row[1] "
                "CREATE (line)-[:HAS_ENTRY]->(on)",
                [[name, list(of)] for name, of in self.franchises],
            ),
        ]


async def asked(client: Client, question: str, **variables: Any) -> Any:
    """The data that answers the question, or the errors' messages."""
    transport = httpx.ASGITransport(create_app(client))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        body = {"query": question, "variables": variables}
        answer = (await web.post("/graphql", json=body)).json()
    if "errors" in answer:
        return [error["message"] for error in answer["errors"]]
    return answer["data"]
