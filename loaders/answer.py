"""From a root field to its answer in graphql-core's own execution: plan, bind, run, shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import GraphQLResolveInfo

from graph.client import Row
from loaders.plan import Plan, plan
from loaders.selection import Operation
from loaders.shape import compiled
from loaders.variables import Variables


class Reader(Protocol):
    """Whoever runs statements: a client of the graph, or what stands before it."""

    async def read(self, statement: str, parameters: Mapping[str, Any], /) -> list[Row]: ...


@dataclass(frozen=True)
class Context:
    """What answering a request needs. ``trace`` takes note of what is asked of the graph."""

    client: Reader
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


async def answer(info: GraphQLResolveInfo[Any]) -> Any:
    """What the root field that ``info`` stands at asks for.

    Raises GraphQLError for arguments that are wrong.
    """
    context: Context = info.context
    # Strawberry's own execution gives plain values, graphql-core's gives them with their sources.
    values: Any = info.variable_values
    coerced: Mapping[str, Any] = getattr(values, "coerced", values)
    shape = Variables(info.schema, info.operation).shape(coerced)
    operation = Operation(info.schema, info.operation, info.fragments, shape)
    (root,) = (each for each in operation.roots(info.parent_type) if each.key == info.path.key)
    made = plan(operation, root)
    return compiled(made.shape, typed=True)(await context.read(root.key, made, coerced), [])
