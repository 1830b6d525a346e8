"""The questions that can be asked."""

import strawberry
from strawberry import ID

from schema.connections import Connection
from schema.enums import EntityType, PathTie
from schema.facts import RelationKind
from schema.fields import BOTH_WAYS, FORWARD, INCLUDE_NSFW, Argument, field, order_by, where
from schema.filters import (
    CharacterFilter,
    ContributorFilter,
    CreationFilter,
    ExternalIdFilter,
    FranchiseFilter,
    PersonFilter,
    SegmentFilter,
    TermFilter,
    WorkFilter,
)
from schema.finding import Path, SearchConnection
from schema.limits import Limits
from schema.orders import PersonOrder, SegmentOrder, WorkOrder
from schema.types import (
    COLLAPSE,
    EXCLUDE,
    WEIGHTS,
    Catalog,
    Character,
    Franchise,
    Import,
    List,
    Node,
    Organization,
    Person,
    Role,
    Segment,
    SimilarConnection,
    Soundtrack,
    Term,
    TermConnection,
    Track,
    Work,
    WorkConnection,
)

BY_ID = Argument("id", ID | None, "Its id.")
BY_SLUG = Argument("slug", str | None, "Its slug.")
BY_EXTERNAL_ID = Argument("externalId", ExternalIdFilter | None, "Its id on another site.")
BY_PAGE = (BY_ID, BY_SLUG)
IDENTIFIED = (*BY_PAGE, BY_EXTERNAL_ID)


@strawberry.type(description="The questions that can be asked. An unknown id gives null.")
class Query:
    node: Node | None = field("Anything by its id.", Argument("id", ID, "Its id."))
    nodes: list[Node | None] = field(
        "Several things by their ids, in the order given; null for an unknown id.",
        Argument("ids", list[ID], "Their ids, at most 100."),
    )
    work: Work | None = field("A work by exactly one of these.", *IDENTIFIED)
    works: WorkConnection = field(
        "Works, by name unless ordered otherwise.",
        where(WorkFilter),
        order_by(WorkOrder),
        INCLUDE_NSFW,
        *BOTH_WAYS,
    )
    segment: Segment | None = field("A segment by exactly one of these.", *BY_PAGE)
    segments: Connection[Segment] = field(
        "Segments of all works, by name unless ordered otherwise.",
        where(SegmentFilter),
        order_by(SegmentOrder),
        INCLUDE_NSFW,
        *BOTH_WAYS,
    )
    person: Person | None = field("A person by exactly one of these.", *IDENTIFIED)
    people: Connection[Person] = field(
        "People, by name unless ordered otherwise.",
        where(PersonFilter),
        order_by(PersonOrder),
        *BOTH_WAYS,
    )
    organization: Organization | None = field(
        "An organization by exactly one of these.", *IDENTIFIED
    )
    organizations: Connection[Organization] = field(
        "Organizations, by name.", where(ContributorFilter), *FORWARD
    )
    character: Character | None = field("A character by exactly one of these.", *IDENTIFIED)
    characters: Connection[Character] = field(
        "Characters, by name.", where(CharacterFilter), *FORWARD
    )
    soundtrack: Soundtrack | None = field("A soundtrack by exactly one of these.", *IDENTIFIED)
    soundtracks: Connection[Soundtrack] = field(
        "Soundtracks, by name.", where(CreationFilter), INCLUDE_NSFW, *FORWARD
    )
    track: Track | None = field("A track by exactly one of these.", *BY_PAGE)
    franchise: Franchise | None = field("A franchise by exactly one of these.", *BY_PAGE)
    franchises: Connection[Franchise] = field(
        "Franchises, by name.", where(FranchiseFilter), INCLUDE_NSFW, *FORWARD
    )
    term: Term | None = field("A term by exactly one of these.", *BY_PAGE)
    terms: TermConnection = field("Terms, by name.", where(TermFilter), *FORWARD)
    role: Role | None = field("A role by its id.", Argument("id", ID, "Its id: composer."))
    roles: list[Role] = field("All roles, in the order of their hierarchy.")
    relation_kinds: list[RelationKind] = field("All kinds of relation.")
    recommendations: SimilarConnection = field(
        "What to watch next for somebody who likes all of these, and why, the closest first; not "
        "what they like, its parts or its whole. Nothing if none of the ids is known.",
        Argument("likes", list[ID], "Ids of 1 to 100 works, segments, soundtracks or tracks."),
        Argument(
            "dislikes", list[ID] | None, "Ids of at most 100 that it must be less like; not listed."
        ),
        where(CreationFilter),
        WEIGHTS,
        EXCLUDE,
        COLLAPSE,
        INCLUDE_NSFW,
        *FORWARD,
    )
    search: SearchConnection = field(
        "Whatever has a name like this, in any script and language, the best match first; of equal "
        "matches, that of which most is known. A blank text finds nothing.",
        Argument("query", str, "A name, its beginning, or words of it; at most 300 characters."),
        Argument("types", list[EntityType] | None, "Only things of these types."),
        Argument("where", CreationFilter | None, "Only creations, and only those."),
        Argument("minScore", float | None, "Only matches as good as this; 0.4 leaves out guesses."),
        INCLUDE_NSFW,
        *FORWARD,
    )
    paths: list[Path] = field(
        "Ways from one thing to another: the shortest, then those of the next length, and of one "
        "length first those whose stops have the fewest credits and appearances. They lead through "
        "credits, parts, music, characters, relations and franchises, but not through terms or "
        "roles. None where either id is unknown or they are further apart; a single one without "
        "steps where both are the same.",
        Argument("from", ID, "The id of where the ways start."),
        Argument("to", ID, "The id of where they lead."),
        Argument("maxLength", int | None, "How many steps at most: 1 to 6.", 6),
        Argument("first", int | None, "How many ways at most: 0 to 100.", 1),
        Argument("through", list[PathTie] | None, "Only by ties of these kinds, also of terms."),
        Argument(
            "roles", list[ID] | None, "Of credits only those in these roles, or in one below them."
        ),
        Argument(
            "relations",
            list[ID] | None,
            "Of relations only those of these kinds, as read from either end.",
        ),
        Argument(
            "maxDegree",
            int | None,
            "Only by stops with so many credits and appearances at most, not by hubs.",
        ),
        INCLUDE_NSFW,
    )
    list: List | None = field("A list by its id.", Argument("id", ID, "Its id."))
    limits: Limits = field("What a request may ask for at most.")
    imports: Connection[Import] = field("What was imported, the latest first.", *FORWARD)
    catalog: Catalog = field("How much there is, from which sources.")
