"""The catalogue in memory, oddities included: plain things with values, names and links.

Read from the records that the graph is filled with, without the graph: what lists should hold and
filters should find is known from here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, NamedTuple

from ingest.catalog.reading import read_catalog
from ingest.catalog.vocabulary import read_vocabulary
from ingest.identity import folded, sort_name, stored_key
from ingest.records import Dataset, Entity, EntityType, Value, Vocabulary
from ingest.settle import Stated, display_names
from ingest.statements import digest
from tests.oracle.oddities import ODDITIES

MAYBE_JAPANESE = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.CHARACTER)
CREATIONS = ("Work", "Segment", "Soundtrack", "Track")
CONTRIBUTORS = ("Person", "Organization")


class Name(NamedTuple):
    """A name as written, and what it is compared by: whole, and letter by letter."""

    text: str
    key: str
    letters: str


@dataclass(eq=False)
class Thing:
    """An entity, credit, role or end of a relation. ``links`` are what its fields lead to."""

    kind: str
    id: str
    values: dict[str, Any] = field(default_factory=dict)
    names: tuple[Name, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()
    links: dict[str, list["Thing"]] = field(default_factory=lambda: defaultdict(list))

    @property
    def is_listed(self) -> bool:
        """Whether lists of all things have it without being asked for what is not safe for work."""
        return not self.values.get("nsfw")

    def link(self, name: str, other: "Thing") -> None:
        if other not in self.links[name]:
            self.links[name].append(other)


class Catalogue:
    """All things by their ids; those of relations are made up here."""

    def __init__(self, vocabulary: Vocabulary, data: Dataset) -> None:
        self.things: dict[str, Thing] = {}
        self.ranks = {source.id: source.rank for source in vocabulary.sources}
        self._roles(vocabulary)
        for entity in data.entities:
            self.things[entity.id] = self._entity(entity)
        self._parts(data)
        self._credits(data)
        self._relations(vocabulary, data)
        self._others(data)

    def of(self, *kinds: str) -> list[Thing]:
        return [thing for thing in self.things.values() if thing.kind in kinds]

    def _roles(self, vocabulary: Vocabulary) -> None:
        for role in vocabulary.roles:
            self.things[role.id] = Thing("Role", role.id, {"position": role.position})
        broader = {role.id: role.broader for role in vocabulary.roles}
        for role in vocabulary.roles:
            above: str | None = role.id
            while above:
                self.things[role.id].link("within", self.things[above])
                above = broader[above]

    def _entity(self, entity: Entity) -> Thing:
        japanese = entity.type in MAYBE_JAPANESE
        names = [
            Name(each.text, stored_key(each.text, each.language, japanese), folded(each.text))
            for each in entity.names
        ]
        stated = [
            Stated(
                min(self.ranks[citation.source] for citation in each.cited),
                {"text": each.text, "kind": each.kind, "language": each.language or ""},
            )
            for each in entity.names
        ]
        values = {"nsfw": False, **self._settled(entity.values)}
        values["name"] = display_names(stated)["name"]
        values["sortName"] = sort_name(values["name"])
        sites = tuple((each.site, each.id) for each in entity.external_ids)
        return Thing(entity.type, entity.id, values, tuple(names), sites)

    def _settled(self, values: Iterable[Value]) -> dict[str, Any]:
        """Of several sources' words the one of the best rank."""
        by_rank = sorted(values, key=lambda each: self.ranks[each.source], reverse=True)
        return {each.field: each.value for each in by_rank}

    def _parts(self, data: Dataset) -> None:
        for entity in data.entities:
            if entity.parent:
                part, whole = self.things[entity.id], self.things[entity.parent]
                whole.link("segments" if part.kind == "Segment" else "tracks", part)
                part.link("work" if part.kind == "Segment" else "soundtrack", whole)

    def _credits(self, data: Dataset) -> None:
        for each in data.credits:
            parts = (each.contributor, each.role, each.on, each.character, each.language)
            id_ = f"credit:{digest(*parts)}"
            values = {"language": each.language, "position": each.position}
            credit = self.things[id_] = Thing("Credit", id_, values)
            for link in ("contributor", "on", "character", "role"):
                other = getattr(each, link)
                if other is not None:
                    credit.link(link, self.things[other])
                    self.things[other].link("credits", credit)

    def _relations(self, vocabulary: Vocabulary, data: Dataset) -> None:
        kinds = {kind.id: kind for kind in vocabulary.relation_kinds}
        for each in data.relations:
            kind = kinds[each.kind]
            for start, read_as, end in (
                (each.start, kind.id, each.target),
                (each.target, kind.inverse, each.start),
            ):
                values = {"kind": read_as, "continuity": kind.continuity}
                id_ = f"{start} {read_as} {end}"
                relation = self.things.setdefault(id_, Thing("Relation", id_, values))
                relation.link("to", self.things[end])
                self.things[start].link("relations", relation)

    def _others(self, data: Dataset) -> None:
        for appearance in data.appearances:
            character, creation = self.things[appearance.character], self.things[appearance.on]
            for each in (creation, *creation.links["work"]):
                each.link("characters", character)
        for tagging in data.taggings:
            if self.things[tagging.creation].kind == "Work":
                self._tie(tagging.creation, "terms", tagging.term, "works")
        for scoring in data.scorings:
            self._tie(scoring.work, "soundtracks", scoring.soundtrack, "works")
        for entry in data.franchise_entries:
            self._tie(entry.work, "franchises", entry.franchise, "entries")
        for kept in data.lists:
            self.things[kept.id] = Thing("List", kept.id)
            for work in kept.works:
                self._tie(work, "lists", kept.id, "works")
        for use in data.music_uses:
            self.things[use.track].link("uses", self.things[use.on])

    def _tie(self, one: str, to_other: str, other: str, to_one: str) -> None:
        self.things[one].link(to_other, self.things[other])
        self.things[other].link(to_one, self.things[one])


@cache
def known() -> Catalogue:
    """The shipped catalogue, and what the tests add to it."""
    both = (read_catalog(), ODDITIES)
    records = {
        each.name: tuple(record for data in both for record in getattr(data, each.name))
        for each in fields(Dataset)
        if each.name != "origin"
    }
    return Catalogue(read_vocabulary(), Dataset("both", **records))
