"""Shapers: what turns a record's nested lists into the response.

A shaper is compiled with its plan and knows each value's place, so that records carry no keys.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from loaders.cursors import encode

Shape = Callable[[Any], Any]

TYPE = "@type"
"""Under this key, which is no GraphQL name, an object of an abstract type carries its type's
name.
"""


def same(value: Any) -> Any:
    return value


def constant(value: Any) -> Shape:
    return lambda _: value


def members(keys: Sequence[str], shapes: Sequence[Shape]) -> Shape:
    """An object from a list of its fields' values, in order."""
    fields = list(zip(keys, shapes, strict=True))

    def shape(values: Any) -> Any:
        if values is None:
            return None
        return {key: of(value) for (key, of), value in zip(fields, values, strict=True)}

    return shape


class Typed(NamedTuple):
    """One of an abstract type's types: its shaper, and the response keys that ask for its name."""

    name: str
    shape: Shape
    name_keys: tuple[str, ...]


def one_of(types: Sequence[Typed]) -> Shape:
    """An object of an abstract type from ``[index of its type, values]``."""

    def shape(value: Any) -> Any:
        if value is None or value[0] is None:
            return None
        typed = types[value[0]]
        row = typed.shape(value[1])
        row[TYPE] = typed.name
        for key in typed.name_keys:
            row[key] = typed.name
        return row

    return shape


def listed(of: Shape) -> Shape:
    return lambda values: [of(value) for value in values]


class Page(NamedTuple):
    """A connection's record: the rows, one more than asked for if there are, and what was asked
    of the list.
    """

    rows: list[Any]
    size: int
    total: int | None
    earlier: bool | None
    later: bool | None


class Window(NamedTuple):
    """A page's rows in order, with what lies beyond it."""

    rows: list[Any]
    has_previous: bool
    has_next: bool
    total: int | None


OfWindow = Callable[[Window], Any]


def connection(fields: Sequence[tuple[str, OfWindow]], *, backward: bool) -> Shape:
    def shape(value: Any) -> Any:
        page = Page(*value)
        rows = page.rows or []
        more = len(rows) > page.size
        rows = rows[: page.size]
        if backward:
            rows = rows[::-1]
        window = Window(
            rows,
            bool(page.earlier) or (backward and more),
            bool(page.later) or (not backward and more),
            page.total,
        )
        return {key: of(window) for key, of in fields}

    return shape


def column(index: int, of: Shape) -> Shape:
    return lambda row: of(row[index])


def cursor(mark: str) -> Shape:
    return lambda keys: encode(mark, keys)


def total(window: Window) -> int | None:
    return window.total


def edge(fields: Sequence[tuple[str, Shape]]) -> Shape:
    return lambda row: {key: of(row) for key, of in fields}


def each_row(of: Shape) -> OfWindow:
    return lambda window: [of(row) for row in window.rows]


def page_info(fields: Sequence[tuple[str, str]], at: Shape) -> OfWindow:
    """``fields`` are pairs of response key and field name; ``at`` is a row's cursor."""
    parts: dict[str, OfWindow] = {
        "__typename": lambda _: "PageInfo",
        "hasNextPage": lambda window: window.has_next,
        "hasPreviousPage": lambda window: window.has_previous,
        "startCursor": lambda window: at(window.rows[0]) if window.rows else None,
        "endCursor": lambda window: at(window.rows[-1]) if window.rows else None,
    }
    chosen = [(key, parts[name]) for key, name in fields]
    return lambda window: {key: of(window) for key, of in chosen}
