"""Every connection of the schema, with what a test needs to ask for its rows.

They are found in the schema, so that a new one is tested as soon as it is there.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    ast_from_value,
    get_named_type,
    get_nullable_type,
    parse_type,
    print_ast,
    type_from_ast,
)

from tests.conftest import Ask
from tests.oracle.contract import CONTRACT

Row = tuple[Any, ...]


class Connection(NamedTuple):
    """A field ``name`` of the type ``owner`` (a thing's, or Query) that is a connection.

    ``row`` is what to select of an edge so that it is known from the others; ``arguments`` are the
    GraphQL types of its arguments.
    """

    owner: str
    name: str
    row: str
    counted: bool
    arguments: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"

    @property
    def both_ways(self) -> bool:
        return "before" in self.arguments


def written(type_: str, value: Any) -> str:
    """A value of an input type as it stands in a document."""
    found = type_from_ast(CONTRACT, parse_type(type_))
    node = ast_from_value(value, cast(GraphQLInputType, found))
    assert node
    return print_ast(node)


class Asked(NamedTuple):
    """A connection of the thing with an id, of Query where that is None, with its arguments but
    those of the page. ``literal``: these stand in the document itself, not in variables.
    """

    connection: Connection
    id: str | None
    arguments: dict[str, Any]
    literal: bool = False

    def question(self, paging: Iterable[str]) -> str:
        """A question for a page: ``$id`` and the arguments of the page are variables."""
        types, literals = self.connection.arguments, self.arguments if self.literal else {}
        given = {name: f"${name}" for name in (*self.arguments, *paging)}
        given |= {name: written(types[name], value) for name, value in literals.items()}
        variables = [f"${name}: {types[name]}" for name in given if name not in literals]
        passed = ", ".join(f"{name}: {value}" for name, value in given.items())
        total = "totalCount " if self.connection.counted else ""
        page = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
        edges = f"edges {{ cursor {self.connection.row} }}"
        asked = f"list: {self.connection.name}({passed}) {{ {total}{edges} {page} }}"
        if self.id is None:
            return f"query ({', '.join(variables)}) {{ {asked} }}"
        of = f"node(id: $id) {{ ... on {self.connection.owner} {{ {asked} }} }}"
        return f"query ({', '.join(['$id: ID!', *variables])}) {{ {of} }}"


class Page(NamedTuple):
    rows: list[Row]
    cursors: list[str]
    total: int | None
    has_next: bool
    has_previous: bool


@cache
def connections() -> dict[str, Connection]:
    """All of them by their names: Work.credits."""
    found = [
        _connection(type_.name, name, field)
        for type_ in CONTRACT.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if get_named_type(field.type).name.endswith("Connection")
    ]
    return {str(each): each for each in found}


def _connection(owner: str, name: str, field: GraphQLField) -> Connection:
    type_ = get_named_type(field.type)
    assert isinstance(type_, GraphQLObjectType)
    edge = get_named_type(type_.fields["edges"].type)
    assert isinstance(edge, GraphQLObjectType)
    return Connection(
        owner,
        name,
        " ".join(_selections(edge)),
        "totalCount" in type_.fields,
        {each: str(argument.type) for each, argument in field.args.items()},
    )


def _selections(edge: GraphQLObjectType) -> Iterator[str]:
    """The things that an edge ties, and the words that it says of them."""
    for name, field in edge.fields.items():
        type_ = get_nullable_type(field.type)
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            yield from (f"{name} {{ {key} }}" for key in ("id", "number") if key in type_.fields)
        elif isinstance(type_, GraphQLEnumType):
            yield name


async def page(ask: Ask, of: Asked, **paging: Any) -> Page:
    """A page of what is asked."""
    variables = {"id": of.id} if of.id is not None else {}
    variables |= paging if of.literal else {**of.arguments, **paging}
    answer = await ask(of.question(paging), **variables)
    assert isinstance(answer, dict), answer
    found = (answer if of.id is None else answer["node"])["list"]
    edges, info = found["edges"], found["pageInfo"]
    cursors = [edge.pop("cursor") for edge in edges]
    ends = (cursors[0], cursors[-1]) if cursors else (None, None)
    assert (info["startCursor"], info["endCursor"]) == ends
    return Page(
        [tuple(map(_plain, edge.values())) for edge in edges],
        cursors,
        found.get("totalCount"),
        info["hasNextPage"],
        info["hasPreviousPage"],
    )


def _plain(value: Any) -> Any:
    return next(iter(value.values())) if isinstance(value, dict) else value


async def whole(ask: Ask, of: Asked) -> list[Row]:
    """All rows, in as few pages as can be; each is there once."""
    rows: list[Row] = []
    after = None
    while True:
        found = await page(ask, of, first=100, after=after)
        rows += found.rows
        assert found.rows or not found.has_next
        if not found.has_next:
            break
        after = found.cursors[-1]
    assert found.total in (None, len(rows))
    assert len(set(rows)) == len(rows)
    return rows
