"""The things in the graph, as clients see them.

Types refer to each other all around, so they stand in one file, by name.
"""

import strawberry
from strawberry import ID

from schema.connections import Connection, Edge, PageInfo
from schema.enums import (
    Billing,
    Collapse,
    FranchiseGapKind,
    FranchiseOrder,
    MusicUse,
    ReasonKind,
    SegmentKind,
    TermKind,
    WorkFacet,
    WorkKind,
)
from schema.facts import (
    LANGUAGES,
    Citation,
    Conflict,
    Description,
    ExternalId,
    Image,
    Name,
    RelationKind,
    Release,
    Source,
)
from schema.fields import (
    BOTH_WAYS,
    FIRST,
    FORWARD,
    INCLUDE_NSFW,
    Argument,
    field,
    order_by,
    where,
)
from schema.filters import (
    CharacterFilter,
    CreationFilter,
    CreditFilter,
    RelationFilter,
    RoleFilter,
    SegmentFilter,
    WorkFilter,
)
from schema.orders import CreditOrder, SegmentOrder, WorkOrder
from schema.scalars import DateTime, LanguageTag, PartialDate
from schema.weights import SimilarityWeights

ROLL_UP = Argument("rollUp", bool | None, "Also what is credited on its parts.", False)
WEIGHTS = Argument("weights", SimilarityWeights | None, "What counts how much.")
COLLAPSE = Argument(
    "collapse", Collapse | None, "FRANCHISE lists but the closest entry of each franchise."
)
EXCLUDE = Argument("exclude", list[ID] | None, "Ids of what is not wanted.")
NSFW = "Whether it is not safe for work; lists and searches leave it out unless asked for it."
CREDITS = (where(CreditFilter), order_by(CreditOrder))


@strawberry.interface(description="Anything that can be fetched by its id.")
class Node:
    id: ID = field("Permanent and global: survives re-imports; a merged id keeps resolving.")


@strawberry.interface(description="Anything that has a page.")
class Entity(Node):
    slug: str = field("Readable and unique among things of its type: for addresses of pages.")
    name: str = field(
        "Best name for the first language that has one; the display name without an argument.",
        LANGUAGES,
    )
    names: list[Name] = field("All its names.")
    description: str | None = field("What it is, in some sentences.")
    description_language: LanguageTag | None = field("The language of these sentences.")
    descriptions: list[Description] = field("The same by each source, the most believed first.")
    images: list[Image] = field("Pictures of it.")
    external_ids: list[ExternalId] = field("What other sites know it as.")
    sources: list[Citation] = field("Who says what is said here.")
    conflicts: list[Conflict] = field("Facts on which the sources disagree.")
    updated_at: DateTime = field("When something of it last changed here.")


@strawberry.interface(
    description="Something people are credited on: a work, a segment of one, a soundtrack, a track."
)
class Creation(Entity):
    nsfw: bool = field(NSFW)
    credits: Connection["Credit"] = field(
        "Who did what on it. rollUp also counts what is credited on the parts: a work's segments, "
        "a soundtrack's tracks.",
        *CREDITS,
        ROLL_UP,
        *BOTH_WAYS,
    )
    similar: "SimilarConnection" = field(
        "What is close to it and why, the closest first: works and segments to a work or segment, "
        "soundtracks and tracks to a soundtrack or track; never its own parts or whole.",
        where(CreationFilter),
        WEIGHTS,
        EXCLUDE,
        COLLAPSE,
        INCLUDE_NSFW,
        *FORWARD,
    )


@strawberry.type(
    description="Why two things are close. The weights of an edge's reasons add up to its score."
)
class Reason:
    kind: ReasonKind = field("What sort of reason it is.")
    weight: float = field("Its share of the score, a multiple of 1/65536.")
    text: str = field("The reason in words.")
    via: list[Entity] = field("What the two have in common, at most 20, the most telling first.")


@strawberry.type(description="Something that is close.")
class SimilarEdge:
    cursor: str = field("Where the row stands in the list.")
    node: "Creation" = field("What is close.")
    score: float = field("How close, 0 to 1.")
    reasons: list[Reason] = field("Why.")


