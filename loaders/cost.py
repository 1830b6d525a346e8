"""Cost: how much an operation may answer and read at most, and how much it has answered.

The formula is docs/limits.md's: a field costs 1, what its arguments and its lookup cost, and what
is selected below it as often as it has rows. A price is computed in one pass over the operation's
text, in which a fragment is measured once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)

from loaders.documents import Prepared
from loaders.limits import LIMITS
from loaders.prices import LOOKUPS, SIZES, USUAL_SIZE
from loaders.recent import Recent
from loaders.weights import Weights, is_compound, weigh

ROOM = 3 * 2**20
BYTES_PER_CHARACTER = 6
"""Of a question's price with its key, measured over the questions of the playground."""
ROWS = frozenset({"nodes", "edges"})
LISTING = frozenset({"ids", "by"})
"""Arguments of which each item is a row."""


@dataclass(frozen=True)
class Price:
    """What a selection costs at ``most``; a connection's costs ``per_row`` for each of its rows
    besides. ``fixed`` is the part that does not depend on the lengths of lists: those are in
    ``fields``, in ``parts``, which are fragments, and in the dearest of ``cases``, which are
    fragments on different types.
    """

    most: int = 0
    per_row: int = 0
    fixed: int = 0
    fields: tuple["FieldPrice", ...] = ()
    parts: tuple["Price", ...] = ()
    cases: tuple["Price", ...] = ()

    @cached_property
    def varies(self) -> bool:
        return bool(self.fields or self.parts or self.cases)

    def spent(self, answer: Mapping[str, Any]) -> int:
        """What ``answer`` has cost: the same sum, with the rows that there were."""
        found = self.fixed
        for each in self.fields:
            if each.key in answer:
                found += each.spent(answer[each.key])
        for part in self.parts:
            found += part.spent(answer)
        if self.cases:
            found += max([case.spent(answer) for case in self.cases])
        return found


class FieldPrice(NamedTuple):
    """What a field costs under its response key: its ``own`` price and what is ``below`` it."""

    key: str
    own: int
    below: Price
    listed: bool
    most: int
    per_row: int = 0

    @property
    def varies(self) -> bool:
        return self.listed or self.below.varies

    def spent(self, value: Any) -> int:
        if value is None:
            return self.own
        if not self.listed:
            return self.own + self.below.spent(value)
        if self.below.varies:
            return self.own + sum([self.below.spent(row) for row in value if row is not None])
        return self.own + len(value) * self.below.fixed


