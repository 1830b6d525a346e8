"""Shapes: how a record's nested lists become the response.

A shape knows each value's place, so that records carry no keys. It is compiled, with all shapes
within it, into Python that does for each row only what that row needs. The compiled shaper notes
in ``gaps`` what the schema does not allow: then the shaped value is no answer yet, and
graphql-core's walk over it says what is wrong.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from json import loads
from typing import Any, Protocol

from loaders.code import Code
from loaders.cursors import encode

Gaps = list[Any]
Shaper = Callable[[Any, Gaps], Any]


class Row(dict[str, Any]):
    """An object of an abstract type, which knows its type's name."""

    __slots__ = ("typename",)

    def __init__(self, values: dict[str, Any], typename: str) -> None:
        super().__init__(values)
        self.typename = typename


class Shape(Protocol):
    """How a value becomes a part of the response."""

    def expression(self, code: Code, value: str) -> str:
        """A Python expression of what becomes of ``value``, which is an expression, too."""


def compiled(shape: Shape, *, typed: bool = False) -> Shaper:
    """The shaper of ``shape``."""
    code = Code(typed=typed)
    expression = shape.expression(code, "value")
    shaper: Shaper = code.run(code.function("value, gaps", [f"return {expression}"]), RUNTIME)
    return shaper


@dataclass(frozen=True)
class Leaf:
    """A scalar that the graph holds as the response needs it: one of a Python type, or null."""

    kind: type

    def expression(self, code: Code, value: str) -> str:
        return f"({value} if {self._fits(value)} or {value} is None else gap(gaps, {value}))"

    def required(self, value: str) -> str:
        """As ``expression``, where null is a gap."""
        return f"({value} if {self._fits(value)} else gap(gaps, {value}))"

    def _fits(self, value: str) -> str:
        fits = f"{value}.__class__ is {self.kind.__name__}"
        # The Int of GraphQL has 32 bits.
        return f"{fits} and -2147483648 <= {value} <= 2147483647" if self.kind is int else fits


@dataclass(frozen=True)
class Word:
    """A value of an enum."""

    words: Collection[str]

    def expression(self, code: Code, value: str) -> str:
        words = code.constant(frozenset(self.words))
        return f"({value} if {value} is None or {value} in {words} else gap(gaps, {value}))"


@dataclass(frozen=True)
class Number:
    """A Float, which the graph may hold as a whole number."""

    def expression(self, code: Code, value: str) -> str:
        return f"({value} if {value}.__class__ is float or {value} is None else float({value}))"


@dataclass(frozen=True)
class Constant:
    """A value that needs no record."""

    value: str | None

    def expression(self, code: Code, value: str) -> str:
        return repr(self.value)


@dataclass(frozen=True)
class TypeName:
    """The name of the type of the object around it."""

    def expression(self, code: Code, value: str) -> str:
        return "typename"


@dataclass(frozen=True)
class Said:
    """A sentence about a list of facts."""

    say: Callable[..., str]

    def expression(self, code: Code, value: str) -> str:
        return f"{code.constant(self.say)}(*{value})"


@dataclass(frozen=True)
class Document:
    """Objects from a JSON text that has them by their names: ``of`` shapes the list of an
    object's ``fields``, of which ``key`` is its name.
    """

    key: str
    fields: Sequence[str]
    of: Shape

    def expression(self, code: Code, value: str) -> str:
        each = code.name()
        objects = f"objects({value}, {self.key!r}, {list(self.fields)!r})"
        return f"[{self.of.expression(code, each)} for {each} in {objects}]"


@dataclass(frozen=True)
class Required:
    """A value that must not be null."""

    of: Shape

    def expression(self, code: Code, value: str) -> str:
        shaped = self.of.expression(code, value)
        match self.of:
            case Leaf():
                return self.of.required(value)
            case Members() | Word() | Number():
                return f"({shaped} if {value} is not None else gap(gaps, None))"
        return f"required(gaps, {shaped})"


@dataclass(frozen=True)
class Members:
    """An object of the type ``typename`` from the list of its fields' values, in order."""

    keys: Sequence[str]
    shapes: Sequence[Shape]
    typename: str

    def function(self, code: Code) -> str:
        """The function that shapes it; objects of several types may share one."""
        names = [code.name() for _ in self.shapes]
        fields = [
            f"{key!r}: {of.expression(code, name)}"
            for key, of, name in zip(self.keys, self.shapes, names, strict=True)
        ]
        return code.function(
            f"value, gaps, typename={self.typename!r}",
            [
                "if value is None: return None",
                f"[{', '.join(names)}] = value",
                f"return {{{', '.join(fields)}}}",
            ],
        )

    def expression(self, code: Code, value: str) -> str:
        return f"{self.function(code)}({value}, gaps)"