@strawberry.type(description="What is close to something, the closest first.")
class SimilarConnection:
    edges: list[SimilarEdge] = field("The things on this page.")
    page_info: PageInfo = field("Where the page lies in the list.")


@strawberry.interface(description="Somebody who can be credited.")
class Contributor(Entity):
    credits: Connection["Credit"] = field("What they did, and on what.", *CREDITS, *BOTH_WAYS)
    collaborators: "CollaboratorConnection" = field(
        "Who was credited on the same creations, the most frequent first.",
        Argument("role", RoleFilter | None, "What the others did there."),
        Argument("whileRole", RoleFilter | None, "What this one did there."),
        Argument("on", CreationFilter | None, "On which creations."),
        *FORWARD,
    )


@strawberry.type(description="A film, series, book, game or stage work.")
class Work(Creation):
    kind: WorkKind = field("The form in which it is told; OTHER where nobody says.")
    deck: str | None = field("One-sentence summary shown under the name.")
    released: PartialDate | None = field("When it first came out.")
    releases: list[Release] = field("Where and when it came out.")
    runtime_minutes: int | None = field("How long it is.")
    rating: float | None = field("What people think of it, 0 to 10.")
    rating_count: int | None = field("How many people rated it so.")
    content_rating: str | None = field("For whom it is meant, as a board rated it: R, PG-13.")
    segments: Connection["Segment"] = field(
        "The parts of an anthology or series, in order.",
        where(SegmentFilter),
        order_by(SegmentOrder),
        *BOTH_WAYS,
    )
    characters: "AppearanceConnection" = field(
        "Who appears in it or in its segments, leading parts first.",
        where(CharacterFilter),
        *FORWARD,
    )
    soundtracks: Connection["Soundtrack"] = field("Albums of its music.", *FORWARD)
    terms: "TermConnection" = field(
        "Its genres, themes and tags, the most applied first.",
        Argument("kind", TermKind | None, "Only terms of this kind."),
        *FORWARD,
    )
    relations: "RelationConnection" = field(
        "What it is tied to, and how.", where(RelationFilter), *FORWARD
    )
    franchises: Connection["Franchise"] = field("The lines of works it belongs to.", *FORWARD)
    lists: Connection["List"] = field("Lists that hold it.", *FORWARD)


@strawberry.type(description="A part of a work with makers of its own.")
class Segment(Creation):
    kind: SegmentKind = field("What part it is.")
    work: Work = field("The work it belongs to.")
    position: float = field("Its place in the work, from 1; 0 where nobody says.")
    released: PartialDate | None = field("When it first came out.")
    runtime_minutes: int | None = field("How long it is.")
    characters: "AppearanceConnection" = field(
        "Who appears in it, leading parts first.", where(CharacterFilter), *FORWARD
    )
    relations: "RelationConnection" = field(
        "What it is tied to, and how.", where(RelationFilter), *FORWARD
    )


@strawberry.type(description="An album of a work's music.")
class Soundtrack(Creation):
    released: PartialDate | None = field("When it came out.")
    works: "WorkConnection" = field("The works whose music it holds.", *FORWARD)
    tracks: Connection["Track"] = field("Its pieces, disc by disc.", *FORWARD)


@strawberry.type(description="A piece on a soundtrack.")
class Track(Creation):
    soundtrack: Soundtrack = field("The album it is on.")
    disc: int | None = field("Which disc, from 1.")
    position: int | None = field("Its place in the album's list.")
    duration_seconds: int | None = field("How long it is.")
    uses: "MusicUseConnection" = field(
        "Where it is heard: opening, ending, insert song, score.", *FORWARD
    )


@strawberry.type(description="Somebody who makes or performs works.")
class Person(Contributor):
    born: PartialDate | None = field("Date of birth.")
    died: PartialDate | None = field("Date of death.")


@strawberry.type(description="A studio, publisher, label, orchestra or other body.")
class Organization(Contributor):
    pass


@strawberry.type(description="Somebody in a story.")
class Character(Entity):
    appearances: "AppearanceConnection" = field("Where the character appears.", *FORWARD)
    credits: Connection["Credit"] = field(
        "Credits of those who play the character, in every language.", *CREDITS, *FORWARD
    )


