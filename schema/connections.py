"""Connections: a page of a list, with cursors and the number of rows in all (Relay)."""

from typing import Generic, TypeVar

import strawberry

from schema.fields import field

T = TypeVar("T")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = field("Whether there are rows after this page.")
    has_previous_page: bool = field("Whether there are rows before this page.")
    start_cursor: str | None = field("The first row's cursor.")
    end_cursor: str | None = field("The last row's cursor.")


@strawberry.type(description="A row of the list.")
class Edge(Generic[T]):
    cursor: str = field("Where the row stands in the list; for `after` and `before`.")
    node: T = field("The thing itself.")


@strawberry.type(description="A page of the list.")
class Connection(Generic[T]):
    nodes: list[T] = field("The things on this page.")
    edges: list[Edge[T]] = field("The same with their cursors.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field("How many there are in all; costs nothing unless selected.")
