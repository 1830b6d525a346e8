"""What is kept of an entity that was merged into another, on its alias: enough to part the two."""

import json
from dataclasses import dataclass
from typing import Any, Final

from ingest.merging.piece import Piece, Renamed
from ingest.state import Edge, Node, Properties

FORM: Final = 1


@dataclass(frozen=True)
class Record:
    """``into`` is the id of what it was merged into, ``merged`` all that was said of it, ``shared``
    what was said of the other as well, or of both together, as it was then. ``origins`` are the
    imports that spoke of the other at all.
    """

    into: str
    merged: Piece
    shared: Piece
    origins: frozenset[str]

    @classmethod
    def of(cls, into: str, kept: Piece, merged: Piece, moved: Renamed) -> "Record":
        shared = Piece()
        for node in kept.nodes.keys() & moved.piece.nodes.keys():
            if node.label != "Entity":
                shared.take(kept, node)
        for edge in kept.edges.keys() & moved.piece.edges.keys():
            shared.edges[edge] = kept.edges[edge]
        return cls(into, merged, shared, frozenset(origins(kept)))

    def text(self) -> str:
        found = {
            "form": FORM,
            "into": self.into,
            "merged": _written(self.merged),
            "shared": _written(self.shared),
            "origins": sorted(self.origins),
        }
        return json.dumps(found, ensure_ascii=False, sort_keys=True)

    @classmethod
    def parse(cls, text: str) -> "Record":
        found = json.loads(text)
        merged, shared = _read(found["merged"]), _read(found["shared"])
        return cls(found["into"], merged, shared, frozenset(found["origins"]))


def origins(piece: Piece) -> set[str]:
    """The imports that state any of it."""
    return {origin for properties in piece.edges.values() for origin in origins_of(properties)}


def origins_of(edge: Properties) -> set[str]:
    """The imports that state the edge; none for an arm, whose statement cites them."""
    tags = {tag.partition("|")[0] for tag in edge.get("stated", ())}
    return tags | ({edge["origin"]} if "origin" in edge else set())


def _written(piece: Piece) -> dict[str, Any]:
    nodes = [[node, piece.labels[node], piece.nodes[node]] for node in sorted(piece.nodes)]
    return {"nodes": nodes, "edges": [[edge, piece.edges[edge]] for edge in sorted(piece.edges)]}


def _read(found: dict[str, Any]) -> Piece:
    piece = Piece()
    for node, labels, properties in found["nodes"]:
        piece.nodes[Node(*node)] = properties
        piece.labels[Node(*node)] = tuple(labels)
    for (type_, start, end, key), properties in found["edges"]:
        piece.edges[Edge(type_, Node(*start), Node(*end), key)] = properties
    return piece
