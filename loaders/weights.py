"""Weights: what filters, orders and lists count for in an operation's cost.

Each value in them counts one, and what `some`, `all`, `none`, `single` or `count` holds counts as
often as a filter's hop, so that hops within hops multiply.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    ListValueNode,
    Node,
    NullValueNode,
    ObjectValueNode,
    VariableNode,
    get_nullable_type,
)
from graphql.language import BooleanValueNode, IntValueNode

from loaders.limits import LIMITS
from loaders.prices import HOP
from loaders.variables import Variables

QUANTIFIERS = frozenset({"some", "all", "none", "single", "count"})


class Weights(NamedTuple):
    """What a request's variables count for: the ``values`` of compound ones, and the ``numbers``
    that whole numbers, no larger than a page, and Booleans are.
    """

    values: dict[str, int]
    numbers: dict[str, int]

    def key(self) -> tuple[Any, ...]:
        """Equal for requests of the same text that cost the same."""
        return tuple(self.values.items()), tuple(self.numbers.items())

    def literal(self, node: Node) -> int:
        """What a value written in the document counts for."""
        match node:
            case VariableNode():
                return self.values.get(node.name.value, 1)
            case ListValueNode():
                return sum(map(self.literal, node.values))
            case ObjectValueNode():
                return sum(
                    _times(each.name.value) * self.literal(each.value) for each in node.fields
                )
            case NullValueNode():
                return 0
            case _:
                return 1

    def number(self, node: Node | None) -> int | None:
        """The page size that an argument gives, or 1 for true and 0 for false."""
        match node:
            case IntValueNode():
                return clamped(int(node.value))
            case BooleanValueNode():
                return int(node.value)
            case VariableNode():
                return self.numbers.get(node.name.value)
            case _:
                return None


def weigh(variables: Variables, coerced: Mapping[str, Any]) -> Weights:
    """What the variables of an operation count for."""
    found = Weights({}, {})
    for each in variables.declared:
        value = coerced.get(each.name)
        if isinstance(value, int):
            found.numbers[each.name] = clamped(value)
        elif isinstance(value, list | Mapping) or is_compound(each.of_type):
            found.values[each.name] = _weight(value)
    return found


def is_compound(type_: GraphQLInputType | Any) -> bool:
    return isinstance(get_nullable_type(type_), GraphQLList | GraphQLInputObjectType)


def clamped(size: int) -> int:
    """What is out of range is refused, with its name, when it is planned."""
    return max(0, min(size, LIMITS.max_page_size))


def _weight(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(_times(key) * _weight(each) for key, each in value.items())
    if isinstance(value, list):
        return sum(map(_weight, value))
    return int(value is not None)


def _times(key: str) -> int:
    return HOP if key in QUANTIFIERS else 1
