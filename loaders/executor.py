"""graphql-core's execution, which refuses what costs too much, and walks no further where a root
field's answer is whole.
"""

from collections.abc import Awaitable, Mapping
from types import CoroutineType
from typing import Any, NamedTuple, TypeGuard

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetails
from graphql.pyutils import Path

from loaders.answer import Context
from loaders.cost import Price, Prices
from loaders.shape import Whole


def is_coroutine(value: Any) -> TypeGuard[Awaitable[Any]]:
    """The root fields' coroutines are all that is ever awaited."""
    return type(value) is CoroutineType


class PlanExecutor(Executor[Any]):
    """Takes a whole answer as it is; anything else is completed in the ordinary way."""

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: list[FieldDetails],
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        if type(result) is Whole:
            return result.value
        return super().complete_value(
            return_type, field_details_list, info, path, result, position_context
        )


class Executed(NamedTuple):
    """A result and its price; without one, nothing was executed."""

    result: ExecutionResult
    price: Price | None = None


async def execute(
    schema: GraphQLSchema,
    document: DocumentNode,
    context: Context,
    variables: Mapping[str, Any],
    operation_name: str | None,
    prices: Prices,
) -> Executed:
    """Run the operation of ``document`` that ``operation_name`` names."""
    executor = PlanExecutor.build(
        schema, document, None, context, dict(variables), operation_name, is_awaitable=is_coroutine
    )
    if isinstance(executor, list):
        return Executed(ExecutionResult(None, executor))
    try:
        price = prices.price(
            executor.operation, executor.fragment_definitions, executor.variable_values.coerced
        )
    except GraphQLError as error:
        return Executed(ExecutionResult(None, [error]))
    answered = executor.execute_operation()
    result = await answered if is_coroutine(answered) else answered
    assert isinstance(result, ExecutionResult), "the schema has no @defer"
    return Executed(result, price)
