"""Variables by their shape.

A plan is made without the values of an operation's variables: they stand in it as ``Variable``
and are put in when it is run, so that one plan serves every request of the same shape. What
decides the shape stays as it is: null and absence, Boolean and enum values, and the lengths of
lists of input objects.
"""

from collections.abc import Hashable, Mapping
from enum import Enum
from typing import Any, NamedTuple, cast

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    type_from_ast,
)
from graphql.execution.values import get_variable_values

SHAPING_SCALARS = frozenset({"Boolean", "LanguageTag"})
PLAIN: Mapping[str, type] = {"ID": str, "String": str, "Boolean": bool}
"""Scalars whose values of this Python type are what they are coerced to."""
ABSENT = ...
MOST_ERRORS = 50
"""So many wrong values of variables are told."""


class Variable(NamedTuple):
    """A value to be taken from the request's variables, by its path."""

    path: tuple[str | int, ...]


class Declared(NamedTuple):
    """A variable of an operation. ``plain`` values need no coercion."""

    name: str
    of_type: GraphQLInputType
    is_required: bool
    has_default: bool
    plain: type | None

    def key(self, coerced: Mapping[str, Any]) -> Hashable:
        """What of its value shapes a plan."""
        value = coerced.get(self.name, ABSENT)
        if value is None or value is ABSENT:
            return value
        return True if self.plain is str else repr(symbolic(value, self.of_type, ()))


class Variables:
    """The variables of an operation, looked up in the schema once."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self.schema = schema
        self.nodes = operation.variable_definitions or ()
        self.declared: list[Declared] = []
        for each in self.nodes:
            type_ = cast(GraphQLInputType, type_from_ast(schema, each.type))
            nullable = get_nullable_type(type_)
            plain = PLAIN.get(getattr(nullable, "name", ""))
            has_default = each.default_value is not None
            name = each.variable.name.value
            self.declared.append(Declared(name, type_, nullable is not type_, has_default, plain))

    def coerced(self, values: Mapping[str, Any]) -> Mapping[str, Any] | list[GraphQLError]:
        """The variables as the schema has them, or what is wrong with them."""
        found = {}
        for each in self.declared:
            value = values.get(each.name)
            if value.__class__ is each.plain:
                found[each.name] = value
            elif each.name in values or each.is_required or each.has_default:
                return self._checked(values)
        return found

    def _checked(self, values: Mapping[str, Any]) -> Mapping[str, Any] | list[GraphQLError]:
        found = get_variable_values(self.schema, self.nodes, dict(values), MOST_ERRORS)
        return found if isinstance(found, list) else found.coerced

    def shape(self, coerced: Mapping[str, Any]) -> dict[str, Any]:
        """The variables with only what decides a plan left in them."""
        return {
            each.name: symbolic(coerced[each.name], each.of_type, (each.name,))
            for each in self.declared
            if each.name in coerced
        }

    def key(self, coerced: Mapping[str, Any]) -> Hashable:
        """Equal for variables of the same shape."""
        return tuple([each.key(coerced) for each in self.declared])


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
