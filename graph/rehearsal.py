"""The rehearsal: a run of Neo4j on a throw-away store, from which Java learns to start faster.

Java writes the classes that the run loaded, parsed and linked, into a cache for later starts (JEP
483, 514 and 515). So the run does what every start does, and a little of what follows: the schema,
writes, reads with subqueries and orders, a search.
"""

from __future__ import annotations

from graph.client import Client
from graph.migrations import migrate

WRITE = """
UNWIND range(1, 20) AS number
MERGE (p:Entity:Contributor:Person {id: 'person:' + number}) SET p.sortName = 'p' + number
MERGE (w:Entity:Creation:Work {id: 'work:' + number}) SET w.sortName = p.sortName
MERGE (c:Credit {id: 'credit:' + number}) SET c.position = number
MERGE (p)-[:HAS_CREDIT]->(c) MERGE (c)-[:ON]->(w)
MERGE (p)-[:NAMED]->(:Name {text: p.sortName, key: p.sortName})
"""

READS = (
    """
    MATCH (w:Entity:Work {id: $id})
    RETURN [w.id, COUNT { (w)<-[:ON]-() }, COLLECT {
      MATCH (w)<-[:ON]-(c:Credit)<-[:HAS_CREDIT]-(p:Contributor)
      WITH c, p ORDER BY c.position, p.sortName LIMIT 21
      RETURN [c.id, p.id, coalesce(p.name, p.sortName), toString(c.position)]
    }]
    """,
    """
    MATCH (p:Person)-[:HAS_CREDIT]->(:Credit)-[:ON]->(w:Work)
    WHERE w.sortName >= $id OR EXISTS { (p)-[:NAMED]->(:Name {key: $id}) }
    WITH DISTINCT p, count(w) AS works ORDER BY works DESC, p.sortName LIMIT 20
    RETURN p.id, works
    """,
    "CALL db.index.fulltext.queryNodes('names', $id) YIELD node, score RETURN node.text, score",
)


async def rehearse(client: Client) -> None:
    await migrate(client)
    await client.write(WRITE)
    for statement in READS:
        await client.read(statement, {"id": "p1"})
