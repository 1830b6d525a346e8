"""Selection: what a field of an operation asks for, without fragments, directives and variables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values

from loaders.variables import plain


@dataclass(frozen=True)
class Selected:
    """A field under its response key. ``arguments`` hold Variables where a request's own values
    go.
    """

    key: str
    name: str
    definition: GraphQLField | None
    arguments: dict[str, Any]
    details: tuple[FieldDetails, ...]

    @property
    def type(self) -> GraphQLOutputType:
        assert self.definition is not None, f"{self.name} has no type of its own"
        return self.definition.type


class Operation:
    """An operation whose variables are known by their shape only."""

    def __init__(
        self,
        schema: GraphQLSchema,
        node: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self.schema = schema
        self.node = node
        self.fragments = {name: FragmentDetails(each) for name, each in fragments.items()}
        self.variables = VariableValues({}, dict(variables))

    def roots(self, type_: GraphQLObjectType) -> Iterator[Selected]:
        """The fields of the operation itself."""
        collected = collect_fields(self.schema, self.fragments, self.variables, type_, self.node)
        return self._selected(type_, collected.grouped_field_set)

    def fields(
        self, type_: GraphQLObjectType, parents: tuple[FieldDetails, ...]
    ) -> Iterator[Selected]:
        """What ``parents``, fields of one response key, select of ``type_``."""
        collected = collect_subfields(
            self.schema, self.fragments, self.variables, self.node, type_, list(parents)
        )
        return self._selected(type_, collected.grouped_field_set)

    def _selected(
        self, type_: GraphQLObjectType, grouped: Mapping[str, list[FieldDetails]]
    ) -> Iterator[Selected]:
        for key, details in grouped.items():
            node = details[0].node
            definition = type_.fields.get(node.name.value)
            arguments = get_argument_values(definition, node, self.variables) if definition else {}
            yield Selected(key, node.name.value, definition, plain(arguments), tuple(details))
