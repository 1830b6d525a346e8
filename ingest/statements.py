"""Records to nodes and edges: what the graph looks like that holds some datasets.

Ids of statements are made of what they state, so that two sources that state the same meet in
one node.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2s
from typing import NamedTuple

from ingest.identity import folded, sort_name, stored_key
from ingest.records import (
    Appearance,
    Citation,
    Cited,
    Credit,
    Dataset,
    Entity,
    EntityType,
    KeptList,
    Relation,
    Release,
    Row,
)
from ingest.sound import spelled
from ingest.state import Arm, Edge, Node, Properties, State

LABELS = {
    EntityType.WORK: ("Entity", "Creation", "Work"),
    EntityType.SEGMENT: ("Entity", "Creation", "Segment"),
    EntityType.SOUNDTRACK: ("Entity", "Creation", "Soundtrack"),
    EntityType.TRACK: ("Entity", "Creation", "Track"),
    EntityType.PERSON: ("Entity", "Contributor", "Person"),
    EntityType.ORGANIZATION: ("Entity", "Contributor", "Organization"),
    EntityType.CHARACTER: ("Entity", "Character"),
    EntityType.FRANCHISE: ("Entity", "Franchise"),
    EntityType.TERM: ("Entity", "Term"),
}
MAYBE_ROMANIZED = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.CHARACTER})
PARENT_EDGES = {EntityType.SEGMENT: "HAS_SEGMENT", EntityType.TRACK: "HAS_TRACK"}


def digest(*parts: str | None) -> str:
    """A permanent id for a statement, from what it states."""
    text = "\x1f".join(part or "" for part in parts)
    return blake2s(text.encode(), digest_size=10).hexdigest()


def credit_id(
    contributor: str, role: str, on: str, character: str | None, language: str | None
) -> str:
    return f"credit:{digest(contributor, role, on, character, language)}"


def release_id(work: str, region: str | None, date: str | None, medium: str | None) -> str:
    return f"release:{digest(work, region, date, medium)}"


def name_id(entity: str, text: str, language: str | None, kind: str) -> str:
    return digest(entity, text, language, kind)


def image_id(entity: str, url: str) -> str:
    return digest(entity, url)


def external_id(entity: str, site: str, id_: str) -> str:
    return digest(entity, site, id_)


def _present(**properties: str | int | float | None) -> Properties:
    return {name: value for name, value in properties.items() if value is not None}


def relation_id(start: str, kind: str, target: str, inverses: Mapping[str, str]) -> str:
    """The id of a relation, the same from both of its ends."""
    (first, read_as), (second, _) = sorted(_ends(start, kind, target, inverses))
    return f"relation:{digest(first, read_as, second)}"


def _ends(
    start: str, kind: str, target: str, inverses: Mapping[str, str]
) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both ends, each with the kind as read from there."""
    return (start, kind), (target, inverses[kind])


def _entity(id_: str) -> Node:
    return Node("Entity", id_)


class Remembered(NamedTuple):
    """What is kept of a part on the citation of its entity or statement ``id``: the digest of what
    it was read from, and whether there are ``remarks`` on it.
    """

    id: str
    origin: str
    digest: str
    remarks: bool


