"""Records into the graph: only what differs is written, and what an import no longer states goes.

A statement lives as long as an import states it. An import that states it alone decides its
details; one that joins others only fills gaps. Importing the same again therefore writes
nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from graph.client import Client
from graph.errors import FilmographError
from ingest.franchises import RANKING
from ingest.records import Dataset, EntityType
from ingest.settle import Stated, display_names, settled_values
from ingest.state import KEYS, Edge, Node, Properties, State, read_state, spoken_of, stated_by
from ingest.statements import Statements

TYPES = frozenset(EntityType)
ATTEMPTS = 10
WRITING_SECONDS = 600.0
"""How long an import may write: it is no request that somebody waits for."""
CATALOG = "catalog"
IDENTIFYING = frozenset({"CITES", "NAMED", "HAS_EXTERNAL_ID"})
SATELLITES = frozenset({"Name", "Image", "ExternalId"})
FIXED = frozenset({"Role", "Source"})


@dataclass
class Account:
    """How many nodes an import created, changed, found as they should be, and removed, by label."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)

    @property
    def writes(self) -> bool:
        return bool(self.created or self.updated or self.removed)


@dataclass
class Changes:
    """What has to be written."""

    nodes: dict[Node, Properties] = field(default_factory=dict)
    edges: dict[Edge, Properties] = field(default_factory=dict)
    removed_edges: list[Edge] = field(default_factory=list)
    removed_nodes: list[Node] = field(default_factory=list)


async def upsert(client: Client, dataset: Dataset) -> Account:
    """Make the graph hold ``dataset``, and nothing else by its origin.

    Imports may run at once: one that finds that another has written in between reads again.
    Raises FilmographError for a reference to what is neither in the dataset nor in the graph.
    """
    for _ in range(ATTEMPTS):
        number = await _imports(client)
        try:
            return await _upsert(client, dataset, number)
        except FilmographError:
            if await _imports(client) == number:
                raise
    raise FilmographError("Other imports are writing all the time; try again when they are done")


async def _imports(client: Client) -> int:
    """How many imports have written so far."""
    ((number,),) = await client.read("CYPHER 5 MATCH (i:Import) RETURN coalesce(max(i.number), 0)")
    return int(number)


async def _upsert(client: Client, dataset: Dataset, number: int) -> Account:
    kinds = await client.read("CYPHER 5 MATCH (k:RelationKind)-[:INVERSE]->(i) RETURN k.id, i.id")
    ranks = await client.read("CYPHER 5 MATCH (s:Source) RETURN s.id, s.rank")
    roles = await client.read("CYPHER 5 MATCH (r:Role) RETURN r.id")
    wanted = Statements(dataset, {kind: inverse for kind, inverse in kinds}).build()
    ends = {end for edge in wanted.edges for end in (edge.start, edge.end)}
    known = [*wanted.nodes, *ends, *await stated_by(client, dataset.origin)]
    present = await read_state(client, {node for node in known if node.label not in FIXED})
    fixed = {Node("Role", id_) for (id_,) in roles} | {Node("Source", id_) for id_, _ in ranks}
    _check_references(wanted, present, fixed)
    await _give_slugs(client, wanted, present)
    dropped = [n.id for n in present.read - wanted.nodes.keys() if n.label == "Entity"]
    held = await spoken_of(client, dropped, dataset.origin)
    merge = Merge(dataset.origin, dict(map(tuple, ranks)), present, wanted, held)
    steps = _steps(merge.changes(), present, wanted)
    if steps:
        # Its number is unique: of two imports that have read the same graph, one writes.
        record = "CYPHER 5 CREATE (:Import {number: $number, origin: $origin, at: $at})"
        made = {"number": number + 1, "origin": dataset.origin, "at": merge.now}
        writes = [(record, made), *steps, (RANKING, {})]
        await client.write_all(writes, timeout=WRITING_SECONDS)
    return merge.account


def _check_references(wanted: State, present: State, fixed: set[Node]) -> None:
    known = wanted.nodes.keys() | present.nodes.keys() | fixed
    missing = sorted(
        f"{end.label} {end.id!r} (in {edge.type} of {edge.start.id!r})"
        for edge in wanted.edges
        for end in (edge.start, edge.end)
        if end not in known
    )
    if missing:
        listed = "; ".join(missing[:10]) + ("; ..." if len(missing) > 10 else "")
        raise FilmographError(f"Neither in the import nor in the graph: {listed}")


