"""All that the graph says of one entity, and the same said of another.

Names, pictures and statements have ids that are made of what they state, so they get other ids
when the entity has another one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph.client import Client
from ingest import details
from ingest.state import ARMS, DERIVED, LABELS, SATELLITES, Edge, Node, Properties, edge_key
from ingest.statements import (
    credit_id,
    external_id,
    image_id,
    name_id,
    relation_id,
    release_id,
)
from ingest.ties import TIES

STATEMENTS: Final = frozenset({"Credit", "Relation", "Release"})
SATELLITE_EDGES: Final = frozenset(SATELLITES.values())

_FEWEST: Final = {"Credit": 3, "Relation": 2, "Release": 1}
"""So many arms a statement has at least."""

_LABEL_OF = f"head([label IN labels({{}}) WHERE label IN {[*LABELS, 'Alias']}])"
_TIED = f"""type(e), properties(e), {_LABEL_OF.format("m")}, m.id, labels(m),
  CASE WHEN m:{"|".join([*SATELLITES, *sorted(STATEMENTS), "Alias"])} THEN properties(m) END"""
_OF_ENTITY = f"""CYPHER 5 MATCH (n:Entity {{id: $id}})-[e:!{"&!".join(TIES)}]-(m)
RETURN 'Entity', n.id, startNode(e) = n, {_TIED}"""
_OF_STATEMENTS = f"""CYPHER 5 MATCH (:Entity {{id: $id}})-[:{"|".join(sorted(ARMS))}]-(n)
WITH DISTINCT n MATCH (n)-[e]-(m)
RETURN {_LABEL_OF.format("n")}, n.id, startNode(e) = n, {_TIED}"""


@dataclass
class Piece:
    """``nodes`` are the entity and what exists because of it: satellites, statements, aliases.
    ``edges`` are all edges of these; they may lead to other nodes.
    """

    nodes: dict[Node, Properties] = field(default_factory=dict)
    labels: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    edges: dict[Edge, Properties] = field(default_factory=dict)

    def arms(self) -> dict[Node, list[Edge]]:
        """The arms of each statement."""
        found: dict[Node, list[Edge]] = {node: [] for node in self.nodes if is_statement(node)}
        for edge in self.edges:
            if edge.type in ARMS:
                found[statement_of(edge)].append(edge)
        return found

    def take(self, other: "Piece", node: Node) -> None:
        self.nodes[node] = other.nodes[node]
        self.labels[node] = other.labels[node]


def is_statement(node: Node) -> bool:
    return node.label in STATEMENTS


def statement_of(arm: Edge) -> Node:
    return arm.start if is_statement(arm.start) else arm.end


async def read_piece(client: Client, id_: str) -> Piece:
    """What the graph says of the entity; empty if it is not there."""
    piece = Piece()
    found = await client.read(
        "CYPHER 5 MATCH (n:Entity {id: $id}) RETURN properties(n), labels(n)", {"id": id_}
    )
    for properties, labels in found:
        piece.nodes[Node("Entity", id_)] = properties
        piece.labels[Node("Entity", id_)] = tuple(labels)
    for statement in (_OF_ENTITY, _OF_STATEMENTS):
        for row in await client.read(statement, {"id": id_}):
            _add(piece, row)
    return piece


def _add(piece: Piece, row: list[Any]) -> None:
    label, id_, outgoing, type_, properties, other_label, other_id, labels, satellite = row
    node, other = Node(label, id_), Node(other_label, other_id)
    for name in DERIVED.get(type_, ()):
        properties.pop(name, None)
    start, end = (node, other) if outgoing else (other, node)
    piece.edges[Edge(type_, start, end, edge_key(type_, properties))] = properties
    if satellite is not None:
        piece.nodes[other], piece.labels[other] = satellite, tuple(labels)


@dataclass
class Renamed:
    """A piece under other ids. ``became`` tells what each of its nodes is now; a relation of a
    thing with itself is none any more.
    """

    piece: Piece
    became: Mapping[Node, Node | None]

    def edge(self, edge: Edge) -> Edge | None:
        start = self.became.get(edge.start, edge.start)
        end = self.became.get(edge.end, edge.end)
        return edge._replace(start=start, end=end) if start and end else None


def renamed(piece: Piece, ids: Mapping[str, str]) -> Renamed:
    """What ``piece`` says, said of other entities: ``ids`` gives their ids for the old ones."""
    became = dict(_became(piece, ids))
    found = Renamed(Piece(), became)
    for node, properties in piece.nodes.items():
        after = became.get(node, node)
        if after:
            found.piece.nodes[after] = {**properties, "id": after.id}
            found.piece.labels[after] = piece.labels[node]
    for edge, properties in piece.edges.items():
        moved = found.edge(edge)
        if moved:
            found.piece.edges[moved] = properties
    return found


def _became(piece: Piece, ids: Mapping[str, str]) -> Iterator[tuple[Node, Node | None]]:
    for old, new in ids.items():
        yield Node("Entity", old), Node("Entity", new)
    for edge in piece.edges:
        if edge.type in SATELLITE_EDGES and edge.start.id in ids:
            owner = ids[edge.start.id]
            yield edge.end, Node(edge.end.label, _satellite(owner, edge.end, piece))
    for node, arms in piece.arms().items():
        if any(end.id in ids for arm in arms for end in (arm.start, arm.end)):
            id_ = _statement(node, arms, piece, ids)
            yield node, Node(node.label, id_) if id_ else None


def _satellite(owner: str, node: Node, piece: Piece) -> str:
    of = piece.nodes[node]
    match node.label:
        case "Name":
            return name_id(owner, of["text"], of.get("language"), of["kind"])
        case "Image":
            return image_id(owner, of["url"])
        case _:
            return external_id(owner, of["site"], of["externalId"])


def _statement(node: Node, arms: list[Edge], piece: Piece, ids: Mapping[str, str]) -> str | None:
    ends = {arm.type: arm.start if arm.end == node else arm.end for arm in arms}
    said = {type_: ids.get(end.id, end.id) for type_, end in ends.items()}
    of = piece.nodes[node]
    if len(arms) < _FEWEST[node.label]:
        return node.id  # something of it is missing: it says nothing that could be compared
    if node.label == "Credit":
        who, what, on = (said[type_] for type_ in ("HAS_CREDIT", "IN_ROLE", "ON"))
        return credit_id(who, what, on, said.get("PLAYS"), of.get("language"))
    if node.label == "Release":
        return release_id(said["HAS_RELEASE"], of.get("region"), of.get("date"), of.get("medium"))
    start, target = (ids.get(arm.start.id, arm.start.id) for arm in arms)
    kind, inverse = (piece.edges[arm]["kind"] for arm in arms)
    return relation_id(start, kind, target, {kind: inverse}) if start != target else None


def united(first: Piece, second: Piece) -> Piece:
    """What both say. Where they say the same, the first one's details count, and who states it
    is who states either.
    """
    found = Piece({**second.nodes, **first.nodes}, {**second.labels, **first.labels}, {})
    for node in first.nodes.keys() & second.nodes.keys():
        if node.label != "Entity":
            found.nodes[node] = details.united(first.nodes[node], second.nodes[node])
    found.edges = {**second.edges, **first.edges}
    for edge in first.edges.keys() & second.edges.keys():
        found.edges[edge] = joined(first.edges[edge], second.edges[edge])
    return found


def joined(first: Properties, second: Properties) -> Properties:
    both = details.united(first, second)
    if "stated" in both:
        both["stated"] = sorted({*first["stated"], *second["stated"]})
    if "rank" in both:
        both["rank"] = min(first["rank"], second["rank"])
    return both
