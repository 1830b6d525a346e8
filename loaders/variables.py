"""Variables by their shape.

A plan is made without the values of an operation's variables: they stand in it as ``Variable``
and are put in when it is run, so that one plan serves every request of the same shape. What
decides the shape stays as it is: null and absence, Boolean and enum values, and the lengths of
lists of input objects.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    get_named_type,
)

SHAPING_SCALARS = frozenset({"Boolean", "LanguageTag"})


class Variable(NamedTuple):
    """A value to be taken from the request's variables, by its path."""

    path: tuple[str | int, ...]


def symbolic(value: Any, type_: GraphQLInputType, path: tuple[str | int, ...]) -> Any:
    """``value`` with each part that does not shape the plan replaced by a Variable."""
    if isinstance(type_, GraphQLNonNull):
        return symbolic(value, type_.of_type, path)
    if value is None:
        return None
    if isinstance(type_, GraphQLList):
        if _shapes(get_named_type(type_)):
            return [symbolic(item, type_.of_type, (*path, i)) for i, item in enumerate(value)]
        return Variable(path)
    if isinstance(type_, GraphQLInputObjectType):
        return {
            name: symbolic(item, type_.fields[name].type, (*path, name))
            for name, item in value.items()
        }
    return plain(value) if _shapes(type_) else Variable(path)


def _shapes(type_: Any) -> bool:
    if isinstance(type_, GraphQLScalarType):
        return type_.name in SHAPING_SCALARS
    return isinstance(type_, GraphQLInputObjectType | GraphQLEnumType)


def plain(value: Any) -> Any:
    """Enum members as their values, at any depth."""
    if isinstance(value, Variable):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def resolve(value: Any, variables: Mapping[str, Any]) -> Any:
    """``value`` with every Variable in it replaced by what the request gave."""
    if isinstance(value, Variable):
        found: Any = variables
        for step in value.path:
            found = found[step]
        return plain(found)
    if isinstance(value, Mapping):
        return {key: resolve(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve(item, variables) for item in value]
    return value