async def _give_slugs(client: Client, wanted: State, present: State) -> None:
    """A slug is permanent once given, and unique among things of one type: a taken one gets a
    number.
    """
    new: dict[str, list[Node]] = {}
    for node, properties in wanted.nodes.items():
        if node.label != "Entity":
            continue
        if node in present.nodes:
            properties["slug"] = present.nodes[node]["slug"]
        else:
            new.setdefault(wanted.labels[node][-1], []).append(node)
    for label, nodes in new.items():
        slugs = {wanted.nodes[node]["slug"] for node in nodes}
        rows = await client.read(
            f"""CYPHER 5 UNWIND $slugs AS slug
MATCH (n:{label}) WHERE n.slug STARTS WITH slug RETURN DISTINCT n.slug""",
            {"slugs": sorted(slugs)},
        )
        taken = {slug for (slug,) in rows}
        for node in nodes:
            slug = wanted.nodes[node]["slug"]
            number = 2
            while slug in taken:
                slug = f"{wanted.nodes[node]['slug']}-{number}"
                number += 1
            taken.add(slug)
            wanted.nodes[node]["slug"] = slug


class Merge:
    """What is present and what one import wants, as what has to change."""

    def __init__(
        self,
        origin: str,
        ranks: Mapping[str, int],
        present: State,
        wanted: State,
        held: set[Node],
    ) -> None:
        """``held``: entities that this import drops and others still speak of."""
        self.origin = origin
        self.ranks = ranks
        self.held = held
        self.present = present
        self.wanted = wanted
        self.account = Account()
        self.edges: dict[Edge, Properties] = {}
        self.now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def changes(self) -> Changes:
        found = Changes()
        self._merge_edges(found)
        outgoing = State(edges=self.edges).outgoing()
        gone = self._unstated(outgoing)
        touched = self._touched(found)
        for node in sorted(gone):
            found.removed_nodes.append(node)
            self.account.removed[self._label(node)] += 1
        for node in (self.wanted.nodes.keys() | touched) - gone:
            self._merge_node(found, node, outgoing.get(node, []), node in touched)
        return found

    def _touched(self, found: Changes) -> set[Node]:
        """Entities of which something changes."""
        edges = [*found.edges, *found.removed_edges]
        ends = {end for edge in edges for end in (edge.start, edge.end)}
        known = self.present.read | self.wanted.nodes.keys()
        return {node for node in ends if node.label == "Entity" and node in known}

    def _merge_node(
        self,
        found: Changes,
        node: Node,
        outgoing: list[tuple[Edge, Properties]],
        touched: bool,
    ) -> None:
        before = self.present.nodes.get(node)
        wanted = self.wanted.nodes.get(node, before or {})
        if node.label == "Entity":
            after = self._settled(node, before or wanted, outgoing)
        elif before is None or self._alone(node, outgoing):
            after = wanted
        elif node.label == "Relation" and not self.origin.startswith(CATALOG):
            # The passage itself says more than the catalogue's note on it.
            after = {**before, **wanted}
        else:
            after = {**wanted, **before}
        if node.label == "Entity":
            same = before is not None and {**before, "updatedAt": None} == {
                **after,
                "updatedAt": None,
            }
            after["updatedAt"] = (
                before["updatedAt"] if same and not touched and before else self.now
            )
        if before is None:
            self.account.created[self._label(node)] += 1
        elif after != before or touched:
            self.account.updated[self._label(node)] += 1
        else:
            self.account.unchanged[self._label(node)] += 1
        if after != before:
            found.nodes[node] = after

    def _alone(self, node: Node, outgoing: list[tuple[Edge, Properties]]) -> bool:
        if node.label in SATELLITES:
            return True
        return all(edge.key == self.origin for edge, _ in outgoing if edge.type == "CITES")

    def _settled(
        self, node: Node, known: Properties, outgoing: list[tuple[Edge, Properties]]
    ) -> Properties:
        citations, names = [], []
        for edge, properties in outgoing:
            if edge.type == "CITES":
                citations.append(Stated(self.ranks[edge.end.id], properties))
            elif edge.type == "NAMED":
                name = self.wanted.nodes.get(edge.end) or self.present.nodes[edge.end]
                names.append(Stated(properties["rank"], name))
        if not names:
            raise FilmographError(f"{node.id!r} has no name")
        fixed = {name: known[name] for name in ("id", "slug")}
        return {**settled_values(citations), **display_names(names), **fixed}

    def _label(self, node: Node) -> str:
        labels = self.wanted.labels.get(node) or self.present.labels[node]
        return next((label for label in labels if label in TYPES), node.label)

    def _merge_edges(self, found: Changes) -> None:
        for edge, properties in self.present.edges.items():
            if edge not in self.wanted.edges:
                self._keep_edge(found, edge, properties)
        for edge, properties in self.wanted.edges.items():
            before = self.present.edges.get(edge)
            after = properties if before is None else self._joined(before, properties)
            after = self._ranked(edge, after)
            self.edges[edge] = after
            if after != before:
                found.edges[edge] = after

    def _others(self, stated: Iterable[str]) -> list[str]:
        return [tag for tag in stated if not tag.startswith(f"{self.origin}|")]

    def _keep_edge(self, found: Changes, edge: Edge, before: Properties) -> None:
        """An edge that this import does not want stays if others state it, and so does what an
        entity is called as long as others speak of it.
        """
        if edge.start in self.held and edge.type in IDENTIFYING:
            mine, after = False, before
        elif edge.type == "CITES":
            mine, after = edge.key == self.origin, before
        else:
            others = self._others(before["stated"])
            mine, after = not others, self._ranked(edge, {**before, "stated": others})
        if mine:
            found.removed_edges.append(edge)
            return
        self.edges[edge] = after
        if after != before:
            found.edges[edge] = after

    def _ranked(self, edge: Edge, properties: Properties) -> Properties:
        """A name is as good as the best source that states it."""
        if edge.type != "NAMED" or not properties["stated"]:
            return properties
        rank = min(self.ranks[tag.split("|")[1]] for tag in properties["stated"])
        return {**properties, "rank": rank}

    def _joined(self, before: Properties, wanted: Properties) -> Properties:
        if "stated" not in wanted:
            return wanted
        others = self._others(before["stated"])
        details = {**wanted, **before} if others else wanted
        return {**details, "stated": sorted({*others, *wanted["stated"]})}

    def _unstated(self, outgoing: Mapping[Node, list[tuple[Edge, Properties]]]) -> set[Node]:
        """Nodes that lost their last statement."""
        held = {edge.end for edge in self.edges}
        gone = set()
        for node in self.present.nodes:
            if node in self.wanted.nodes or node.label in FIXED:
                continue
            if node.label in SATELLITES:
                lost = node not in held
            else:
                was_cited = any(
                    edge.type == "CITES" and edge.start == node for edge in self.present.edges
                )
                cited = any(edge.type == "CITES" for edge, _ in outgoing.get(node, []))
                lost = was_cited and not cited
            if lost:
                gone.add(node)
        return gone


