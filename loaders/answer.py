"""From a root field to its answer: plan, bind, run, shape."""

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
from loaders.documents import LONGEST_KEPT
from loaders.plan import Plan, plan
from loaders.recent import Recent
from loaders.selection import Operation
from loaders.variables import symbolic

PLANS_KEPT = 500


class Plans(Recent[Any, Plan]):
    """Plans by the question's text and the shape of its variables."""

    def __init__(self) -> None:
        super().__init__(PLANS_KEPT)


@dataclass(frozen=True)
class Context:
    """What answering a request needs. ``trace`` takes note of what is asked of the graph."""

    client: Client
    plans: Plans
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


def plan_field(info: GraphQLResolveInfo[Any], coerced: Mapping[str, Any], plans: Plans) -> Plan:
    """The plan of the root field that ``info`` stands at."""
    shape = shape_of(info.schema, info.operation, coerced)
    source = info.operation.loc.source.body if info.operation.loc else ""
    name = info.operation.name.value if info.operation.name else None
    shaped = repr(shape)
    key = (source, name, info.path.key, shaped)
    found = plans.get(key) if source else None
    if found is None:
        operation = Operation(info.schema, info.operation, info.fragments, shape)
        (root,) = (each for each in operation.roots(info.parent_type) if each.key == info.path.key)
        found = plan(operation, root)
        if len(source) + len(shaped) <= LONGEST_KEPT:
            plans.put(key, found)
    return found


async def answer(info: GraphQLResolveInfo[Any]) -> Any:
    """What the root field that ``info`` stands at asks for.

    Raises GraphQLError for arguments that are wrong.
    """
    context: Context = info.context
    # Strawberry's own execution gives plain values, graphql-core's gives them with their sources.
    values: Any = info.variable_values
    coerced: Mapping[str, Any] = getattr(values, "coerced", values)
    made = plan_field(info, coerced, context.plans)
    return made.shape(await context.read(str(info.path.key), made, coerced), [])
