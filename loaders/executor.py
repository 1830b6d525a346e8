"""The walk over an answer that a plan has shaped: graphql-core's, without resolvers."""

from collections.abc import Awaitable
from types import CoroutineType
from typing import Any, NamedTuple, TypeGuard, cast

from graphql import GraphQLObjectType, GraphQLResolveInfo
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetails
from graphql.pyutils import Path


def is_coroutine(value: Any) -> TypeGuard[Awaitable[Any]]:
    """The root fields' coroutines are all that is ever awaited."""
    return type(value) is CoroutineType


class Place(NamedTuple):
    """What graphql-core names where a field must not be null: cheaper than all that it could
    tell a resolver.
    """

    field_name: str
    parent_type: GraphQLObjectType
    path: Path


class PlanExecutor(Executor[Any]):
    """Below the root, a field's value stands under its response key: its arguments have shaped
    the plan, and need not be read again for every row.
    """

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_details_list: list[FieldDetails],
        path: Path,
        position_context: Any,
    ) -> Any:
        # Introspection reads the schema's own objects, which are no dicts.
        if path.prev is None or not isinstance(source, dict):
            return super().execute_field(
                parent_type, source, field_details_list, path, position_context
            )
        name = field_details_list[0].node.name.value
        field = self.schema.get_field(parent_type, name)
        assert field is not None, "the document is validated"
        info = cast(GraphQLResolveInfo[Any], Place(name, parent_type, path))
        try:
            return self.complete_value(
                field.type, field_details_list, info, path, source[path.key], position_context
            )
        except Exception as error:
            self.handle_field_error(error, field.type, field_details_list, path)
            return None
