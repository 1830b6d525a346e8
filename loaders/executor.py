"""Execution: by a program where there is one, else in graphql-core's way; nothing that costs too
much.
"""

from collections.abc import Awaitable, Mapping
from types import CoroutineType
from typing import Any, NamedTuple, TypeGuard

from graphql import ExecutionResult, GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql import execute as execute_ordinarily
from graphql.execution.values import get_variable_values

from loaders.answer import Context
from loaders.cost import Price, Prices
from loaders.documents import Document
from loaders.program import Programs

MOST_ERRORS = 50
"""So many wrong values of variables are told."""


def is_coroutine(value: Any) -> TypeGuard[Awaitable[Any]]:
    """The root fields' coroutines are all that is ever awaited."""
    return type(value) is CoroutineType


class Executed(NamedTuple):
    """A result and its price; without one, nothing was executed."""

    result: ExecutionResult
    price: Price | None = None


class Execution:
    """Runs operations of documents that are valid by ``schema``."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.prices = Prices(schema)
        self.programs = Programs(schema)

    async def run(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: Context,
    ) -> Executed:
        """The answer to one of the document's operations."""
        values = self.coerced(operation, variables)
        if isinstance(values, list):
            return Executed(ExecutionResult(None, values))
        try:
            price = self.prices.price(operation, document.fragments, values)
        except GraphQLError as error:
            return Executed(ExecutionResult(None, [error]))
        program = self.programs.program(operation, document.fragments, values)
        result = await program.run(context, values) if program else None
        return Executed(
            result or await self.ordinarily(document, operation, variables, context), price
        )

    def coerced(
        self, operation: OperationDefinitionNode, variables: Mapping[str, Any]
    ) -> Mapping[str, Any] | list[GraphQLError]:
        """The variables as the schema has them, or what is wrong with them."""
        defined = operation.variable_definitions or ()
        values = get_variable_values(self.schema, defined, dict(variables), MOST_ERRORS)
        return values if isinstance(values, list) else values.coerced

    async def ordinarily(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: Context,
    ) -> ExecutionResult:
        """The answer in graphql-core's own way, which is the reference."""
        answered = execute_ordinarily(
            self.schema,
            document.node,
            None,
            context,
            dict(variables),
            operation.name.value if operation.name else None,
            is_awaitable=is_coroutine,
        )
        result = await answered if is_coroutine(answered) else answered
        assert isinstance(result, ExecutionResult), "the schema has no @defer"
        return result
