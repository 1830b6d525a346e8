"""From a root field to its answer in graphql-core's own execution: plan, bind, run, shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    GraphQLInputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    type_from_ast,
)

from graph.client import Client
from loaders.plan import Plan, plan
from loaders.selection import Operation
from loaders.variables import symbolic


@dataclass(frozen=True)
class Context:
    """What answering a request needs. ``trace`` takes note of what is asked of the graph."""

    client: Client
    trace: list[dict[str, Any]] | None = None

    async def read(self, key: str, plan: Plan, coerced: Mapping[str, Any]) -> Any:
        """The value of the plan's statement, which the plan shapes; ``key`` is its field's.

        Raises GraphQLError for arguments that are wrong, and DatabaseError.
        """
        parameters = plan.bind(coerced)
        if self.trace is not None:
            step = {"field": key, "statement": plan.statement, "parameters": parameters}
            self.trace.append(step)
        ((value,),) = await self.client.read(plan.statement, parameters)
        return value


def shape_of(
    schema: GraphQLSchema, operation: OperationDefinitionNode, coerced: Mapping[str, Any]
) -> dict[str, Any]:
    """The variables with only what decides a plan left in them."""
    shape = {}
    for each in operation.variable_definitions or ():
        name, type_ = each.variable.name.value, type_from_ast(schema, each.type)
        if name in coerced:
            shape[name] = symbolic(coerced[name], cast(GraphQLInputType, type_), (name,))
    return shape


async def answer(info: GraphQLResolveInfo[Any]) -> Any:
    """What the root field that ``info`` stands at asks for.

    Raises GraphQLError for arguments that are wrong.
    """
    context: Context = info.context
    # Strawberry's own execution gives plain values, graphql-core's gives them with their sources.
    values: Any = info.variable_values
    coerced: Mapping[str, Any] = getattr(values, "coerced", values)
    shape = shape_of(info.schema, info.operation, coerced)
    operation = Operation(info.schema, info.operation, info.fragments, shape)
    (root,) = (each for each in operation.roots(info.parent_type) if each.key == info.path.key)
    made = plan(operation, root)
    return made.shape(await context.read(root.key, made, coerced), [])
