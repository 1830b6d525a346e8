"""From one piece of the graph to another: the entity's own values, and the statements that write
what differs.
"""

from collections.abc import Iterable, Iterator, Mapping

from graph.client import Step
from graph.errors import FilmographError
from ingest.merging.piece import Piece
from ingest.settle import Stated, display_names, settled_values
from ingest.state import Node, Properties
from ingest.ties import tied, untied
from ingest.writing import SET_EDGE, edge_steps

_PREFIX = "CYPHER 5 UNWIND $rows AS row"


def settle(piece: Piece, id_: str, slug: str, ranks: Mapping[str, int], now: str) -> None:
    """Give the entity the values and names that its sources state; they rank as in ``ranks``."""
    node = Node("Entity", id_)
    citations, names = [], []
    for edge, properties in piece.edges.items():
        if edge.start == node and edge.type == "CITES":
            citations.append(Stated(ranks[edge.end.id], properties))
        elif edge.start == node and edge.type == "NAMED":
            tags = [ranks[tag.partition("|")[2]] for tag in properties["stated"]]
            piece.edges[edge] = {**properties, "rank": min(tags, default=properties["rank"])}
            names.append(Stated(piece.edges[edge]["rank"], piece.nodes[edge.end]))
    if not names:
        raise FilmographError(f"No source states a name of {id_!r} any more")
    values = {**settled_values(citations), **display_names(names)}
    piece.nodes[node] = {**values, "id": id_, "slug": slug, "updatedAt": now}


def difference(before: Piece, after: Piece, now: str) -> Iterator[Step]:
    """The statements that make ``after`` of ``before``, at the time ``now``."""
    removed, made = (
        before.nodes.keys() - after.nodes.keys(),
        after.nodes.keys() - before.nodes.keys(),
    )
    yield from untied(removed)
    yield from _removed_nodes(removed, now)
    yield from _new_nodes(after, sorted(made))
    kept = after.nodes.keys() & before.nodes.keys()
    yield from _changed_nodes(after, [n for n in kept if before.nodes[n] != after.nodes[n]])
    gone = [
        edge
        for edge in before.edges.keys() - after.edges.keys()
        if not {edge.start, edge.end} & removed
    ]
    new = after.edges.keys() - before.edges.keys()
    changed = [
        edge
        for edge in after.edges.keys() & before.edges.keys()
        if before.edges[edge] != after.edges[edge]
    ]
    for step in (
        *edge_steps("MATCH", "DELETE e", sorted(gone), {}),
        *edge_steps("CREATE", SET_EDGE, sorted(new), after.edges),
        *edge_steps("MATCH", SET_EDGE, sorted(changed), after.edges),
    ):
        yield step._replace(parameters={**step.parameters, "now": now})
    yield from tied(made)


def _removed_nodes(nodes: Iterable[Node], now: str) -> Iterator[Step]:
    """What an entity was tied to has one tie less then, and is dated for that."""
    dated = "FOREACH (near IN [(n)--(m:Entity) | m] | SET near.updatedAt = $now)"
    for label, ids in _by_label(nodes).items():
        found = f"MATCH (n:{label} {{id: row}}) {dated if label == 'Entity' else ''}"
        yield Step(f"{_PREFIX} {found} DETACH DELETE n", {"rows": ids, "now": now})


def _new_nodes(piece: Piece, nodes: Iterable[Node]) -> Iterator[Step]:
    by_labels: dict[tuple[str, ...], list[Properties]] = {}
    for node in nodes:
        by_labels.setdefault(piece.labels[node], []).append(piece.nodes[node])
    for labels, rows in by_labels.items():
        yield Step(f"{_PREFIX} CREATE (n:{':'.join(labels)}) SET n = row", {"rows": rows})


def _changed_nodes(piece: Piece, nodes: Iterable[Node]) -> Iterator[Step]:
    for label, ids in _by_label(nodes).items():
        rows = [piece.nodes[Node(label, id_)] for id_ in ids]
        yield Step(f"{_PREFIX} MATCH (n:{label} {{id: row.id}}) SET n = row", {"rows": rows})


def _by_label(nodes: Iterable[Node]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in sorted(nodes):
        found.setdefault(node.label, []).append(node.id)
    return found
