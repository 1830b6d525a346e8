"""The graph into a file: ``export``."""

from collections.abc import AsyncIterator, Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from graph.client import Client
from graph.errors import FilmographError
from ingest.export.container import written
from ingest.export.form import IDS, LABELS, TYPES, Header, encoded, identity, is_value
from ingest.export.mark import marks
from ingest.revision import state

Progress = Callable[[int], None]

PAGE: Final = 5_000
"""So many nodes are read at a time."""

_VERSIONS: Final = """MATCH (s:Schema)
RETURN [coalesce(max(s.version), 0), coalesce(max(s.spelling), 0), coalesce(max(s.ties), 0)]"""
_ALL: Final = "MATCH (n) WHERE NOT n:Schema AND NOT n:Restoring RETURN count(n)"
_LABEL_OF: Final = f"head([label IN labels(m) WHERE label IN {list(LABELS)}])"


async def count(client: Client) -> Header:
    """What there is to export. Raises FilmographError where the graph holds what this program
    does not know.
    """
    nodes = {label: await _one(client, f"MATCH (n:{label}) RETURN count(n)") for label in LABELS}
    edges = {
        type_: await _one(client, f"MATCH ()-[e:{type_}]->() RETURN count(e)")
        for type_ in sorted(TYPES)
    }
    if await _one(client, _ALL) != sum(nodes.values()):
        labels = "MATCH (n:!Schema&!Restoring) UNWIND labels(n) AS l RETURN collect(DISTINCT l)"
        unknown = set(await _one(client, labels)) - set(LABELS)
        raise FilmographError(f"The graph holds nodes that are not known here: {sorted(unknown)}")
    if await _one(client, "MATCH ()-[e]->() RETURN count(e)") != sum(edges.values()):
        types = set(await _one(client, "MATCH ()-[e]->() RETURN collect(DISTINCT type(e))"))
        raise FilmographError(f"The graph holds edges not known here: {sorted(types - TYPES)}")
    schema, spelling, ties = await _one(client, _VERSIONS)
    if await marks(client):
        # What a restore has written so far is of the versions of its file.
        spelling = ties = 0
    return Header(schema, nodes, edges, spelling, ties)


async def _one(client: Client, statement: str) -> Any:
    ((found,),) = await client.read(f"CYPHER 5 {statement}")
    return found


async def export(
    client: Client, path: Path, header: Header, progress: Progress = lambda lines: None
) -> None:
    """Write the graph to ``path``, compressed as its name says. ``header`` is what ``count`` gave,
    ``progress`` is told how many more lines are written.

    Raises FilmographError if the graph changes meanwhile: then there is no file.
    """
    before = await state(client)
    sums = sha256()
    total = 0
    with written(path) as file:
        async for lines in _lines(client, header):
            data = b"".join(lines)
            sums.update(data)
            file.write(data)
            total += len(lines)
            progress(len(lines))
        if total != header.lines or await state(client) != before:
            raise FilmographError("The graph has changed while it was exported; export it again")
        file.write(encoded({"lines": total, "sha256": sums.hexdigest()}))


async def _lines(client: Client, header: Header) -> AsyncIterator[list[bytes]]:
    """A page's lines at a time."""
    yield [header.written()]
    for label in LABELS:
        properties = "[labels(n), properties(n)]"
        async for rows in _pages(client, label, properties):
            yield [_node(label, *row) for _, row in rows]
    for label in LABELS:
        edges = (
            f"COLLECT {{ MATCH (n)-[e]->(m) RETURN [type(e), {_LABEL_OF}, m.id, properties(e)] }}"
        )
        async for rows in _pages(client, label, edges):
            yield [line for id_, row in rows for line in _edges(label, id_, row)]


async def _pages(client: Client, label: str, what: str) -> AsyncIterator[list[Any]]:
    """``[id, what]`` of all nodes with this label by id, page by page."""
    key = f"n.{IDS[label]}"
    after, least = None, "IS NOT NULL"
    while True:
        (rows,) = await client.read(
            f"""CYPHER 5 MATCH (n:{label}) WHERE {key} {least}
WITH n ORDER BY {key} LIMIT {PAGE}
RETURN collect([{key}, {what}])""",
            {"after": after},
        )
        if rows[0]:
            yield rows[0]
        if len(rows[0]) < PAGE:
            return
        after, least = rows[0][-1][0], "> $after"


def _node(label: str, labels: list[str], properties: dict[str, Any]) -> bytes:
    if identity(labels) != label:
        raise FilmographError(f"{label} {properties[IDS[label]]!r} has the labels {sorted(labels)}")
    _check(label, properties[IDS[label]], properties)
    return encoded({"labels": sorted(labels), "properties": properties})


def _edges(label: str, id_: str, edges: Iterable[list[Any]]) -> list[bytes]:
    found = []
    for type_, end_label, end_id, properties in edges:
        _check(f"{type_} of {label}", id_, properties)
        line = encoded(
            {
                "type": type_,
                "start": [label, id_],
                "end": [end_label, end_id],
                "properties": properties,
            }
        )
        found.append(((type_, end_label, end_id), line))
    return [line for _, line in sorted(found)]


def _check(what: str, id_: str, properties: dict[str, Any]) -> None:
    for name, value in properties.items():
        if not is_value(value):
            raise FilmographError(f"{what} {id_!r}: {name} is {value!r}, which has no form here")
