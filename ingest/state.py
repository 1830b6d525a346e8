"""A piece of the graph in memory: nodes and edges by what identifies them.

What imports want and what the graph holds are compared as two of these, so that only differences
are written. Every edge is looked after by one of its ends, its owner: it is read with it, and
whoever states it cites the owner. A credit, relation or release has its ends in its id: these
arms come and go with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph.client import Client
from ingest.franchises.ranking import RANKS

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

SATELLITES = {"Name": "NAMED", "Image": "HAS_IMAGE", "ExternalId": "HAS_EXTERNAL_ID"}
"""Nodes that belong to one entity, and the edge that ties them to it."""

STATEMENTS = frozenset({"Credit", "Relation", "Release", "List"})
"""Nodes that are statements: they cite sources as entities do."""

ARMS = frozenset({"HAS_CREDIT", "ON", "IN_ROLE", "PLAYS", "HAS_RELATION", "HAS_RELEASE"})
"""Edges that are a part of a statement."""

_OWNED_BY_END = frozenset({"APPEARS_IN", "HAS_SEGMENT", "HAS_TRACK"})
_OWNED_BY_START = (
    *("CITES", "NAMED", "HAS_IMAGE", "HAS_EXTERNAL_ID", "HAS_TERM", "USED_IN"),
    *("HAS_SOUNDTRACK", "HAS_ENTRY", "LISTS"),
)

DERIVED = {"HAS_ENTRY": RANKS}
"""Properties of edges that follow from others: no import states them."""

DERIVED_OF_NODES = {"Name": ("fame",)}
"""The same of nodes."""

COMPUTED = "derived"
"""What the origins of what is computed from the graph begin with. What nobody else speaks of does
not stay for its sake.
"""

IS_COMPUTED = f"all(tag IN e.stated WHERE tag STARTS WITH '{COMPUTED}/')"
"""Whether an edge `e` is computed. One that nobody states by itself (null) is not."""

KEYS = {"CITES": "origin", "USED_IN": "use"}
"""Edges that may stand several times between two nodes, and the property that tells them apart: a
track is used in a work in several ways; a source is cited by several imports."""

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

    @property
    def owner(self) -> Node:
        return self.end if self.type in _OWNED_BY_END else self.start


class Arm(NamedTuple):
    """An edge between a statement and what it is about; `outgoing` from the statement."""

    type: str
    outgoing: bool
    end: Node
    properties: Properties


@dataclass
class State:
    nodes: dict[Node, Properties] = field(default_factory=dict)
    edges: dict[Edge, Properties] = field(default_factory=dict)
    labels: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    arms: dict[Node, tuple[Arm, ...]] = field(default_factory=dict)

    def owned(self) -> dict[Node, list[tuple[Edge, Properties]]]:
        """The edges by their owner."""
        found: dict[Node, list[tuple[Edge, Properties]]] = {}
        for edge, properties in self.edges.items():
            found.setdefault(edge.owner, []).append((edge, properties))
        return found


def edge_key(type_: str, properties: Mapping[str, Any]) -> str:
    """What tells the edge from others between its ends; empty where there are none."""
    name = KEYS.get(type_)
    return str(properties.get(name, "")) if name else ""


_LABEL_OF = f"head([label IN labels({{}}) WHERE label IN {list(LABELS)}])"
_EDGE = f"type(e), properties(e), {_LABEL_OF.format('m')}, m.id"
_OWNED = f"""
  MATCH (n)-[e:{"|".join(_OWNED_BY_START)}]->(m)
  RETURN [true, {_EDGE}, CASE WHEN m:{"|".join(SATELLITES)} THEN properties(m) END] AS found
UNION ALL
  MATCH (n)<-[e:{"|".join(sorted(_OWNED_BY_END))}]-(m)
  RETURN [false, {_EDGE}, null] AS found"""


async def read_state(client: Client, nodes: Iterable[Node]) -> State:
    """What the graph holds of ``nodes``: their properties, and the edges that they own with the
    properties of satellites. Nodes that it does not hold are left out.
    """
    state = State()
    by_label: dict[str, list[str]] = {}
    for node in sorted(set(nodes)):
        by_label.setdefault(node.label, []).append(node.id)
    for label, ids in by_label.items():
        for start in range(0, len(ids), BATCH):
            await _read_batch(client, state, label, ids[start : start + BATCH])
    return state


async def _read_batch(client: Client, state: State, label: str, ids: list[str]) -> None:
    rows = await client.read(
        f"""CYPHER 5 replan=skip UNWIND $ids AS id MATCH (n:{label} {{id: id}})
RETURN n.id, labels(n), properties(n), COLLECT {{ {_OWNED} }}""",
        {"ids": ids},
    )
    for id_, labels, properties, edges in rows:
        node = Node(label, id_)
        state.nodes[node] = _stated(label, properties)
        state.labels[node] = tuple(labels)
        for outgoing, type_, edge_properties, other_label, other_id, satellite in edges:
            other = Node(other_label, other_id)
            for name in DERIVED.get(type_, ()):
                edge_properties.pop(name, None)
            start, end = (node, other) if outgoing else (other, node)
            state.edges[Edge(type_, start, end, edge_key(type_, edge_properties))] = edge_properties
            if satellite is not None:
                state.nodes[other] = _stated(other_label, satellite)
                state.labels[other] = (other_label,)


def _stated(label: str, properties: Properties) -> Properties:
    for name in DERIVED_OF_NODES.get(label, ()):
        properties.pop(name, None)
    return properties


async def stated_by(client: Client, origins: Iterable[str]) -> list[Node]:
    """The nodes of which earlier runs of the same imports stated something."""
    rows = await client.read(
        f"""CYPHER 5 UNWIND $origins AS origin
MATCH (n)-[:CITES {{origin: origin}}]->()
RETURN DISTINCT {_LABEL_OF.format("n")}, n.id""",
        {"origins": sorted(origins)},
    )
    return [Node(label, id_) for label, id_ in rows]


async def spoken_of(client: Client, ids: Iterable[str], origins: Iterable[str]) -> set[Node]:
    """The entities of which other imports than ``origins`` state something, and do not only compute
    it.
    """
    rows = await client.read(
        f"""CYPHER 5 UNWIND $ids AS id MATCH (n:Entity {{id: id}})
WHERE EXISTS {{
  MATCH (n)-[e]-() WHERE NOT {IS_COMPUTED}
    AND any(tag IN e.stated WHERE NOT split(tag, '|')[0] IN $origins)
}} OR EXISTS {{
  MATCH (n)-[:{"|".join(sorted(ARMS))}]-()-[c:CITES]->() WHERE NOT c.origin IN $origins
}} OR EXISTS {{
  MATCH (n)-[c:CITES]->() WHERE NOT c.origin IN $origins
}}
RETURN n.id""",
        {"ids": sorted(ids), "origins": sorted(origins)},
    )
    return {Node("Entity", id_) for (id_,) in rows}
