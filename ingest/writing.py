"""Changes into statements: few, each for many rows, in an order in which each finds what it needs.

What is new is created together with what hangs on it, so that nothing is looked up that is at
hand. The entities at both ends of what is written or removed are dated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.client import Step
from ingest.merge import Changes
from ingest.state import KEYS, SATELLITES, Arm, Edge, Node, Properties, State

_Row = dict[str, Any]
_Labels = tuple[str, ...]
_Shape = tuple[tuple[str, bool, str, bool], ...]
"""Of every arm: its type, whether it is outgoing, its end's label, whether it has properties."""

_HANG_ON = "\n".join(
    f"FOREACH (each IN row.{label} | CREATE (n)-[e:{type_}]->(m:{label}) "
    "SET e = each[0], m = each[1])"
    for label, type_ in SATELLITES.items()
)
_TYPES = frozenset(SATELLITES.values())


def steps(changes: Changes, present: State, wanted: State, now: str) -> Iterator[Step]:
    """The statements that make the changes, at the time ``now``."""
    for writing in _Writing(changes, present, wanted).all():
        yield writing._replace(parameters={**writing.parameters, "now": now})


class _Writing:
    def __init__(self, changes: Changes, present: State, wanted: State) -> None:
        self.changes = changes
        self.present = present
        self.wanted = wanted
        self.new = {node for node in changes.nodes if node not in present.nodes}
        self.satellites: dict[Node, _Row] = {}
        self.citations: dict[Node, list[Edge]] = {}
        self.edges: list[Edge] = []
        for edge in changes.edges:
            self._sort(edge)

    def _sort(self, edge: Edge) -> None:
        """What is created with a new node is no edge by itself."""
        if edge.type in _TYPES and edge.end in self.new:
            row = self.satellites.setdefault(edge.start, {label: [] for label in SATELLITES})
            row[edge.end.label].append([self.changes.edges[edge], self.changes.nodes[edge.end]])
        elif edge.type == "CITES" and edge.start in self.new:
            self.citations.setdefault(edge.start, []).append(edge)
        else:
            self.edges.append(edge)

    def all(self) -> Iterator[Step]:
        yield from self._new_entities()
        yield from self._new_satellites()
        yield from self._new_statements()
        yield from self._changed_nodes()
        yield from self._removed_edges()
        yield from self._written_edges()
        yield from self._removed_nodes()
        yield from self._dated()

    def _new_entities(self) -> Iterator[Step]:
        by_shape: dict[tuple[_Labels, _Shape], list[_Row]] = {}
        for node in self.changes.nodes:
            if node.label == "Entity" and node in self.new:
                cites = list(self._cites(node))
                row = {
                    **self.satellites.pop(node, {}),
                    "node": self.changes.nodes[node],
                    "ends": [arm.end.id for arm in cites],
                    "details": [arm.properties for arm in cites],
                }
                shape = self.wanted.labels[node], _shape(cites)
                by_shape.setdefault(shape, []).append(row)
        for shape, rows in by_shape.items():
            yield _step(f"{_creation(*shape)}\n{_HANG_ON}", rows)

    def _new_satellites(self) -> Iterator[Step]:
        rows = [{**row, "id": node.id} for node, row in self.satellites.items()]
        if rows:
            yield _step(f"MATCH (n:Entity {{id: row.id}})\n{_HANG_ON}", rows)

    def _new_statements(self) -> Iterator[Step]:
        by_shape: dict[tuple[_Labels, _Shape], list[_Row]] = {}
        for node in self.changes.nodes:
            if node in self.new and node in self.wanted.arms:
                arms = [*self.wanted.arms[node], *self._cites(node)]
                row = {
                    "node": self.changes.nodes[node],
                    "ends": [arm.end.id for arm in arms],
                    "details": [arm.properties for arm in arms],
                }
                by_shape.setdefault(((node.label,), _shape(arms)), []).append(row)
        for shape, rows in by_shape.items():
            yield _step(_creation(*shape), rows)

    def _cites(self, node: Node) -> Iterator[Arm]:
        for edge in self.citations.get(node, []):
            yield Arm(edge.type, True, edge.end, self.changes.edges[edge])

    def _changed_nodes(self) -> Iterator[Step]:
        by_labels: dict[tuple[str, ...], list[_Row]] = {}
        for node, properties in self.changes.nodes.items():
            if node not in self.new:
                labels = (node.label, *self.wanted.labels.get(node, self.present.labels[node]))
                by_labels.setdefault(labels, []).append({"id": node.id, "node": properties})
        for labels, rows in by_labels.items():
            change = f"SET n:{':'.join(labels[1:])} SET n = row.node"
            yield _step(f"MATCH (n:{labels[0]} {{id: row.id}}) {change}", rows)

    def _removed_edges(self) -> Iterator[Step]:
        return edge_steps("MATCH", "DELETE e", self.changes.removed_edges, {})

    def _written_edges(self) -> Iterator[Step]:
        # What is known not to be there is created: MERGE would look at all that cites a source.
        there = [edge for edge in self.edges if edge in self.present.edges]
        new = [edge for edge in self.edges if edge not in self.present.edges]
        for keyword, edges in (("MATCH", there), ("CREATE", new)):
            yield from edge_steps(keyword, "SET e = row.properties", edges, self.changes.edges)

    def _dated(self) -> Iterator[Step]:
        """What was not compared gets its date here."""
        written = self.changes.edges.keys() - self.changes.silent
        edges = [*written, *self.changes.removed_edges]
        ends = [end for edge in edges for end in (edge.start, edge.end) if end.label == "Entity"]
        for node in self.new & self.wanted.arms.keys():
            ends += [arm.end for arm in self.wanted.arms[node] if arm.end.label == "Entity"]
        ids = sorted({end.id for end in ends if end not in self.changes.nodes})
        if ids:
            yield Step(
                "CYPHER 5 UNWIND $rows AS row MATCH (n:Entity {id: row}) "
                "WHERE n.updatedAt <> $now SET n.updatedAt = $now",
                {"rows": ids},
            )

    def _removed_nodes(self) -> Iterator[Step]:
        # Entities last: by then nothing hangs on them but what others state.
        labels = {node.label for node in self.changes.removed_nodes}
        for label in sorted(labels, key=lambda label: (label == "Entity", label)):
            ids = [node.id for node in self.changes.removed_nodes if node.label == label]
            found = f"MATCH (n:{label} {{id: row}})"
            if label == "Entity":
                # One that others still speak of stays, without a source of its own.
                found += (
                    " WHERE NOT EXISTS { (n)-[e]-() WHERE type(e) <> 'MEANS' }"
                    " OPTIONAL MATCH (other:Alias)-[:MEANS]->(n) DETACH DELETE other"
                )
            else:
                found += " FOREACH (near IN [(n)--(m:Entity) | m] | SET near.updatedAt = $now)"
            yield Step(f"CYPHER 5 UNWIND $rows AS row {found} DETACH DELETE n", {"rows": ids})


