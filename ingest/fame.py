"""Fame: how much there is on what a name belongs to, and of which type that is, on the name, where
an index has it: ``xxx person``.

A search of a few letters matches more names than it can look at, and looks at the most famous, of
the types it is asked for. Fame is as many signs as the steps of a logarithm, so it hardly ever
changes. Whatever writes the graph derives it again, of what it has dated.
"""

from itertools import chain
from typing import Final

from graph.client import Client, Step
from graph.search import KNOWN
from ingest.records import EntityType
from ingest.revision import ANOTHER

STEPS: Final = 12
"""The most famous have so many."""
PART: Final = 20_000

_FAME: Final = f"""left('{"x" * STEPS}', toInteger(
  1 + 1.3 * log(1 + {KNOWN.format(n="n")})))
  + ' ' + toLower(head([label IN labels(n) WHERE label IN {[*map(str, EntityType)]}]))"""
_STALE: Final = f"""WITH n, {_FAME} AS fame
MATCH (n)-[:NAMED]->(name:Name) WHERE coalesce(name.fame, '') <> fame"""
_SINCE: Final = (
    f"CYPHER 5 MATCH (n:Entity) WHERE n.updatedAt >= $since {_STALE} SET name.fame = fame"
)
_PART: Final = f"""CYPHER 5 MATCH (n:Entity) WHERE n.id > $after
WITH n ORDER BY n.id LIMIT {PART}
CALL (n) {{ {_STALE} RETURN collect([name.id, fame]) AS stale }}
RETURN max(n.id), collect(stale)"""
_SET: Final = """CYPHER 5 UNWIND $rows AS row MATCH (name:Name {id: row[0]})
SET name.fame = row[1]"""

STALE: Final = f"""MATCH (n:Entity) {_STALE}
RETURN [n.id] AS ids, name.text + ': ' + fame AS what"""
"""Finds names whose fame is another."""


def famed(since: str) -> Step:
    """The statement that gives the names of what is dated since then their fame, and writes only
    what changes.
    """
    return Step(_SINCE, {"since": since})


async def fame(client: Client) -> None:
    """Give all names their fame, in parts that memory holds, and write only what changes."""
    after: str | None = ""
    while after is not None:
        ((after, stale),) = await client.read(_PART, {"after": after})
        if rows := list(chain.from_iterable(stale)):
            await client.write_all([ANOTHER, Step(_SET, {"rows": rows})])
