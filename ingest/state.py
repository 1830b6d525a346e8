"""A piece of the graph in memory: nodes and edges by what identifies them.

What an import wants and what the graph holds are compared as two of these, so that only
differences are written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph.client import Client
from ingest.franchises import RANKS

Properties = dict[str, Any]

LABELS = (
    "Entity",
    "Credit",
    "Relation",
    "Release",
    "List",
    "Name",
    "Image",
    "ExternalId",
    "Role",
    "Source",
)
"""The labels that identify a node together with its id; every node carries one of them."""

DERIVED = {"HAS_ENTRY": RANKS}
"""Properties of edges that follow from others: no import states them."""

BATCH = 5000


class Node(NamedTuple):
    label: str
    id: str


class Edge(NamedTuple):
    """``key`` tells apart edges of one type between the same nodes."""

    type: str
    start: Node
    end: Node
    key: str = ""


@dataclass
class State:
    nodes: dict[Node, Properties] = field(default_factory=dict)
    edges: dict[Edge, Properties] = field(default_factory=dict)
    labels: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    read: set[Node] = field(default_factory=set)
    """The nodes whose outgoing edges are here as well."""

    def outgoing(self) -> dict[Node, list[tuple[Edge, Properties]]]:
        """The edges by where they start."""
        found: dict[Node, list[tuple[Edge, Properties]]] = {}
        for edge, properties in self.edges.items():
            found.setdefault(edge.start, []).append((edge, properties))
        return found


KEYS = {"CITES": "origin", "USED_IN": "use"}
"""Edges that may stand several times between two nodes, and the property that tells them apart: a
track is used in a work in several ways; a source is cited by several imports."""


def edge_key(type_: str, properties: Mapping[str, Any]) -> str:
    """What tells the edge from others between its ends; empty where there are none."""
    name = KEYS.get(type_)
    return str(properties.get(name, "")) if name else ""


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(ids))
    return (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))


_LABEL_OF = f"head([label IN labels({{}}) WHERE label IN {list(LABELS)}])"


async def read_state(client: Client, nodes: Iterable[Node]) -> State:
    """What the graph holds of ``nodes``: their properties, and their outgoing edges with the
    ends' properties.
    """
    state = State()
    by_label: dict[str, list[str]] = {}
    for node in nodes:
        by_label.setdefault(node.label, []).append(node.id)
    for label, ids in by_label.items():
        for batch in _batches(ids):
            await _read_batch(client, state, label, batch)
    return state


async def _read_batch(client: Client, state: State, label: str, ids: list[str]) -> None:
    rows = await client.read(
        f"""CYPHER 5 UNWIND $ids AS id MATCH (n:{label} {{id: id}})
RETURN n.id, labels(n), properties(n), COLLECT {{
  MATCH (n)-[e]->(m)
  RETURN [type(e), properties(e), {_LABEL_OF.format("m")}, m.id, properties(m), labels(m)]
}}""",
        {"ids": ids},
    )
    for id_, labels, properties, edges in rows:
        node = Node(label, id_)
        state.read.add(node)
        state.nodes[node] = properties
        state.labels[node] = tuple(labels)
        for type_, edge_properties, end_label, end_id, end_properties, end_labels in edges:
            end = Node(end_label, end_id)
            for name in DERIVED.get(type_, ()):
                edge_properties.pop(name, None)
            state.edges[Edge(type_, node, end, edge_key(type_, edge_properties))] = edge_properties
            state.nodes.setdefault(end, end_properties)
            state.labels.setdefault(end, tuple(end_labels))


async def stated_by(client: Client, origin: str) -> list[Node]:
    """The nodes of which an earlier run of the same import stated something."""
    rows = await client.read(
        f"""CYPHER 5 CALL () {{
  MATCH (n)-[:CITES {{origin: $origin}}]->() RETURN n
UNION
  MATCH (n)-[e]->() WHERE any(tag IN e.stated WHERE tag STARTS WITH $prefix) RETURN n
}}
RETURN {_LABEL_OF.format("n")}, n.id""",
        {"origin": origin, "prefix": f"{origin}|"},
    )
    return [Node(label, id_) for label, id_ in rows]


async def spoken_of(client: Client, ids: Iterable[str], origin: str) -> set[Node]:
    """The entities of which other imports than ``origin`` state something."""
    rows = await client.read(
        """CYPHER 5 UNWIND $ids AS id MATCH (n:Entity {id: id})
WHERE EXISTS { MATCH (n)-[e]-() WHERE any(tag IN e.stated WHERE NOT tag STARTS WITH $prefix) }
RETURN n.id""",
        {"ids": sorted(ids), "prefix": f"{origin}|"},
    )
    return {Node("Entity", id_) for (id_,) in rows}
