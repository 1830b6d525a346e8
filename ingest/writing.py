"""Changes into statements: few, each for many rows, in an order in which each finds what it needs.

What is new is created together with what hangs on it, so that nothing is looked up that is at
hand. The entities at both ends of what is written or removed are dated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.client import Step
from ingest.merge import Changes
from ingest.state import (
    COMPUTED,
    DERIVED_OF_NODES,
    IS_COMPUTED,
    KEYS,
    SATELLITES,
    Arm,
    Edge,
    Node,
    Properties,
    State,
)
from ingest.ties import tied, untied

_Row = dict[str, Any]
_Labels = tuple[str, ...]
_Shape = tuple[tuple[str, bool, str, bool], ...]
"""Of every arm: its type, whether it is outgoing, its end's label, whether it has properties."""

_HANG_ON = "\n".join(
    f"FOREACH (each IN row.{label} | CREATE (n)-[e:{type_}]->(m:{label}) "
    "SET e = each[0], m = each[1])"
    for label, type_ in SATELLITES.items()
)
# One that others still speak of stays, without a source of its own. A franchise that loses a
# computed entry is not any more what was computed.
_REMOVED_ENTITY = f"""
WHERE NOT EXISTS {{ (n)-[e]-() WHERE type(e) <> 'MEANS' AND NOT coalesce({IS_COMPUTED}, false) }}
FOREACH (f IN [(n)<-[:HAS_ENTRY]-(f) | f] | SET f.updatedAt = $now)
FOREACH (c IN [(n)<-[:HAS_ENTRY]-()-[c:CITES]->() WHERE c.origin STARTS WITH '{COMPUTED}/' | c] |
  SET c.digest = '')
WITH n OPTIONAL MATCH (other:Alias)-[:MEANS]->(n) DETACH DELETE other"""
_EACH = "UNWIND $rows AS row"
_ONCE = "CYPHER 5 replan=skip"
"""For what finds nodes by their ids alone: no plan gets better as the graph grows."""
_TYPES = frozenset(SATELLITES.values())

SET_EDGE = "SET e = each.properties"
"""What is done to an edge that is written."""


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
        yield from tied(node for node in self.changes.nodes if node in self.new)
        yield from self._changed_nodes()
        yield from self._removed_edges()
        yield from self._written_edges()
        yield from untied(self.changes.removed_nodes)
        yield from self._removed_nodes()

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
            yield _step(f"MATCH (n:Entity {{id: row.id}})\n{_HANG_ON}\n{_dated(['n'])}", rows)

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
            _, arms_shape = shape
            ends = [f"m{at}" for at, (_, _, label, _) in enumerate(arms_shape) if label == "Entity"]
            yield _step(f"{_creation(*shape)}\n{_dated(ends)}", rows)

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
            # What is derived stays on nodes that have some.
            sets = "+=" if labels[0] in DERIVED_OF_NODES else "="
            change = f"SET n:{':'.join(labels[1:])} SET n {sets} row.node"
            yield _step(f"MATCH (n:{labels[0]} {{id: row.id}}) {change}", rows)

    def _removed_edges(self) -> Iterator[Step]:
        return edge_steps("MATCH", "DELETE e", self.changes.removed_edges, {})

    def _written_edges(self) -> Iterator[Step]:
        # What is known not to be there is created: MERGE would look at all that cites a source.
        there = [edge for edge in self.edges if edge in self.present.edges]
        new = [edge for edge in self.edges if edge not in self.present.edges]
        properties = self.changes.edges
        silent = [edge for edge in there if edge in self.changes.silent]
        said = [edge for edge in there if edge not in self.changes.silent]
        yield from edge_steps("MATCH", SET_EDGE, said, properties)
        yield from edge_steps("MATCH", SET_EDGE, silent, properties, dates=False)
        yield from edge_steps("CREATE", SET_EDGE, new, properties)

    def _removed_nodes(self) -> Iterator[Step]:
        # Entities last: by then nothing hangs on them but what others state.
        labels = {node.label for node in self.changes.removed_nodes}
        for label in sorted(labels, key=lambda label: (label == "Entity", label)):
            ids = [node.id for node in self.changes.removed_nodes if node.label == label]
            found = f"MATCH (n:{label} {{id: row}})"
            if label == "Entity":
                found += _REMOVED_ENTITY
            else:
                found += " FOREACH (near IN [(n)--(m:Entity) | m] | SET near.updatedAt = $now)"
            yield Step(f"CYPHER 5 {_EACH} {found} DETACH DELETE n", {"rows": ids})


def _step(
    clauses: str, rows: Sequence[_Row], written: int | None = None, planned: str = _ONCE
) -> Step:
    """A statement that writes something for each row, or so much as ``written`` says."""
    expected = len(rows) if written is None else written
    return Step(f"{planned} {_EACH} {clauses}\nRETURN count(*)", {"rows": rows}, expected)


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
    keyword: str,
    action: str,
    edges: Iterable[Edge],
    properties: Mapping[Edge, Properties],
    *,
    dates: bool = True,
) -> Iterator[Step]:
    """Statements that find (MATCH) or make (CREATE) the edges, and do ``action`` to each. The
    entities at their ends are dated by the parameter `now`, unless that changes nothing on them.
    """
    by_clauses: dict[str, dict[str, list[_Row]]] = {}
    for edge in edges:
        is_told_apart = edge.type in KEYS and keyword == "MATCH"
        key = f" {{{KEYS[edge.type]}: each.key}}" if is_told_apart else ""
        ends = {"a": edge.start, "b": edge.end}
        changed = [name for name, end in ends.items() if dates and end.label == "Entity"]
        clauses = (
            f"MATCH (a:{edge.start.label} {{id: row.start}}) UNWIND row.edges AS each "
            f"MATCH (b:{edge.end.label} {{id: each.end}}) {keyword} (a)-[e:{edge.type}{key}]->(b) "
            f"{action} {_dated(changed)}"
        )
        row = {"end": edge.end.id, "key": edge.key, "properties": properties.get(edge)}
        by_clauses.setdefault(clauses, {}).setdefault(edge.start.id, []).append(row)
    for clauses, by_start in by_clauses.items():
        rows = [{"start": start, "edges": each} for start, each in by_start.items()]
        # Those of one key may be many: the plan has to know how many.
        planned = "CYPHER 5" if "each.key" in clauses else _ONCE
        yield _step(clauses, rows, sum(map(len, by_start.values())), planned)


def _dated(ends: Sequence[str]) -> str:
    """The clause that dates the entities of these names, as many as were not just written."""
    if not ends:
        return ""
    older = f"[near IN [{', '.join(ends)}] WHERE near.updatedAt <> $now]"
    return f"FOREACH (near IN {older} | SET near.updatedAt = $now)"