def _steps(
    changes: Changes, present: State, wanted: State
) -> list[tuple[str, Mapping[str, object]]]:
    """The statements that make the changes, in an order in which each finds what it needs."""
    steps: list[tuple[str, Mapping[str, object]]] = []
    by_labels: dict[tuple[str, ...], list[Properties]] = {}
    for node, properties in changes.nodes.items():
        labels = wanted.labels.get(node) or present.labels[node]
        by_labels.setdefault((node.label, *sorted(labels)), []).append(
            {**properties, "id": node.id}
        )
    for (label, *others), nodes in by_labels.items():
        steps.append(
            (
                f"CYPHER 5 UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) "
                f"SET n:{':'.join([label, *others])} SET n = row",
                {"rows": nodes},
            )
        )
    for match, edges in _by_pattern(changes.removed_edges).items():
        steps.append((f"{match} DELETE e", {"rows": [_row(edge) for edge in edges]}))
    # What is known not to be there is created: MERGE would look through all that cites a source.
    for keyword, wanted_edges in (
        ("CREATE", [edge for edge in changes.edges if edge not in present.edges]),
        ("MATCH", [edge for edge in changes.edges if edge in present.edges]),
    ):
        for pattern, edges in _by_pattern(wanted_edges, keyword).items():
            rows = [{**_row(edge), "properties": changes.edges[edge]} for edge in edges]
            steps.append((f"{pattern} SET e = row.properties", {"rows": rows}))
    for label in sorted({node.label for node in changes.removed_nodes}):
        ids = [node.id for node in changes.removed_nodes if node.label == label]
        # An entity that others still speak of stays, without a source of its own.
        condition = "WHERE NOT EXISTS {(n)--()}" if label == "Entity" else ""
        found = f"CYPHER 5 UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
        steps.append((f"{found} {condition} DETACH DELETE n", {"ids": ids}))
    return steps


def _row(edge: Edge) -> Properties:
    return {"start": edge.start.id, "end": edge.end.id, "key": edge.key}


def _by_pattern(edges: Iterable[Edge], keyword: str = "MATCH") -> dict[str, list[Edge]]:
    """The edges by the clauses that find (or make) them."""
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        is_told_apart = edge.type in KEYS and keyword == "MATCH"
        key = f" {{{KEYS[edge.type]}: row.key}}" if is_told_apart else ""
        clauses = (
            f"CYPHER 5 UNWIND $rows AS row MATCH (a:{edge.start.label} {{id: row.start}}) "
            f"MATCH (b:{edge.end.label} {{id: row.end}}) {keyword} (a)-[e:{edge.type}{key}]->(b)"
        )
        found.setdefault(clauses, []).append(edge)
    return found