@dataclass(frozen=True)
class OneOf:
    """An object of an abstract type from ``[index of its type, values]``: each type's name, and
    the shape that it may share with others.
    """

    types: Sequence[tuple[str, Members]]

    def expression(self, code: Code, value: str) -> str:
        shared = {id(of): of for _, of in self.types}
        functions = {key: of.function(code) for key, of in shared.items()}
        pairs = [f"({functions[id(of)]}, {name!r})" for name, of in self.types]
        types = code.value(f"[{', '.join(pairs)}]")
        row = "of(value[1], gaps, typename)"
        function = code.function(
            "value, gaps",
            [
                "if value is None or value[0] is None: return None",
                f"of, typename = {types}[value[0]]",
                f"return Row({row}, typename)" if code.typed else f"return {row}",
            ],
        )
        return f"{function}({value}, gaps)"


@dataclass(frozen=True)
class Listed:
    """A list of values of one shape."""

    of: Shape

    def expression(self, code: Code, value: str) -> str:
        each = code.name()
        return f"[{self.of.expression(code, each)} for {each} in {value}]"


@dataclass(frozen=True)
class ListedOnce:
    """A list of ``[key, value]``, of which each key's first counts."""

    of: Shape

    def expression(self, code: Code, value: str) -> str:
        return Listed(self.of).expression(code, f"once({value})")


@dataclass(frozen=True)
class Items:
    """A list each of whose items has a shape of its own."""

    shapes: Sequence[Shape]

    def expression(self, code: Code, value: str) -> str:
        items = [of.expression(code, f"{value}[{i}]") for i, of in enumerate(self.shapes)]
        return f"[{', '.join(items)}]"


@dataclass(frozen=True)
class Column:
    """A value of a row or a record, by its place."""

    index: int
    of: Shape

    def expression(self, code: Code, value: str) -> str:
        return self.of.expression(code, f"{value}[{self.index}]")


@dataclass(frozen=True)
class Cursor:
    """A row's cursor from the list of its order keys."""

    mark: str

    def expression(self, code: Code, value: str) -> str:
        return f"encode({self.mark!r}, {value})"


@dataclass(frozen=True)
class Edge:
    """An object of a row's columns."""

    fields: Sequence[tuple[str, Shape]]

    def expression(self, code: Code, value: str) -> str:
        return _object(code, self.fields, value)


@dataclass(frozen=True)
class EachRow:
    """The rows of a page, of which ``of`` is one."""

    of: Shape

    def expression(self, code: Code, value: str) -> str:
        return Listed(self.of).expression(code, "rows")


@dataclass(frozen=True)
class PageInfo:
    """``fields`` are pairs of response key and field name; ``at`` is a row's cursor."""

    fields: Sequence[tuple[str, str]]
    at: Shape

    def expression(self, code: Code, value: str) -> str:
        parts: Mapping[str, Callable[[], str]] = {
            "__typename": lambda: "'PageInfo'",
            "hasNextPage": lambda: "has_next",
            "hasPreviousPage": lambda: "has_previous",
            "startCursor": lambda: self._cursor(code, 0),
            "endCursor": lambda: self._cursor(code, -1),
        }
        return f"{{{', '.join(f'{key!r}: {parts[name]()}' for key, name in self.fields)}}}"

    def _cursor(self, code: Code, index: int) -> str:
        return f"({self.at.expression(code, f'rows[{index}]')} if rows else None)"


@dataclass(frozen=True)
class Connection:
    """A page from its record: the rows, one more than asked for if there are, how many were asked
    for, and what was asked of the list.
    """

    fields: Sequence[tuple[str, Shape]]
    backward: bool

    def expression(self, code: Code, value: str) -> str:
        more = "len(rows) > size"
        function = code.function(
            "value, gaps",
            [
                "rows, size, _, earlier, later, _ = value",
                "rows = rows or []",
                f"has_next = bool(later){'' if self.backward else f' or {more}'}",
                f"has_previous = bool(earlier){f' or {more}' if self.backward else ''}",
                f"rows = rows[:size]{'[::-1]' if self.backward else ''}",
                f"return {_object(code, self.fields, 'value')}",
            ],
        )
        return f"{function}({value}, gaps)"


def _object(code: Code, fields: Iterable[tuple[str, Shape]], value: str) -> str:
    return f"{{{', '.join(f'{key!r}: {of.expression(code, value)}' for key, of in fields)}}}"


def _gap(gaps: Gaps, value: Any) -> Any:
    gaps.append(value)
    return value


def _required(gaps: Gaps, value: Any) -> Any:
    return _gap(gaps, value) if value is None else value


def _once(rows: Iterable[tuple[list[Any], Any]]) -> Iterable[Any]:
    first: dict[tuple[Any, ...], Any] = {}
    for key, value in rows:
        first.setdefault(tuple(key), value)
    return first.values()


def _objects(text: str | None, key: str, fields: Sequence[str]) -> list[list[Any]]:
    named = [{key: name, **each} for name, each in loads(text or "{}").items()]
    return [[each.get(name) for name in fields] for each in named]


RUNTIME: dict[str, Any] = {
    "Row": Row,
    "encode": encode,
    "gap": _gap,
    "objects": _objects,
    "once": _once,
    "required": _required,
}
"""What compiled shapers call."""
