"""Execution: by a program where there is one, else in graphql-core's way; nothing that costs too
much.
"""

from collections.abc import Awaitable, Callable, Mapping
from types import CoroutineType
from typing import Any, NamedTuple, TypeGuard

from graphql import ExecutionResult, GraphQLError, GraphQLSchema
from graphql import execute as execute_ordinarily

from loaders.answer import Context
from loaders.cost import Price, Prices
from loaders.documents import Prepared
from loaders.program import Programs


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
        operation: Prepared,
        variables: Mapping[str, Any],
        context: Context,
        charge: Callable[[Price], None] = lambda _: None,
    ) -> Executed:
        """The answer to an operation; ``variables`` are as the client sent them. ``charge`` gets
        the price before anything is executed, and may raise.
        """
        values = operation.variables.coerced(variables)
        if isinstance(values, list):
            return Executed(ExecutionResult(None, values))
        try:
            price = self.prices.price(operation, values)
        except GraphQLError as error:
            return Executed(ExecutionResult(None, [error]))
        charge(price)
        program = self.programs.program(operation, values)
        result = await program.run(context, values) if program else None
        return Executed(result or await self.ordinarily(operation, variables, context), price)

    async def ordinarily(
        self, operation: Prepared, variables: Mapping[str, Any], context: Context
    ) -> ExecutionResult:
        """The answer in graphql-core's own way, which is the reference."""
        _, name = operation.key
        answered = execute_ordinarily(
            self.schema,
            operation.document,
            None,
            context,
            dict(variables),
            name,
            is_awaitable=is_coroutine,
        )
        result = await answered if is_coroutine(answered) else answered
        assert isinstance(result, ExecutionResult), "the schema has no @defer"
        return result