class Statements:
    """Builds the state that datasets ask for. ``inverses``: a relation kind's id to its
    inverse's.
    """

    def __init__(self, inverses: Mapping[str, str]) -> None:
        self.inverses = inverses
        self.state = State()
        self.rows: dict[Row, Node | Edge] = {}
        """What a row states."""
        self.merged: set[Row] = set()
        """Rows that state what another row of the datasets states as well."""
        self._said: dict[Node | Edge, Row] = {}
        self._citations: dict[tuple[str, str], Edge] = {}
        self._first: dict[str, Edge] = {}

    def add(self, data: Dataset) -> None:
        of = _Dataset(self, data.origin)
        for entity in data.entities:
            of.entity(entity)
        for credit in data.credits:
            of.credit(credit)
        for relation in data.relations:
            of.relation(relation)
        for release in data.releases:
            of.release(release)
        for kept in data.lists:
            of.list(kept)
        for appearance in data.appearances:
            of.appearance(appearance)
        for tagging in data.taggings:
            votes = _present(votes=tagging.votes)
            of.edge("HAS_TERM", tagging.creation, tagging.term, tagging.cited, votes)
        for use in data.music_uses:
            of.edge("USED_IN", use.track, use.on, use.cited, {"use": use.use}, use.use)
        for scoring in data.scorings:
            of.edge("HAS_SOUNDTRACK", scoring.work, scoring.soundtrack, scoring.cited)
        for entry in data.franchise_entries:
            position = _present(position=entry.position)
            of.edge("HAS_ENTRY", entry.franchise, entry.work, entry.cited, position)
        of.cite_owners()

    def remember(self, part: Remembered) -> None:
        # What was merged has another id: then it is the first thing that the part speaks of.
        first = self._first.get(part.origin)
        edge = self._citations.get((part.id, part.origin), first)
        if edge is not None:
            remarks = {"remarks": True} if part.remarks else {}
            self.state.edges[edge].update({"digest": part.digest, **remarks})

    def cites(self, edge: Edge) -> None:
        self._citations.setdefault((edge.start.id, edge.key), edge)
        self._first.setdefault(edge.key, edge)

    def note(self, row: Row | None, stated: Node | Edge) -> None:
        """That ``row`` states this."""
        if row is None or row in self.rows or row in self.merged:
            return
        if self._said.setdefault(stated, row) == row:
            self.rows[row] = stated
        else:
            self.merged.add(row)

    def repeat(self, row: Row | None) -> None:
        """That ``row`` states nothing that other rows do not."""
        if row is not None and row not in self.rows:
            self.merged.add(row)


