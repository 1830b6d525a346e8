"""What the graph holds and what imports want, as what has to change.

A statement lives as long as an import states it. An import that states it alone decides its
details; of those that make it together each has the say over what it was the first to state, and
takes that along when it leaves (`ingest.details`). Importing the same again therefore changes
nothing; what one has left unsaid, because another said otherwise and has left since, comes back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.errors import FilmographError
from ingest import details
from ingest.account import Account, Outcome
from ingest.details import Speakers
from ingest.records import EntityType, Row
from ingest.settle import Stated, display_names, settled_values
from ingest.state import SATELLITES, STATEMENTS, Edge, Node, Properties, State

TYPES = frozenset(EntityType)
CATALOG = "catalog"
IDENTIFYING = frozenset({"CITES", "NAMED", "HAS_EXTERNAL_ID"})

_Owned = Mapping[Node, list[tuple[Edge, Properties]]]


@dataclass
class Changes:
    """What has to be written."""

    nodes: dict[Node, Properties] = field(default_factory=dict)
    edges: dict[Edge, Properties] = field(default_factory=dict)
    removed_edges: list[Edge] = field(default_factory=list)
    removed_nodes: list[Node] = field(default_factory=list)
    silent: set[Edge] = field(default_factory=set)
    """Edges that state what they stated before: only what is kept of their rows differs."""


class Merge:
    """``origins`` are the imports that want, ``ranks`` the sources' ranks, ``held`` the entities
    that these imports drop and others still speak of. ``present`` holds all that ``origins`` have
    stated before, and all that is wanted and there.
    """

    def __init__(
        self,
        origins: Iterable[str],
        ranks: Mapping[str, int],
        present: State,
        wanted: State,
        held: set[Node],
        now: str,
    ) -> None:
        self.origins = frozenset(origins)
        self.ranks = ranks
        self.held = held
        self.present = present
        self.wanted = wanted
        self.now = now
        self.account = Account()
        self.outcomes: dict[Node | Edge, Outcome] = {}
        self.edges: dict[Edge, Properties] = {}
        self.shared: dict[Node, Speakers] = {}
        """Who states those satellites that others state as well."""
        self.cited = {
            edge.start
            for edge in present.edges
            if edge.type == "CITES" and edge.key in self.origins
        }
        """What these imports have spoken of before."""

    def changes(self) -> Changes:
        found = Changes()
        self._merge_edges(found)
        owned = State(edges=self.edges).owned()
        gone = self._unstated(owned)
        touched = self._touched(found)
        for node in sorted(gone):
            found.removed_nodes.append(node)
            self.account.removed[self._label(node)] += 1
        for node in (self.wanted.nodes.keys() | touched) - gone:
            self._merge_node(found, node, owned.get(node, []), node in touched)
        return found

    def count(self, rows: Mapping[Row, Node | Edge]) -> None:
        """Account for the rows that state something: one joins what is there by another's word
        alone.
        """
        for row, stated in rows.items():
            if isinstance(stated, Edge):
                before = self.present.edges.get(stated)
                joins = before is not None and len(self._others(before)) == len(before["stated"])
            else:
                joins = stated in self.present.nodes and stated not in self.cited
            self.account.count(row.table, Outcome.MERGED if joins else self.outcomes[stated])

    def _touched(self, found: Changes) -> set[Node]:
        """Entities and statements of which something changes."""
        edges = [*(found.edges.keys() - found.silent), *found.removed_edges]
        ends = [end for edge in edges for end in (edge.start, edge.end) if end.label in _CITING]
        for node in self.wanted.arms.keys() - self.present.nodes.keys():
            ends += [arm.end for arm in self.wanted.arms[node] if arm.end.label in _CITING]
        known = self.wanted.nodes, self.present.nodes
        return {end for end in ends if any(end in nodes for nodes in known)}

    def _merge_node(
        self, found: Changes, node: Node, owned: list[tuple[Edge, Properties]], touched: bool
    ) -> None:
        before = self.present.nodes.get(node)
        after = self._after(node, before, owned)
        if node.label == "Entity":
            same = not touched and before is not None and _undated(before) == after
            after["updatedAt"] = before["updatedAt"] if same and before else self.now
        if before is None:
            outcome, counts = Outcome.CREATED, self.account.created
        elif after != before or touched:
            outcome, counts = Outcome.UPDATED, self.account.updated
        else:
            outcome, counts = Outcome.UNCHANGED, self.account.unchanged
        self.outcomes[node] = outcome
        counts[self._label(node)] += 1
        if after != before:
            found.nodes[node] = after

    def _after(
        self, node: Node, before: Properties | None, owned: list[tuple[Edge, Properties]]
    ) -> Properties:
        wanted = self.wanted.nodes.get(node, before or {})
        if node.label == "Entity":
            return self._settled(node, before or wanted, owned)
        if before is None:
            return wanted
        if node not in self.wanted.nodes:
            citing = {edge.key for edge, _ in owned if edge.type == "CITES"}
            return details.left(node.label, before, self.origins, citing)
        speakers = self._speakers(node, owned)
        if speakers is None:
            return wanted
        yielding: list[str] = []
        if node.label == "Relation" and not _is_catalog(speakers.own):
            # The passage itself says more than the catalogue's note on it.
            yielding = [each for each in speakers.others if _is_catalog(each)]
        return details.settled(before, wanted, speakers, yielding)

    def _speakers(self, node: Node, owned: list[tuple[Edge, Properties]]) -> Speakers | None:
        """Who states it, if others do."""
        if node.label in SATELLITES:
            # What a name is found by follows from it, whoever states it.
            return None if node.label == "Name" else self.shared.get(node)
        citing = {edge.key for edge, _ in owned if edge.type == "CITES"}
        mine, others = citing & self.origins, citing - self.origins
        return Speakers(min(mine), others, node not in self.cited) if mine and others else None

    def _settled(
        self, node: Node, known: Properties, owned: list[tuple[Edge, Properties]]
    ) -> Properties:
        citations, names = [], []
        for edge, properties in owned:
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
            after = properties if before is None else self._joined(edge, before, properties)
            after = self._ranked(edge, after)
            self.edges[edge] = after
            if before is None:
                self.outcomes[edge] = Outcome.CREATED
            elif after == before:
                self.outcomes[edge] = Outcome.UNCHANGED
                continue
            else:
                self.outcomes[edge] = Outcome.UPDATED
                if _said(before) == _said(after):
                    found.silent.add(edge)
            found.edges[edge] = after

    def _others(self, edge: Properties) -> list[str]:
        """The tags of those imports that state the edge and do not take part."""
        return [tag for tag in edge["stated"] if _origin(tag) not in self.origins]

    def _keep_edge(self, found: Changes, edge: Edge, before: Properties) -> None:
        """An edge that these imports do not want stays if others state it, and so does what an
        entity is called as long as others speak of it.
        """
        if edge.start in self.held and edge.type in IDENTIFYING:
            mine, after = False, before
            if edge.type == "CITES" and edge.key in self.origins:
                after = {name: before[name] for name in _WHERE & before.keys()} | {"digest": ""}
        elif edge.type == "CITES":
            mine, after = edge.key in self.origins, before
        else:
            others = self._others(before)
            mine = not others
            after = before if mine else self._left(found, edge, before, others)
        if mine:
            found.removed_edges.append(edge)
            return
        self.edges[edge] = after
        if after != before:
            found.edges[edge] = after

    def _left(
        self, found: Changes, edge: Edge, before: Properties, others: list[str]
    ) -> Properties:
        """The edge as ``others`` alone state it, and so the satellite that it leads to."""
        if len(others) == len(before["stated"]):
            return before
        origins = set(map(_origin, others))
        satellite = self.present.nodes.get(edge.end) if edge.end.label in SATELLITES else None
        if satellite is not None:
            after = details.left(edge.end.label, satellite, self.origins, origins)
            if after != satellite:
                found.nodes[edge.end] = after
        stays = details.left(edge.type, before, self.origins, origins)
        return self._ranked(edge, {**stays, "stated": others})

    def _ranked(self, edge: Edge, properties: Properties) -> Properties:
        """A name is as good as the best source that states it."""
        if edge.type != "NAMED" or not properties["stated"]:
            return properties
        rank = min(self.ranks[tag.partition("|")[2]] for tag in properties["stated"])
        return {**properties, "rank": rank}

    def _joined(self, edge: Edge, before: Properties, wanted: Properties) -> Properties:
        if "stated" not in wanted:
            return wanted
        others = self._others(before)
        stated = sorted({*others, *wanted["stated"]})
        if not others:
            return {**wanted, "stated": stated}
        own, joins = min(map(_origin, wanted["stated"])), len(others) == len(before["stated"])
        speakers = Speakers(own, {*map(_origin, others)}, joins)
        self.shared[edge.end] = speakers
        return {**details.settled(before, wanted, speakers), "stated": stated}

    def _unstated(self, owned: _Owned) -> set[Node]:
        """Nodes that lost their last statement."""
        unwanted = self.present.nodes.keys() - self.wanted.nodes.keys()
        if not unwanted:
            return set()
        held = {edge.end for edge in self.edges}
        cited = {edge.start for edge in self.present.edges if edge.type == "CITES"}
        gone = set()
        for node in unwanted:
            if node.label in SATELLITES:
                lost = node not in held
            else:
                cites = any(edge.type == "CITES" for edge, _ in owned.get(node, []))
                lost = node in cited and not cites
            if lost:
                gone.add(node)
        return gone


_CITING = STATEMENTS | {"Entity"}
_WHERE = frozenset({"origin", "url", "retrievedAt"})
_KEPT = frozenset({"digest", "remarks"})


def _said(citation: Properties) -> Properties:
    """What is stated, without what is kept of the rows that it was read from."""
    return {name: value for name, value in citation.items() if name not in _KEPT}


def _origin(tag: str) -> str:
    return tag.partition("|")[0]


def _undated(entity: Properties) -> Properties:
    return {name: value for name, value in entity.items() if name != "updatedAt"}


def _is_catalog(origin: str) -> bool:
    return origin == CATALOG or origin.startswith(f"{CATALOG}/")
