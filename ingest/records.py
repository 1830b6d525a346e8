"""What every source yields: statements about entities, free of any database's terms.

A reader of a source (the shipped catalogue, a wiki page, a dump) returns one ``Dataset``;
``upsert`` makes the graph hold it. Every record says who states it (``cited``), and which row of
the source it comes from, where rows are counted. Entities are referred to by id.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

Scalar = str | int | float


class EntityType(StrEnum):
    """The types of entity; each value is the label and the GraphQL type's name."""

    WORK = "Work"
    SEGMENT = "Segment"
    SOUNDTRACK = "Soundtrack"
    TRACK = "Track"
    PERSON = "Person"
    ORGANIZATION = "Organization"
    CHARACTER = "Character"
    FRANCHISE = "Franchise"
    TERM = "Term"


class Row(NamedTuple):
    """A row of a source: the table's name in the source, and the line, from 1."""

    table: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """Who states facts; ``rank`` 0 wins where sources differ."""

    id: str
    name: str
    rank: int
    url: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """That a source states a record: where, and when it was read (ISO 8601)."""

    source: str
    url: str | None = None
    retrieved_at: str | None = None


Cited = tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One source's word on one property of an entity, under the graph's property name."""

    field: str
    value: Scalar
    source: str


@dataclass(frozen=True, slots=True)
class Name:
    """``kind`` is a NameKind: OFFICIAL, ORIGINAL, ROMANIZED, ALIAS or SHORT."""

    text: str
    kind: str
    language: str | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class ExternalId:
    site: str
    id: str
    url: str | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class Image:
    """``kind`` is an ImageKind; sizes in pixels."""

    url: str
    kind: str
    width: int | None
    height: int | None
    caption: str | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a page. ``parent`` is a segment's work or a track's soundtrack."""

    type: EntityType
    id: str
    slug: str
    names: tuple[Name, ...]
    cited: Cited
    values: tuple[Value, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()
    images: tuple[Image, ...] = ()
    parent: str | None = None
    row: Row | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Credit:
    """``on`` is a creation's id, ``position`` the place in the source's list, ``scope`` its own
    words.
    """

    contributor: str
    role: str
    on: str
    cited: Cited
    character: str | None = None
    language: str | None = None
    credited_as: str | None = None
    scope: str | None = None
    position: int | None = None
    row: Row | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Appearance:
    """``billing`` is a Billing: MAIN, SUPPORTING or GUEST."""

    character: str
    on: str
    cited: Cited
    billing: str | None = None
    position: int | None = None
    row: Row | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Tagging:
    """That a term applies to a creation; ``votes`` is how many people say so."""

    creation: str
    term: str
    cited: Cited
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """``target`` is the ``kind`` (sequel, references, ...) as seen from ``start``."""

    start: str
    kind: str
    target: str
    cited: Cited
    note: str | None = None
    row: Row | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Release:
    """``date`` is a PartialDate, ``region`` an ISO 3166 code, ``runtime_minutes`` of this
    release.
    """

    work: str
    cited: Cited
    region: str | None = None
    name: str | None = None
    date: str | None = None
    medium: str | None = None
    rating: str | None = None
    runtime_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class MusicUse:
    """Where a track is heard; ``use`` is a MusicUse: OPENING, ENDING, INSERT or SCORE."""

    track: str
    on: str
    use: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Scoring:
    """That a soundtrack is a work's."""

    work: str
    soundtrack: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class FranchiseEntry:
    """``position`` is the place in the order of the story, where the source gives one."""

    franchise: str
    work: str
    cited: Cited
    position: float | None = None


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list of works that ``owner`` keeps, with ``item_count`` items in all, ``works`` known
    here.
    """

    id: str
    name: str
    owner: str
    item_count: int
    works: tuple[str, ...]
    cited: Cited


@dataclass(frozen=True, slots=True)
class Role:
    """A node of the role hierarchy. ``sole``: sources that name different people disagree."""

    id: str
    broader: str | None
    position: int
    names: tuple[tuple[str, str], ...]
    sole: bool = False


@dataclass(frozen=True, slots=True)
class RelationKind:
    id: str
    inverse: str
    continuity: bool
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is fixed before any source is read."""

    sources: tuple[Source, ...]
    roles: tuple[Role, ...]
    relation_kinds: tuple[RelationKind, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """All that one import states. ``origin`` names the import ("catalog", "wiki/memories"):
    importing the same origin again replaces what it stated before.
    """

    origin: str
    entities: tuple[Entity, ...] = ()
    credits: tuple[Credit, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    taggings: tuple[Tagging, ...] = ()
    relations: tuple[Relation, ...] = ()
    releases: tuple[Release, ...] = ()
    music_uses: tuple[MusicUse, ...] = ()
    scorings: tuple[Scoring, ...] = ()
    franchise_entries: tuple[FranchiseEntry, ...] = ()
    lists: tuple[KeptList, ...] = ()