@strawberry.type(
    description="A named line of works: everything reachable through continuity relations."
)
class Franchise(Entity):
    nsfw: bool = field(NSFW)
    entries: "FranchiseEntryConnection" = field(
        "Its works.",
        Argument("order", FranchiseOrder | None, "In which order.", FranchiseOrder.RELEASE),
        where(WorkFilter),
        *FORWARD,
    )
    related: "RelatedFranchiseConnection" = field(
        "Other franchises, by what ties them to this one, strongest first.", INCLUDE_NSFW, *FORWARD
    )


@strawberry.type(description="A franchise that is close.")
class RelatedFranchiseEdge:
    cursor: str = field("Where the row stands in the list.")
    node: Franchise = field("What is close.")
    score: float = field("How close, 0 to 1.")
    reasons: list[Reason] = field("Why.")


@strawberry.type(description="Franchises that are close to one, the closest first.")
class RelatedFranchiseConnection:
    edges: list[RelatedFranchiseEdge] = field("The franchises on this page.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(
    description="A genre, theme, tag, concept, place or object that works have in common."
)
class Term(Entity):
    kind: TermKind = field("What sort of thing it is.")
    works: "WorkConnection" = field(
        "The works it applies to.",
        where(WorkFilter),
        order_by(WorkOrder),
        INCLUDE_NSFW,
        *BOTH_WAYS,
    )


@strawberry.type(
    description="What a credit says somebody did. Roles form a hierarchy: music > composer."
)
class Role(Node):
    name: str = field("Its name.", LANGUAGES)
    broader: "Role | None" = field("The role that it is a sort of.")
    narrower: list["Role"] = field("The roles that are sorts of it.")
    credits: Connection["Credit"] = field(
        "Credits in this role and those below it.", where(CreditFilter), *FORWARD
    )


@strawberry.type(description="That somebody did something on a creation.")
class Credit(Node):
    contributor: Contributor = field("Who.")
    role: Role = field("What they did.")
    on: Creation = field("On what.")
    character: Character | None = field("The part played, for voice and acting credits.")
    language: LanguageTag | None = field("The language of a voice.")
    credited_as: str | None = field("The name as the credits give it, where it differs.")
    scope: str | None = field(
        "What the source said about the extent, word for word: 'episodes 1-3'."
    )
    sources: list[Citation] = field("Who says so.")


@strawberry.type(description="A ranked or unranked list of works that somebody keeps.")
class List(Node):
    name: str = field("What it is called.")
    owner: str = field("Who keeps it.")
    item_count: int = field("How many items it has, those not known here included.")
    works: "WorkConnection" = field("The works on it that are known here.", *FORWARD)


@strawberry.type(description="A piece of music in a work.")
class MusicUseEdge:
    cursor: str = field("Where the row stands in the list.")
    node: Creation = field("Where it is heard.")
    use: MusicUse = field("OPENING, ENDING, INSERT or SCORE.")


