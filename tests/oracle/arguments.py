"""Strategies: whose connection is asked for, and with which arguments besides those of the page."""

from collections.abc import Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
)
from hypothesis import strategies as st

from tests.oracle.catalogue import known
from tests.oracle.connections import Asked, Connection
from tests.oracle.contract import CONTRACT
from tests.oracle.questions import ABOUT, comparisons, filters

PAGING = frozenset({"first", "after", "last", "before"})


@st.composite
def asked(
    draw: st.DrawFn,
    connection: Connection,
    *,
    needed: Sequence[str] = (),
    without: frozenset[str] = PAGING,
) -> Asked:
    """All that is needed or required, and up to three of the other arguments."""
    required = [name for name, type_ in connection.arguments.items() if type_.endswith("!")]
    names = {*needed, *required}
    others = sorted(connection.arguments.keys() - names - without)
    names |= set(draw(st.permutations(others))[: draw(st.integers(0, 3))])
    arguments = {name: draw(_argument(connection, name)) for name in sorted(names)}
    return Asked(connection, draw(_owner(connection)), arguments, draw(st.booleans()))


@st.composite
def _owner(draw: st.DrawFn, connection: Connection) -> str | None:
    """Mostly one of which the catalogue has something to list."""
    if connection.owner == "Query":
        return None
    things = known().of(connection.owner)
    if draw(st.sampled_from((True, True, True, False))):
        things = [thing for thing in things if thing.links[connection.name]] or things
    return draw(st.sampled_from(things)).id if things else "nothing"


def _argument(connection: Connection, name: str) -> st.SearchStrategy[Any]:
    owner = CONTRACT.type_map[connection.owner]
    assert isinstance(owner, GraphQLObjectType)
    return value(owner.fields[connection.name].args[name].type, name)


def value(type_: GraphQLInputType, name: str) -> st.SearchStrategy[Any]:
    """A value of an input type for an argument or key of that ``name``."""
    if isinstance(type_, GraphQLNonNull):
        return value(type_.of_type, name)
    if isinstance(type_, GraphQLList):
        return st.lists(value(type_.of_type, name), min_size=1, max_size=3)
    if isinstance(type_, GraphQLEnumType):
        return st.sampled_from(list(type_.values))
    if not isinstance(type_, GraphQLInputObjectType):
        return SCALARS[name]()
    if type_.name in ABOUT:
        return filters(type_.name)
    if type_.name == "RoleFilter":
        return comparisons(type_.name, "Credit", "role")
    keys = {key: value(field.type, key) for key, field in type_.fields.items()}
    if type_.is_one_of:
        return st.one_of([st.fixed_dictionaries({key: each}) for key, each in keys.items()])
    optional = {
        key: each
        for key, each in keys.items()
        if not isinstance(type_.fields[key].type, GraphQLNonNull)
    }
    required = {key: each for key, each in keys.items() if key not in optional}
    return st.fixed_dictionaries(required, optional=optional)


def _ids() -> st.SearchStrategy[str]:
    return st.sampled_from([thing.id for thing in known().of("Work", "Segment")])


def _names() -> st.SearchStrategy[str]:
    return st.sampled_from([each.names[0].text for each in known().of("Work", "Person")])


def _shares() -> st.SearchStrategy[float]:
    return st.integers(0, 4).map(lambda quarters: quarters / 4)


SCALARS = {
    "rollUp": st.booleans,
    "includeNsfw": st.booleans,
    "exclude": _ids,
    "likes": _ids,
    "query": _names,
    "minScore": _shares,
    **dict.fromkeys(
        ("staff", "cast", "music", "studio", "terms", "franchise", "relations", "lists", "era"),
        _shares,
    ),
    "popularity": _shares,
}
"""Values of arguments that are no filters, by their names."""
