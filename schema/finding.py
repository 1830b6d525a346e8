"""What is found: the matches of a search, and ways between things."""

import strawberry

from schema.connections import PageInfo
from schema.fields import field
from schema.types import Credit, Entity


@strawberry.type(description="Something that a search found.")
class SearchEdge:
    cursor: str = field("Where the row stands in the list.")
    node: Entity = field("What was found.")
    score: float = field(
        "How well it matches: 1 for the whole name, from 0.7 for the beginning of one, from 0.4 "
        "where a name has all the words, less where something may be misspelt."
    )
    matched: str = field("The name that matched.")


@strawberry.type(description="What a search found, the best match first.")
class SearchConnection:
    edges: list[SearchEdge] = field("The matches on this page.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all.")


@strawberry.type(description="One stretch of a path, between neighbours.")
class PathStep:
    from_: Entity = field("Where it starts.", name="from")
    to: Entity = field("Where it leads.")
    text: str = field("What ties the two, in words: a credit, a part, a relation.")
    credit: Credit | None = field("The credit that ties the two; the first, if there are several.")


@strawberry.type(description="A way from one thing to another.")
class Path:
    length: int = field("How many steps it has.")
    steps: list[PathStep] = field("Its steps, from the one end to the other.")