@strawberry.type(description="Where a piece of music is heard.")
class MusicUseConnection:
    nodes: list[Creation] = field("The works and segments on this page.")
    edges: list[MusicUseEdge] = field("The same with how it is used.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(description="A character in a creation.")
class AppearanceEdge:
    cursor: str = field("Where the row stands in the list.")
    character: Character = field("Who appears.")
    on: Creation = field("In what.")
    billing: Billing | None = field("How large the part is.")
    voices: list[Credit] = field(
        "Credits of those who voice the character here.",
        Argument("language", LanguageTag | None, "Only voices in this language."),
        FIRST,
    )


@strawberry.type(description="Appearances of characters.")
class AppearanceConnection:
    edges: list[AppearanceEdge] = field("The appearances on this page.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(description="A term that applies to a work.")
class TermEdge:
    cursor: str = field("Where the row stands in the list.")
    node: Term = field("The term.")
    votes: int | None = field("How many people applied it, where the source says.")


@strawberry.type(description="Terms that apply to a work.")
class TermConnection:
    nodes: list[Term] = field("The terms on this page.")
    edges: list[TermEdge] = field("The same with their votes.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(description="A tie to another thing.")
class RelationEdge:
    cursor: str = field("Where the row stands in the list.")
    kind: RelationKind = field("What the other is to this one.")
    node: Entity = field("The other.")
    note: str | None = field("The passage that says so, or what is peculiar about it.")
    sources: list[Citation] = field("Who says so.")


@strawberry.type(description="Ties to other things.")
class RelationConnection:
    edges: list[RelationEdge] = field("The ties on this page.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(description="A value and how many works have it.")
class FacetValue:
    value: str = field("What a filter takes: FILM, 1990, an id.")
    name: str = field("The value in words: Film, 1990s, a name.")
    count: int = field("How many works of the whole list have it.")


@strawberry.type(description="What the works of a list are counted by, with the counts.")
class Facet:
    by: WorkFacet = field("What they are counted by.")
    values: list[FacetValue] = field(
        "The values, the most frequent first. What has no value counts nowhere."
    )


@strawberry.type(description="A page of works.")
class WorkConnection:
    nodes: list[Work] = field("The works on this page.")
    edges: list[Edge[Work]] = field("The same with their cursors.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all; costs nothing unless selected.")
    facets: list[Facet] = field(
        "How many works of the whole list, not only of this page, have each value.",
        Argument("by", list[WorkFacet], "What to count by."),
        Argument("first", int | None, "How many values of each: 0 to 100, 20 if left out."),
    )


@strawberry.type(description="Something to know about an entry's place in its franchise.")
class FranchiseGap:
    kind: FranchiseGapKind = field("What it is.")
    missing: int = field("How many entries are missing before it.")
    text: str = field("The same in words.")


@strawberry.type(description="A work of a franchise.")
class FranchiseEntryEdge:
    cursor: str = field("Where the row stands in the list.")
    position: int = field("Its place in the whole franchise in this order, from 1.")
    node: Work = field("The work.")
    gaps: list[FranchiseGap] = field("What is not as it seems about its place in this order.")


@strawberry.type(description="Works of a franchise.")
class FranchiseEntryConnection:
    nodes: list[Work] = field("The works on this page.")
    edges: list[FranchiseEntryEdge] = field("The same with their places.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(description="A creation that two worked on.")
class Collaboration:
    on: Creation = field("The creation.")
    roles: list[Role] = field("All that the first of the two did there.")
    their_roles: list[Role] = field("All that the other did there.")


@strawberry.type(description="Somebody who worked on the same creations.")
class CollaboratorEdge:
    cursor: str = field("Where the row stands in the list.")
    node: Contributor = field("Who.")
    count: int = field("On how many creations.")
    together: list[Collaboration] = field("On which, the earliest first.", FIRST)


@strawberry.type(description="Who worked on the same creations.")
class CollaboratorConnection:
    edges: list[CollaboratorEdge] = field("Those on this page.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(description="How many things of a type there are.")
class CatalogCount:
    type: str = field("The type's name: Work, Credit.")
    count: int = field("How many there are.")


@strawberry.type(description="What an import did with the rows of a table of its source.")
class ImportedTable:
    table: str = field("The table's name in the source.")
    read: int = field("How many rows it has: as many as the other numbers together.")
    created: int = field("Rows of what was not there before.")
    updated: int = field("Rows that changed something.")
    unchanged: int = field("Rows that say what is there already.")
    merged: int = field("Rows that joined what others had said.")
    skipped: int = field("Rows that were left out, for a reason that the import told.")


@strawberry.type(description="That something was imported.")
class Import:
    number: int = field("Its place among all imports, from 1.")
    origin: str = field("What was imported: catalog, bangumi.")
    file: str | None = field("The file it was read from.")
    started_at: DateTime | None = field("When it began.")
    at: DateTime = field("When it was done.")
    status: str | None = field("How it ended.")
    tables: list[ImportedTable] = field("What became of the rows, for sources that have tables.")


@strawberry.type(description="What there is in all.")
class Catalog:
    counts: list[CatalogCount] = field("How many things of each type.")
    sources: list[Source] = field(
        "Where the facts come from, in the order in which they are believed."
    )
    updated_at: DateTime | None = field("When something was last imported or changed.")
