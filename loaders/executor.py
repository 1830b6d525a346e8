"""graphql-core's execution, which walks no further where a root field's answer is whole."""

from collections.abc import Awaitable
from types import CoroutineType
from typing import Any, TypeGuard

from graphql import GraphQLOutputType, GraphQLResolveInfo
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetails
from graphql.pyutils import Path

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