@dataclass
class Pricing:
    """Prices one operation, looking at each selection of its text once."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    weights: Weights
    found: dict[str, tuple[GraphQLCompositeType, Price]] = field(default_factory=dict)

    def operation(self, node: OperationDefinitionNode) -> Price:
        root = self.schema.get_root_type(node.operation)
        assert root is not None
        return self._selection(node.selection_set, root)

    def _selection(self, within: SelectionSetNode, type_: GraphQLCompositeType) -> Price:
        fields: list[FieldPrice] = []
        parts: list[Price] = []
        cases: dict[str, list[Price]] = {}
        for each in within.selections:
            if not self._is_included(each):
                continue
            if isinstance(each, FieldNode):
                fields.append(self._field(each, type_))
                continue
            condition, price = self._fragment(each, type_)
            if isinstance(condition, GraphQLObjectType) and is_abstract_type(type_):
                cases.setdefault(condition.name, []).append(price)
            else:
                parts.append(price)
        return _together(fields, parts, [_together([], same, []) for same in cases.values()])

    def _fragment(
        self, node: SelectionNode, type_: GraphQLCompositeType
    ) -> tuple[GraphQLCompositeType, Price]:
        if isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in self.found:
                definition = self.fragments[name]
                condition = self._type(definition.type_condition.name.value)
                price = self._selection(definition.selection_set, condition)
                self.found[name] = condition, price
            return self.found[name]
        assert isinstance(node, InlineFragmentNode)
        named = node.type_condition
        condition = self._type(named.name.value) if named else type_
        return condition, self._selection(node.selection_set, condition)

    def _type(self, name: str) -> GraphQLCompositeType:
        type_ = self.schema.type_map[name]
        assert is_composite_type(type_)
        return type_

    def _field(self, node: FieldNode, type_: GraphQLCompositeType) -> FieldPrice:
        name, key = node.name.value, (node.alias or node.name).value
        definition = self.schema.get_field(type_, name)
        assert definition is not None
        named = get_named_type(definition.type)
        below = Price()
        if node.selection_set and is_composite_type(named):
            below = self._selection(node.selection_set, named)
        own = self._own(node, definition)
        listed = isinstance(get_nullable_type(definition.type), GraphQLList)
        if name in ROWS and _is_connection(type_):
            return FieldPrice(key, own, below, listed, own, below.most)
        rows = self._rows(node, definition, type_)
        most = rows * below.most if listed else below.most + rows * below.per_row
        return FieldPrice(key, own, below, listed, own + most)

    def _own(self, node: FieldNode, definition: GraphQLField) -> int:
        """The field itself, what is looked up for it, and its filter, order and lists."""
        lookups, given = 1, 0
        for each in node.arguments or ():
            argument = definition.args[each.name.value]
            if is_compound(argument.type):
                weight = self.weights.literal(each.value)
                given += weight
                lookups = weight if is_required_argument(argument) else lookups
        return 1 + lookups * LOOKUPS.get(node.name.value, 0) + given

    def _rows(self, node: FieldNode, definition: GraphQLField, type_: GraphQLCompositeType) -> int:
        """How many rows a list may have, as far as that is known."""
        given: dict[str, Node] = {each.name.value: each.value for each in node.arguments or ()}
        listing = LISTING & given.keys()
        if listing:
            return sum(self.weights.literal(given[each]) for each in listing)
        name = node.name.value
        size = SIZES.get(f"{type_.name}.{name}", SIZES.get(name))
        if "first" not in definition.args:
            return USUAL_SIZE if size is None else size
        wanted = self._page_size(definition, given)
        return wanted if size is None else min(wanted, size)

    def _page_size(self, definition: GraphQLField, given: Mapping[str, Node]) -> int:
        for name in ("first", "last"):
            wanted = self.weights.number(given.get(name))
            if wanted is not None:
                return max(wanted, 1)  # one row is read to see whether there is a next page
        default = definition.args["first"].default_value
        return default if isinstance(default, int) else LIMITS.page_size

    def _is_included(self, node: SelectionNode) -> bool:
        """Whether @skip and @include leave it in."""
        return all(
            bool(self.weights.number(condition.value)) == (each.name.value == "include")
            for each in node.directives or ()
            for condition in each.arguments or ()
        )


def _together(
    fields: Sequence[FieldPrice], parts: Sequence[Price], cases: Sequence[Price]
) -> Price:
    """All ``fields`` and ``parts``, and the dearest of ``cases``, of which only one applies."""
    vary = any(case.varies for case in cases)
    fixed = sum(each.own + each.below.fixed for each in fields if not each.varies)
    fixed += sum(part.fixed for part in parts if not part.varies)
    fixed += 0 if vary else max((case.fixed for case in cases), default=0)
    most = sum(each.most for each in fields) + sum(part.most for part in parts)
    return Price(
        most + max((case.most for case in cases), default=0),
        sum(each.per_row for each in fields) + sum(part.per_row for part in parts),
        fixed,
        tuple(each for each in fields if each.varies),
        tuple(part for part in parts if part.varies),
        tuple(cases) if vary else (),
    )


def _is_connection(type_: GraphQLCompositeType) -> bool:
    return isinstance(type_, GraphQLObjectType) and "pageInfo" in type_.fields


@dataclass
class Prices:
    """The prices of operations, by their text and what their variables count for."""

    schema: GraphQLSchema
    kept: Recent[Any, Price] = field(default_factory=lambda: Recent(ROOM))

    def price(self, operation: Prepared, coerced: Mapping[str, Any]) -> Price:
        """What ``operation`` costs; raises GraphQLError where that is too much."""
        weights = weigh(operation.variables, coerced)
        key = operation.key, weights.key()
        found = self.kept.get(key)
        if found is None:
            found = Pricing(self.schema, operation.fragments, weights).operation(operation.node)
            self.kept.put(key, found, BYTES_PER_CHARACTER * (len(operation.text) + 100))
        if found.most > LIMITS.max_cost:
            raise _too_much(found.most, operation.node)
        return found


def _too_much(cost: int, operation: OperationDefinitionNode) -> GraphQLError:
    name = f"'{operation.name.value}'" if operation.name else "The operation"
    return GraphQLError(
        f"{name} costs {cost}; {LIMITS.max_cost} is the limit.",
        operation,
        extensions={"code": "MAX_COST_EXCEEDED", "cost": cost, "maxCost": LIMITS.max_cost},
    )