class _Dataset:
    """What one dataset adds to the state."""

    def __init__(self, statements: Statements, origin: str) -> None:
        self.statements = statements
        self.state = statements.state
        self.origin = origin
        self.cited: set[Node] = set()
        self.owners: dict[Node, Cited] = {}
        self.tagged: Cited = ()
        self.tags: Sequence[str] = []

    def edge(
        self,
        type_: str,
        start: str,
        end: str,
        cited: Cited,
        details: Properties | None = None,
        key: str = "",
    ) -> Edge:
        edge = Edge(type_, _entity(start), _entity(end), key)
        self._state_edge(edge, cited, details or {})
        self.owners.setdefault(edge.owner, cited)
        return edge

    def cite_owners(self) -> None:
        """Whoever states an edge cites its owner, so that the edge is found by what states it."""
        for owner, cited in self.owners.items():
            if owner not in self.cited:
                self._cite(owner, cited)

    def entity(self, entity: Entity) -> None:
        node = _entity(entity.id)
        self._node(node, LABELS[entity.type], {"slug": entity.slug})
        self.statements.note(entity.row, node)
        self._cite(node, entity.cited)
        for value in entity.values:
            self._cite(node, [Citation(value.source)])
            edge = Edge("CITES", node, Node("Source", value.source), self.origin)
            self.state.edges[edge][value.field] = value.value
        if entity.parent:
            self.edge(PARENT_EDGES[entity.type], entity.parent, entity.id, entity.cited)
        self._names(entity, node)
        for external in entity.external_ids:
            end = Node("ExternalId", external_id(entity.id, external.site, external.id))
            details = _present(site=external.site, externalId=external.id, url=external.url)
            self._satellite("HAS_EXTERNAL_ID", node, end, details, external.cited)
        for image in entity.images:
            end = Node("Image", image_id(entity.id, image.url))
            details = _present(
                url=image.url,
                kind=image.kind,
                width=image.width,
                height=image.height,
                caption=image.caption,
            )
            self._satellite("HAS_IMAGE", node, end, details, image.cited)

    def _names(self, entity: Entity, node: Node) -> None:
        for name in entity.names:
            end = Node("Name", name_id(entity.id, name.text, name.language, name.kind))
            details = _present(
                text=name.text,
                kind=name.kind,
                language=name.language,
                key=stored_key(name.text, name.language, entity.type in MAYBE_ROMANIZED),
                folded=folded(name.text),
                sortName=sort_name(name.text),
                **spelled(name.text),
            )
            self._satellite("NAMED", node, end, details, name.cited)

    def appearance(self, appearance: Appearance) -> None:
        details = _present(billing=appearance.billing, position=appearance.position)
        edge = self.edge(
            "APPEARS_IN", appearance.character, appearance.on, appearance.cited, details
        )
        self.statements.note(appearance.row, edge)

    def credit(self, credit: Credit) -> None:
        id_ = credit_id(
            credit.contributor, credit.role, credit.on, credit.character, credit.language
        )
        node = Node("Credit", id_)
        details = _present(
            creditedAs=credit.credited_as,
            scope=credit.scope,
            position=credit.position,
            language=credit.language,
        )
        arms = [
            Arm("HAS_CREDIT", False, _entity(credit.contributor), {}),
            Arm("ON", True, _entity(credit.on), {}),
            Arm("IN_ROLE", True, Node("Role", credit.role), {}),
        ]
        if credit.character:
            arms.append(Arm("PLAYS", True, _entity(credit.character), {}))
        self._statement(node, details, arms, credit.cited)
        self.statements.note(credit.row, node)

    def relation(self, relation: Relation) -> None:
        """One of a thing with itself, such as the two that were merged had, states nothing."""
        if relation.start == relation.target:
            self.statements.repeat(relation.row)
            return
        inverses = self.statements.inverses
        ends = _ends(relation.start, relation.kind, relation.target, inverses)
        node = Node(
            "Relation", relation_id(relation.start, relation.kind, relation.target, inverses)
        )
        arms = [Arm("HAS_RELATION", False, _entity(end), {"kind": as_}) for end, as_ in ends]
        self._statement(node, _present(note=relation.note), arms, relation.cited)
        self.statements.note(relation.row, node)

    def release(self, release: Release) -> None:
        node = Node(
            "Release", release_id(release.work, release.region, release.date, release.medium)
        )
        details = _present(
            region=release.region,
            name=release.name,
            date=release.date,
            medium=release.medium,
            rating=release.rating,
            runtimeMinutes=release.runtime_minutes,
        )
        arms = [Arm("HAS_RELEASE", False, _entity(release.work), {})]
        self._statement(node, details, arms, release.cited)

    def list(self, kept: KeptList) -> None:
        node = Node("List", kept.id)
        details = _present(name=kept.name, owner=kept.owner, itemCount=kept.item_count)
        self._statement(node, details, [], kept.cited)
        for work in kept.works:
            self._state_edge(Edge("LISTS", node, _entity(work)), kept.cited, {})

    def _statement(
        self, node: Node, details: Properties, arms: Sequence[Arm], cited: Cited
    ) -> None:
        self._node(node, (node.label,), details)
        self.state.arms[node] = tuple(arms)
        self._cite(node, cited)

    def _state_edge(self, edge: Edge, cited: Cited, details: Properties) -> None:
        tags = self._tags(cited)
        found = self.state.edges.setdefault(edge, {"stated": tags})
        found.update(details)
        if found["stated"] is not tags:
            found["stated"] = sorted({*tags, *found["stated"]})

    def _tags(self, cited: Cited) -> Sequence[str]:
        """Most that a dataset states cites the same."""
        if cited is not self.tagged:
            self.tagged = cited
            self.tags = sorted({f"{self.origin}|{citation.source}" for citation in cited})
        return self.tags

    def _node(self, node: Node, labels: tuple[str, ...], properties: Properties) -> None:
        self.state.nodes.setdefault(node, {"id": node.id}).update(properties)
        self.state.labels[node] = labels

    def _satellite(
        self, type_: str, start: Node, end: Node, details: Properties, cited: Cited
    ) -> None:
        self._node(end, (end.label,), details)
        self._state_edge(Edge(type_, start, end), cited, {})

    def _cite(self, node: Node, cited: Iterable[Citation]) -> None:
        self.cited.add(node)
        for citation in cited:
            edge = Edge("CITES", node, Node("Source", citation.source), self.origin)
            found = self.state.edges.setdefault(edge, {"origin": self.origin})
            self.statements.cites(edge)
            found.update(_present(url=citation.url, retrievedAt=citation.retrieved_at))
