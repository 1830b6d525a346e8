"""The mark that stands in the graph while a restore goes on: whose it is, and how many nodes and
edges that one has written.

One restore goes on at a time, and nothing else is written meanwhile. What a killed one has left
the next removes, after it has taken over the mark; then the killed one, were it alive, could write
no more.
"""

import asyncio
from typing import Any, Final
from uuid import uuid4

from graph.client import Client, Step
from graph.errors import FilmographError, UnmetExpectation

PATIENCE = 10.0
"""A restore that has written nothing for so many seconds is taken for dead. It may be slow only:
then it ends at what it wants to write next.
"""
ATTEMPTS: Final = 10
SECONDS: Final = 600.0

# Who writes to a node keeps others from doing so until the transaction ends.
_LOCKED: Final = """CYPHER 5 MATCH (s:Schema) WITH s ORDER BY s.version LIMIT 1
SET s.locked = true REMOVE s.locked"""
_LOCK: Final = f"{_LOCKED} RETURN count(s)"
_NONE: Final = "CYPHER 5 MATCH (r:Restoring) RETURN count(r)"
UNMARKED: Final = Step(
    f"{_LOCKED} WITH count(s) AS locked OPTIONAL MATCH (r:Restoring) RETURN count(r)", expected=0
)
"""The first step of whatever else is written: fails where a restore is under way or was killed, and
lets none begin before the transaction ends.
"""
_MARK: Final = "CYPHER 5 CREATE (:Restoring {id: 'export', by: $own, nodes: 0, edges: 0})"
_MARKS: Final = "CYPHER 5 MATCH (r:Restoring) RETURN r.by, r.nodes, r.edges"
_TAKE_OVER: Final = """CYPHER 5 MATCH (r:Restoring) WHERE coalesce(r.by, '') = $by
SET r.by = $own RETURN count(r)"""
_UNMARK: Final = "CYPHER 5 MATCH (r:Restoring {by: $own}) DELETE r RETURN count(*)"
_GROWN: Final = """CYPHER 5 MATCH (r:Restoring {by: $own})
SET r.nodes = r.nodes + $nodes, r.edges = r.edges + $edges RETURN count(r)"""
# Neo4j counts all nodes without looking at them.
_NODES: Final = """CYPHER 5 MATCH (n) WITH count(n) AS every
OPTIONAL MATCH (own:Schema|Restoring) WITH every, count(own) AS own RETURN every - own"""
_EDGES: Final = "CYPHER 5 MATCH ()-[e]->() RETURN count(e)"
_CLEAR_EDGES: Final = """CYPHER 5 MATCH ()-[e]->() WITH e LIMIT 10000 DELETE e
WITH count(*) AS gone MATCH (r:Restoring {by: $own}) SET r.edges = r.edges - gone RETURN count(r)"""
_CLEAR_NODES: Final = """CYPHER 5 MATCH (n) WHERE NOT n:Schema AND NOT n:Restoring
WITH n LIMIT 10000 DELETE n
WITH count(*) AS gone MATCH (r:Restoring {by: $own}) SET r.nodes = r.nodes - gone RETURN count(r)"""

_WAY_OUT: Final = (
    "`filmograph export` what is here, if it is of worth, and choose another data folder by "
    "FILMOGRAPH_DATA, or another database."
)


async def refuse_restoring(client: Client) -> None:
    """Raises FilmographError where a restore is under way, or was killed."""
    if await marks(client):
        raise FilmographError(
            "A restore is under way in this graph, or was killed. Nothing else is written before "
            f"`filmograph import export` has run to its end; if it refuses to, {_WAY_OUT}"
        )


async def marks(client: Client) -> list[list[Any]]:
    """Whose the mark is, and how many nodes and edges that one has written; empty without one."""
    return await client.read(_MARKS)


async def mark(client: Client) -> str:
    """Mark an empty graph as being restored; whose mark it is.

    Raises FilmographError where another restore is under way, or the graph is not empty or has no
    schema.
    """
    own = uuid4().hex
    for _ in range(ATTEMPTS):
        if found := await marks(client):
            await _take_over(client, found, own)
            await clear(client, own)
        ((held,),) = await client.read(_NODES)
        if held:
            raise FilmographError(
                f"The graph is not empty: it holds {held} nodes. A file is restored into an empty "
                "one only; choose another data folder by FILMOGRAPH_DATA, or another database."
            )
        empty = [Step(_LOCK, expected=1), Step(_NONE, expected=0), Step(_NODES, expected=0)]
        try:
            await client.write_all([*empty, Step(_MARK, {"own": own})])
        except UnmetExpectation:
            continue  # Somebody else was there first: it shows what.
        return own
    raise FilmographError(
        "The graph has no schema, which `filmograph migrate` gives it, or others write to it all "
        "the time; nothing is done here."
    )


async def _take_over(client: Client, found: list[list[Any]], own: str) -> None:
    """Make the mark of a killed restore one's own. Raises FilmographError if it is not dead."""
    await asyncio.sleep(PATIENCE)
    takes = Step(_TAKE_OVER, {"by": found[0][0] or "", "own": own}, 1)
    try:
        if await marks(client) == found:
            await client.write_all([Step(_LOCK, expected=1), takes])
            return
    except UnmetExpectation:
        pass
    raise FilmographError("Another restore is under way in this graph; nothing is done here.")


def grown(own: str, nodes: int, edges: int) -> Step:
    """Counts what is written in the same transaction; fails if the mark is another's by now."""
    return Step(_GROWN, {"own": own, "nodes": nodes, "edges": edges}, 1)


async def check_own(client: Client, own: str) -> None:
    """Raises FilmographError if the mark is another's by now."""
    if [by for by, _, _ in await marks(client)] != [own]:
        raise FilmographError(
            "Another restore has taken this one for dead, and has begun anew; this one ends."
        )


async def unmark(client: Client, own: str, *stale: Step) -> None:
    """The restore is done; ``stale`` says in the same transaction what is yet to be made anew.

    Raises FilmographError, and nothing is done, if the mark is another's by now.
    """
    try:
        # The schema is locked before the mark, as whoever takes over does it.
        await client.write_all([*stale, Step(_UNMARK, {"own": own}, 1)])
    except UnmetExpectation:
        await check_own(client, own)
        raise


async def clear(client: Client, own: str) -> None:
    """Remove all that a restore has written, as far as its mark tells: so many nodes and edges.

    Raises FilmographError, and removes nothing, where the graph holds other ones than these.
    """
    while found := [each for each in await marks(client) if each[0] == own]:
        try:
            await client.write_all(list(_removal(*found[0])), timeout=SECONDS)
        except UnmetExpectation as error:
            if await marks(client) != found:
                continue  # What was on its way when the restore was interrupted has arrived.
            raise FilmographError(
                "An interrupted restore has left something in the graph, and others have written "
                f"to it since. Nothing is removed, as it may be theirs: {_WAY_OUT}"
            ) from error


def _removal(own: str, nodes: int | None, edges: int | None) -> list[Step]:
    """Of some of it, or of the mark where it is all that there is."""
    removes = _CLEAR_EDGES if edges else _CLEAR_NODES if nodes else _UNMARK
    removal = Step(removes, {"own": own}, 1)
    if nodes == edges == 0:
        return [removal]
    # What is unknown to an older mark is nothing.
    return [Step(_NODES, expected=nodes or 0), Step(_EDGES, expected=edges or 0), removal]
