"""Records to nodes and edges: what the graph looks like that holds a dataset.

Ids of statements are made of what they state, so that two sources that state the same meet in
one node.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2s

from ingest.identity import folded, sort_name, stored_key
from ingest.records import (
    Citation,
    Cited,
    Credit,
    Dataset,
    Entity,
    EntityType,
    KeptList,
    Relation,
    Release,
)
from ingest.state import Edge, Node, Properties, State

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


def _present(**properties: str | int | float | None) -> Properties:
    return {name: value for name, value in properties.items() if value is not None}


def _entity(id_: str) -> Node:
    return Node("Entity", id_)


class Statements:
    """Builds the state that one dataset asks for. ``inverses``: a relation kind's id to its
    inverse's.
    """

    def __init__(self, dataset: Dataset, inverses: Mapping[str, str]) -> None:
        self.dataset = dataset
        self.inverses = inverses
        self.state = State()

    def build(self) -> State:
        data = self.dataset
        for entity in data.entities:
            self._entity(entity)
        for credit in data.credits:
            self._credit(credit)
        for relation in data.relations:
            self._relation(relation)
        for release in data.releases:
            self._release(release)
        for kept in data.lists:
            self._list(kept)
        self._edges()
        return self.state

    def _edges(self) -> None:
        data = self.dataset
        for each in data.appearances:
            details = _present(billing=each.billing, position=each.position)
            self._edge("APPEARS_IN", each.character, each.on, each.cited, details)
        for tagging in data.taggings:
            votes = _present(votes=tagging.votes)
            self._edge("HAS_TERM", tagging.creation, tagging.term, tagging.cited, votes)
        for use in data.music_uses:
            self._edge("USED_IN", use.track, use.on, use.cited, {"use": use.use}, use.use)
        for scoring in data.scorings:
            self._edge("HAS_SOUNDTRACK", scoring.work, scoring.soundtrack, scoring.cited)
        for entry in data.franchise_entries:
            position = _present(position=entry.position)
            self._edge("HAS_ENTRY", entry.franchise, entry.work, entry.cited, position)

    def _edge(
        self,
        type_: str,
        start: str,
        end: str,
        cited: Cited,
        details: Properties | None = None,
        key: str = "",
    ) -> None:
        self._state_edge(Edge(type_, _entity(start), _entity(end), key), cited, details or {})

    def _state_edge(self, edge: Edge, cited: Cited, details: Properties) -> None:
        found = self.state.edges.setdefault(edge, {"stated": []})
        found.update(details)
        tags = {f"{self.dataset.origin}|{citation.source}" for citation in cited}
        found["stated"] = sorted(tags.union(found["stated"]))

    def _node(self, node: Node, labels: tuple[str, ...], properties: Properties) -> None:
        self.state.nodes.setdefault(node, {"id": node.id}).update(properties)
        self.state.labels[node] = labels

    def _cite(self, node: Node, cited: Iterable[Citation]) -> None:
        for citation in cited:
            edge = Edge("CITES", node, Node("Source", citation.source), self.dataset.origin)
            found = self.state.edges.setdefault(edge, {"origin": self.dataset.origin})
            found.update(_present(url=citation.url, retrievedAt=citation.retrieved_at))

    def _entity(self, entity: Entity) -> None:
        node = _entity(entity.id)
        self._node(node, LABELS[entity.type], {"slug": entity.slug})
        self._cite(node, entity.cited)
        for value in entity.values:
            self._cite(node, [Citation(value.source)])
            edge = Edge("CITES", node, Node("Source", value.source), self.dataset.origin)
            self.state.edges[edge][value.field] = value.value
        if entity.parent:
            self._edge(PARENT_EDGES[entity.type], entity.parent, entity.id, entity.cited)
        self._names(entity, node)
        for external in entity.external_ids:
            end = Node("ExternalId", digest(entity.id, external.site, external.id))
            details = _present(site=external.site, externalId=external.id, url=external.url)
            self._satellite("HAS_EXTERNAL_ID", node, end, details, external.cited)
        for image in entity.images:
            end = Node("Image", digest(entity.id, image.url))
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
            end = Node("Name", digest(entity.id, name.text, name.language, name.kind))
            details = _present(
                text=name.text,
                kind=name.kind,
                language=name.language,
                key=stored_key(name.text, name.language, entity.type in MAYBE_ROMANIZED),
                folded=folded(name.text),
                sortName=sort_name(name.text),
            )
            self._satellite("NAMED", node, end, details, name.cited)

    def _satellite(
        self, type_: str, start: Node, end: Node, details: Properties, cited: Cited
    ) -> None:
        self._node(end, (end.label,), details)
        self._state_edge(Edge(type_, start, end), cited, {})

    def _credit(self, credit: Credit) -> None:
        parts = (credit.contributor, credit.role, credit.on, credit.character, credit.language)
        node = Node("Credit", f"credit:{digest(*parts)}")
        details = _present(
            creditedAs=credit.credited_as,
            scope=credit.scope,
            position=credit.position,
            language=credit.language,
        )
        self._node(node, ("Credit",), details)
        self._state_edge(Edge("HAS_CREDIT", _entity(credit.contributor), node), credit.cited, {})
        self._state_edge(Edge("ON", node, _entity(credit.on)), credit.cited, {})
        self._state_edge(Edge("IN_ROLE", node, Node("Role", credit.role)), credit.cited, {})
        if credit.character:
            self._state_edge(Edge("PLAYS", node, _entity(credit.character)), credit.cited, {})
        self._cite(node, credit.cited)

    def _relation(self, relation: Relation) -> None:
        inverse = self.inverses[relation.kind]
        arms = ((relation.start, relation.kind), (relation.target, inverse))
        (start, kind), (target, _) = sorted(arms)
        node = Node("Relation", f"relation:{digest(start, kind, target)}")
        self._node(node, ("Relation",), _present(note=relation.note))
        for end, read_as in arms:
            edge = Edge("HAS_RELATION", _entity(end), node)
            self._state_edge(edge, relation.cited, {"kind": read_as})
        self._cite(node, relation.cited)

    def _release(self, release: Release) -> None:
        parts = (release.work, release.region, release.date, release.medium)
        node = Node("Release", f"release:{digest(*parts)}")
        details = _present(
            region=release.region,
            name=release.name,
            date=release.date,
            medium=release.medium,
            rating=release.rating,
            runtimeMinutes=release.runtime_minutes,
        )
        self._node(node, ("Release",), details)
        self._state_edge(Edge("HAS_RELEASE", _entity(release.work), node), release.cited, {})
        self._cite(node, release.cited)

    def _list(self, kept: KeptList) -> None:
        node = Node("List", kept.id)
        details = _present(name=kept.name, owner=kept.owner, itemCount=kept.item_count)
        self._node(node, ("List",), details)
        for work in kept.works:
            self._state_edge(Edge("LISTS", node, _entity(work)), kept.cited, {})
        self._cite(node, kept.cited)
