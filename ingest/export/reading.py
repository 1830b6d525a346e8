"""A file into an empty graph: ``restore``."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from graph.client import Client, Step
from graph.errors import FilmographError, SourceError, UnmetExpectation
from graph.migrations import FOLDER
from ingest.export.checking import EdgeLine, NodeLine, check, read_header, records
from ingest.export.form import Header

Progress = Callable[[int], None]

BATCH: Final = 20_000
"""So many lines make a transaction."""
SECONDS: Final = 600.0

_MARK: Final = "CYPHER 5 CREATE (:Restoring {id: 'export', nodes: 0, edges: 0})"
_UNMARK: Final = "CYPHER 5 MATCH (r:Restoring) DELETE r"
_MARKS: Final = "CYPHER 5 MATCH (r:Restoring) RETURN r.nodes, r.edges"
_GROWN: Final = """CYPHER 5 MATCH (r:Restoring)
SET r.nodes = r.nodes + $nodes, r.edges = r.edges + $edges RETURN count(r)"""
# Neo4j counts all nodes without looking at them.
_NODES: Final = """CYPHER 5 MATCH (n) WITH count(n) AS every
OPTIONAL MATCH (own:Schema|Restoring) WITH every, count(own) AS own RETURN every - own"""
_EDGES: Final = "CYPHER 5 MATCH ()-[e]->() RETURN count(e)"
_CLEAR_EDGES: Final = """CYPHER 5 MATCH ()-[e]->() WITH e LIMIT 10000 DELETE e
WITH count(*) AS gone MATCH (r:Restoring) SET r.edges = r.edges - gone"""
_CLEAR_NODES: Final = """CYPHER 5 MATCH (n) WHERE NOT n:Schema AND NOT n:Restoring
WITH n LIMIT 10000 DELETE n
WITH count(*) AS gone MATCH (r:Restoring) SET r.nodes = r.nodes - gone"""


def checked(path: Path) -> Header:
    """The header of a file that is whole. Raises SourceError naming the line that is not."""
    header = read_header(path)
    known = max(int(each.name.partition("-")[0]) for each in FOLDER.glob("*.cypher"))
    if header.schema > known:
        problem = f"is of schema {header.schema}, and this program knows {known}: use the newer one"
        raise SourceError(problem, path, 1)
    check(path, header)
    return header


async def restore(
    client: Client, path: Path, header: Header, progress: Progress = lambda lines: None
) -> None:
    """Make an empty graph hold what the file does; ``header`` is what ``checked`` gave.

    Raises FilmographError where the graph is not empty. If it fails, or is interrupted, what was
    written is removed; what a killed restore has left, the next one removes.
    """
    if await client.read(_MARKS):
        await clear(client)
    ((held,),) = await client.read(_NODES)
    if held:
        raise FilmographError(
            f"The graph is not empty: it holds {held} nodes. A file is restored into an empty one "
            "only; choose another data folder by FILMOGRAPH_DATA, or another database."
        )
    await client.write(_MARK)
    try:
        await _write(client, path, header, progress)
    except BaseException:
        await asyncio.shield(clear(client))
        raise
    await client.write(_UNMARK)


async def clear(client: Client) -> None:
    """Remove all that a restore has written, as far as its mark tells: so many nodes and edges.

    Raises FilmographError, and removes nothing, where the graph holds other ones than these.
    """
    while marks := await client.read(_MARKS):
        nodes, edges = marks[0]
        removal = Step(_CLEAR_EDGES if edges else _CLEAR_NODES if nodes else _UNMARK)
        # What is unknown to an older mark is nothing.
        steps = [Step(_NODES, expected=nodes or 0), Step(_EDGES, expected=edges or 0), removal]
        try:
            await client.write_all(steps, timeout=SECONDS)
        except UnmetExpectation as error:
            if await client.read(_MARKS) != marks:
                continue  # What was on its way when the restore was interrupted has arrived.
            raise FilmographError(
                "An interrupted restore has left something in the graph, and others have written "
                "to it since. Nothing is removed, as it may be theirs; choose another data folder "
                "by FILMOGRAPH_DATA, or another database."
            ) from error


async def _write(client: Client, path: Path, header: Header, progress: Progress) -> None:
    found = records(path, header)
    while batch := await asyncio.to_thread(lambda: list(islice(found, BATCH))):
        nodes = sum(isinstance(each, NodeLine) for each in batch)
        grown = Step(_GROWN, {"nodes": nodes, "edges": len(batch) - nodes}, 1)
        try:
            await client.write_all([*_steps(batch), grown], timeout=SECONDS)
        except UnmetExpectation:
            await _find_dangling(client, path, batch)
            raise
        progress(len(batch))


def _steps(batch: Sequence[NodeLine | EdgeLine]) -> Iterator[Step]:
    """Nodes before edges, as they stand."""
    rows: dict[str, list[Any]] = {}
    for each in batch:
        if isinstance(each, NodeLine):
            statement = f"CREATE (n:{':'.join(each.labels)}) SET n = row"
            rows.setdefault(statement, []).append(each.properties)
        else:
            statement = (
                f"{_found('a', each.start[0], 0)} {_found('b', each.end[0], 1)} "
                f"CREATE (a)-[e:{each.type}]->(b) SET e = row[2]"
            )
            row = [each.start[1], each.end[1], each.properties]
            rows.setdefault(statement, []).append(row)
    for statement, given in rows.items():
        yield Step(
            f"CYPHER 5 UNWIND $rows AS row {statement} RETURN count(*)", {"rows": given}, len(given)
        )


def _found(variable: str, label: str, place: int) -> str:
    # Without the hint a graph that was empty just now is scanned for every row.
    hint = f"USING INDEX {variable}:{label}(id)"
    return f"MATCH ({variable}:{label} {{id: row[{place}]}}) {hint}"


async def _find_dangling(client: Client, path: Path, batch: Sequence[NodeLine | EdgeLine]) -> None:
    """Raises SourceError naming the line whose end is not there."""
    nodes = [each for each in batch if isinstance(each, NodeLine)]
    known = {(label, each.properties.get("id")) for each in nodes for label in each.labels}
    for each in batch:
        ends = [] if isinstance(each, NodeLine) else [each.start, each.end]
        for label, id_ in [end for end in ends if end not in known]:
            there = f"CYPHER 5 MATCH (n:{label} {{id: $id}}) RETURN count(n)"
            if await client.read(there, {"id": id_}) == [[0]]:
                problem = f"leads to {label} {id_!r}, which is not in the file"
                raise SourceError(problem, path, each.line)