def _step(clauses: str, rows: Sequence[_Row]) -> Step:
    """A statement that writes something for each row."""
    return Step(
        f"CYPHER 5 UNWIND $rows AS row {clauses}\nRETURN count(*)", {"rows": rows}, len(rows)
    )


def _shape(arms: Iterable[Arm]) -> _Shape:
    return tuple((arm.type, arm.outgoing, arm.end.label, bool(arm.properties)) for arm in arms)


def _creation(labels: _Labels, shape: _Shape) -> str:
    """The clauses that create a node with arms of this shape."""
    ends = [f"(m{at}:{label} {{id: row.ends[{at}]}})" for at, (_, _, label, _) in enumerate(shape)]
    created = [
        f"CREATE (n)-[e{at}:{type_}]->(m{at})"
        if outgoing
        else f"CREATE (m{at})-[e{at}:{type_}]->(n)"
        for at, (type_, outgoing, _, _) in enumerate(shape)
    ]
    told = [f"e{at} = row.details[{at}]" for at, (*_, details) in enumerate(shape) if details]
    found = f"MATCH {', '.join(ends)}\n" if ends else ""
    return (
        f"{found}CREATE (n:{':'.join(labels)})\n"
        + "\n".join(created)
        + f"\nSET {', '.join(['n = row.node', *told])}"
    )


def edge_steps(
    keyword: str, action: str, edges: Iterable[Edge], properties: Mapping[Edge, Properties]
) -> Iterator[Step]:
    """Statements that find (MATCH) or make (CREATE) the edges, and do ``action`` to each."""
    by_clauses: dict[str, list[_Row]] = {}
    for edge in edges:
        is_told_apart = edge.type in KEYS and keyword == "MATCH"
        key = f" {{{KEYS[edge.type]}: row.key}}" if is_told_apart else ""
        clauses = (
            f"MATCH (a:{edge.start.label} {{id: row.start}}) MATCH (b:{edge.end.label} "
            f"{{id: row.end}}) {keyword} (a)-[e:{edge.type}{key}]->(b) {action}"
        )
        row = {"start": edge.start.id, "end": edge.end.id, "key": edge.key}
        by_clauses.setdefault(clauses, []).append({**row, "properties": properties.get(edge)})
    for clauses, rows in by_clauses.items():
        yield _step(clauses, rows)
