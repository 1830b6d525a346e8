"""What the schema says of its types, as Markdown tables."""

from collections.abc import Iterable, Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    is_enum_type,
    is_introspection_type,
    is_scalar_type,
    is_specified_scalar_type,
)

from schema.schema import executable

# Every list has these; docs/topics says once what they are.
OF_LISTS = frozenset(("where", "orderBy", "first", "after", "last", "before"))
OF_CONNECTIONS = frozenset(("nodes", "edges", "pageInfo", "totalCount"))
OF_EDGES = frozenset(("cursor", "node"))


def own_types() -> set[str]:
    """Types with something to say: no connection or edge that has only what all have."""
    return {
        name
        for name, type_ in executable.type_map.items()
        if not is_introspection_type(type_)
        and not is_specified_scalar_type(type_)
        and name != "Query"
        and (is_scalar_type(type_) or any(_rows(type_)))
    }


def reference(names: Iterable[str]) -> str:
    """Tables of ``names``, each a type or a field of Query (`Query.work`); raises KeyError."""
    names = list(names)
    roots = [name.removeprefix("Query.") for name in names if name.startswith("Query.")]
    types = [executable.type_map[name] for name in names if not name.startswith("Query.")]
    parts = [_roots(roots)] if roots else []
    return "\n\n".join(["### Reference", *parts, *map(_table, types)])


def _roots(names: list[str]) -> str:
    assert executable.query_type
    fields = executable.query_type.fields
    rows = (_field_row(name, fields[name]) for name in names)
    return "\n".join(["| root field | type | |", "|---|---|---|", *rows])


def _table(type_: GraphQLNamedType) -> str:
    said = [f"**{type_.name}**:", _line(type_.description)]
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_.interfaces:
        # Those that others imply add nothing.
        implied = {each for of in type_.interfaces for each in of.interfaces}
        shown = [f"`{each.name}`" for each in type_.interfaces if each not in implied]
        said.append(f"Has all that {' and '.join(shown)} has, and:")
    head = "| value | |\n|---|---|" if is_enum_type(type_) else "| field | type | |\n|---|---|---|"
    rows = list(_rows(type_))
    return "\n".join([" ".join(said), *(["", head, *rows] if rows else [])])


def _rows(type_: GraphQLNamedType) -> Iterator[str]:
    """A line of the table for each of its values or fields; a scalar has none."""
    match type_:
        case GraphQLEnumType():
            for name, value in type_.values.items():
                yield f"| `{name}` | {_line(value.description)} |"
        case GraphQLInputObjectType():
            for name, given in type_.fields.items():
                yield f"| `{name}` | `{given.type}` | {_line(given.description)} |"
        case GraphQLObjectType() | GraphQLInterfaceType():
            known = _known(type_)
            for name, field in type_.fields.items():
                if name not in known:
                    yield _field_row(name, field)


def _known(type_: GraphQLObjectType | GraphQLInterfaceType) -> frozenset[str]:
    """Fields that need no saying again."""
    if type_.name.endswith("Connection"):
        return OF_CONNECTIONS
    if type_.name.endswith("Edge"):
        return OF_EDGES
    return frozenset(name for of in type_.interfaces for name in of.fields)


def _field_row(name: str, field: GraphQLField) -> str:
    arguments = f"({', '.join(field.args)})" if field.args else ""
    special = (
        f"`{name}`: {_line(argument.description)}"
        for name, argument in field.args.items()
        if name not in OF_LISTS
    )
    said = " ".join([_line(field.description), *special])
    return f"| `{name}{arguments}` | `{field.type}` | {said} |"


def _line(description: str | None) -> str:
    return " ".join((description or "").split()).replace("|", "\\|")
