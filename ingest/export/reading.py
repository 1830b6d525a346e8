"""A file into an empty graph: ``restore``."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from graph.client import Client, Step
from graph.errors import SourceError, UnmetExpectation
from graph.migrations import newest
from ingest import sound, ties
from ingest.export.checking import EdgeLine, NodeLine, check, read_header, records
from ingest.export.form import Header
from ingest.export.mark import SECONDS, check_own, clear, grown, mark, unmark
from ingest.spelling import UNSPELL

Progress = Callable[[int], None]

BATCH: Final = 20_000
"""So many lines make a transaction."""


def checked(path: Path) -> Header:
    """The header of a file that is whole. Raises SourceError naming the line that is not."""
    header = read_header(path)
    if header.schema > newest():
        problem = (
            f"is of schema {header.schema}, and this program knows {newest()}: use the newer one"
        )
        raise SourceError(problem, path, 1)
    check(path, header)
    return header


async def restore(
    client: Client, path: Path, header: Header, progress: Progress = lambda lines: None
) -> None:
    """Make an empty graph hold what the file does; ``header`` is what ``checked`` gave.

    Raises FilmographError where the graph is not empty, or another restore is under way. If it
    fails, or is interrupted, what was written is removed; what a killed restore has left, the next
    one removes.

    What is kept for reading comes as it is in the file. Where it is of other versions than this
    program's, the graph says so from the moment when it is whole: the next start, or whoever brings
    the graph up to date, makes it anew.
    """
    own = await mark(client)
    try:
        await _write(client, path, header, own, progress)
        await unmark(client, own, *_stale(header))
    except BaseException:
        await asyncio.shield(clear(client, own))
        raise


def _stale(header: Header) -> Iterator[Step]:
    if header.ties != ties.VERSION:
        yield ties.UNTIE
    if header.spelling != sound.VERSION:
        yield UNSPELL


async def _write(client: Client, path: Path, header: Header, own: str, progress: Progress) -> None:
    found = records(path, header)
    while batch := await asyncio.to_thread(lambda: list(islice(found, BATCH))):
        nodes = sum(isinstance(each, NodeLine) for each in batch)
        counted = grown(own, nodes, len(batch) - nodes)
        try:
            await client.write_all([*_steps(batch), counted], timeout=SECONDS)
        except UnmetExpectation:
            await check_own(client, own)
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
