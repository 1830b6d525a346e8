"""Shapers: what turns a record's nested lists into the response.

A shaper is compiled with its plan and knows each value's place, so that records carry no keys. It
notes in ``gaps`` what the schema does not allow: then the shaped value is no answer yet, and
graphql-core's walk over it says what is wrong.
"""

from collections.abc import Callable, Collection, Sequence
from json import loads
from typing import Any, NamedTuple

from loaders.cursors import encode

Gaps = list[str]
Shape = Callable[[Any, Gaps], Any]


class Row(dict[str, Any]):
    """An object of an abstract type, which knows its type's name."""

    __slots__ = ("typename",)

    def __init__(self, values: dict[str, Any], typename: str) -> None:
        super().__init__(values)
        self.typename = typename


def same(value: Any, gaps: Gaps) -> Any:
    return value


def number(value: Any, gaps: Gaps) -> float | None:
    return value if value is None else float(value)


def exactly(kind: type) -> Shape:
    """A value that the graph holds as the response needs it."""

    def shape(value: Any, gaps: Gaps) -> Any:
        if value is not None and type(value) is not kind:
            gaps.append(kind.__name__)
        return value

    return shape


def one_word_of(words: Collection[str]) -> Shape:
    """A value of an enum."""

    def shape(value: Any, gaps: Gaps) -> Any:
        if value is not None and value not in words:
            gaps.append("enum")
        return value

    return shape


def constant(value: Any) -> Shape:
    return lambda _, gaps: value


def said(say: Callable[..., str]) -> Shape:
    """A sentence about a list of facts."""
    return lambda facts, gaps: say(*facts)


def document(key: str, fields: Sequence[str], of: Shape) -> Shape:
    """Objects from a JSON text that has them by their names: ``of`` shapes the list of an object's
    ``fields``, of which ``key`` is its name.
    """

    def shape(value: Any, gaps: Gaps) -> Any:
        objects = [{key: name, **each} for name, each in loads(value or "{}").items()]
        return [of([each.get(name) for name in fields], gaps) for each in objects]

    return shape


def required(name: str, of: Shape) -> Shape:
    """A value that must not be null."""

    def shape(value: Any, gaps: Gaps) -> Any:
        shaped = of(value, gaps)
        if shaped is None:
            gaps.append(name)
        return shaped

    return shape


def members(keys: Sequence[str], shapes: Sequence[Shape]) -> Shape:
    """An object from a list of its fields' values, in order."""
    fields = list(zip(keys, shapes, strict=True))

    def shape(values: Any, gaps: Gaps) -> Any:
        if values is None:
            return None
        return {key: of(value, gaps) for (key, of), value in zip(fields, values, strict=True)}

    return shape


class Typed(NamedTuple):
    """One of an abstract type's types: its shaper, and the response keys that ask for its name."""

    name: str
    shape: Shape
    name_keys: tuple[str, ...]


def one_of(types: Sequence[Typed]) -> Shape:
    """An object of an abstract type from ``[index of its type, values]``."""

    def shape(value: Any, gaps: Gaps) -> Any:
        if value is None or value[0] is None:
            return None
        typed = types[value[0]]
        row = Row(typed.shape(value[1], gaps), typed.name)
        for key in typed.name_keys:
            row[key] = typed.name
        return row

    return shape


def listed(of: Shape) -> Shape:
    return lambda values, gaps: [of(value, gaps) for value in values]


def listed_once(of: Shape) -> Shape:
    """A list of ``[key, value]``, of which each key's first counts."""

    def shape(rows: Any, gaps: Gaps) -> Any:
        first: dict[tuple[Any, ...], Any] = {}
        for key, value in rows:
            first.setdefault(tuple(key), value)
        return [of(value, gaps) for value in first.values()]

    return shape


def items(shapes: Sequence[Shape]) -> Shape:
    """A list each of whose items has a shape of its own."""

    def shape(values: Any, gaps: Gaps) -> Any:
        return [of(value, gaps) for of, value in zip(shapes, values, strict=True)]

    return shape


class Page(NamedTuple):
    """A connection's record: the rows, one more than asked for if there are, and what was asked
    of the list.
    """

    rows: list[Any]
    size: int
    total: int | None
    earlier: bool | None
    later: bool | None
    facets: list[Any]


class Window(NamedTuple):
    """A page's rows in order, with what lies beyond it."""

    rows: list[Any]
    has_previous: bool
    has_next: bool
    total: int | None
    facets: list[Any]


def connection(fields: Sequence[tuple[str, Shape]], *, backward: bool) -> Shape:
    """A page; ``fields`` are shaped from its Window."""

    def shape(value: Any, gaps: Gaps) -> Any:
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
            page.facets,
        )
        return {key: of(window, gaps) for key, of in fields}

    return shape


def column(index: int, of: Shape) -> Shape:
    return lambda row, gaps: of(row[index], gaps)


def cursor(mark: str) -> Shape:
    return lambda keys, gaps: encode(mark, keys)


def total(window: Window, gaps: Gaps) -> int | None:
    return window.total


def facets(index: int, of: Shape) -> Shape:
    return lambda window, gaps: of(window.facets[index], gaps)


def edge(fields: Sequence[tuple[str, Shape]]) -> Shape:
    return lambda row, gaps: {key: of(row, gaps) for key, of in fields}


def each_row(of: Shape) -> Shape:
    return lambda window, gaps: [of(row, gaps) for row in window.rows]


def page_info(fields: Sequence[tuple[str, str]], at: Shape) -> Shape:
    """``fields`` are pairs of response key and field name; ``at`` is a row's cursor."""
    parts: dict[str, Shape] = {
        "__typename": constant("PageInfo"),
        "hasNextPage": lambda window, gaps: window.has_next,
        "hasPreviousPage": lambda window, gaps: window.has_previous,
        "startCursor": lambda window, gaps: at(window.rows[0], gaps) if window.rows else None,
        "endCursor": lambda window, gaps: at(window.rows[-1], gaps) if window.rows else None,
    }
    chosen = [(key, parts[name]) for key, name in fields]
    return lambda window, gaps: {key: of(window, gaps) for key, of in chosen}
