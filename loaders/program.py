"""Programs: how a whole operation is answered without graphql-core's walk over the answer.

A program has the plan of each root field. It is kept by the operation's text and by what of its
variables decides its plans, so that a request of a known shape only runs statements.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    located_error,
)

from graph.model import KINDS
from loaders.answer import Context
from loaders.documents import Prepared
from loaders.limits import listed
from loaders.plan import Plan, plan
from loaders.recent import Recent
from loaders.selection import Operation, Selected
from loaders.shape import Shaper, compiled

ROOM = 10 * 2**20
BYTES_PER_CHARACTER = 9
"""Of a program by its statements, measured over the questions of the playground."""


class Root(NamedTuple):
    """A root field under its response key."""

    key: str
    nodes: list[FieldNode]
    plan: Plan
    shaper: Shaper
    is_required: bool


class Known(NamedTuple):
    """A root field whose value, or what is wrong with it, is known without asking the graph."""

    key: str
    value: Any


class Failed(NamedTuple):
    """What went wrong with a root field."""

    error: GraphQLError
    is_required: bool


class Program(NamedTuple):
    """The root fields of an operation."""

    roots: tuple[Root | Known, ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        statements = [len(each.plan.statement) for each in self.roots if isinstance(each, Root)]
        return BYTES_PER_CHARACTER * sum(statements)

    async def run(self, context: Context, coerced: Mapping[str, Any]) -> ExecutionResult | None:
        """The answer; None where the graph holds what the schema does not allow: then graphql-core
        says what is wrong.
        """
        gaps: list[Any] = []
        fields = [self._field(root, context, coerced, gaps) for root in self.roots]
        found = [await fields[0]] if len(fields) == 1 else await asyncio.gather(*fields)
        if gaps:
            return None
        errors = [each.error for each in found if isinstance(each, Failed)]
        if any(isinstance(each, Failed) and each.is_required for each in found):
            return ExecutionResult(None, errors)
        data = {
            root.key: None if isinstance(value, Failed) else value
            for root, value in zip(self.roots, found, strict=True)
        }
        return ExecutionResult(data, errors or None)

    async def _field(
        self, root: Root | Known, context: Context, coerced: Mapping[str, Any], gaps: list[Any]
    ) -> Any:
        if isinstance(root, Known):
            return root.value
        try:
            return root.shaper(await context.read(root.key, root.plan, coerced), gaps)
        except Exception as error:
            return Failed(located_error(error, root.nodes, [root.key]), root.is_required)


class Programs(Recent[Any, Program | None]):
    """The programs of late."""

    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__(ROOM)
        self.schema = schema

    def program(self, operation: Prepared, coerced: Mapping[str, Any]) -> Program | None:
        """None for what is not answered by plans alone, or has wrong arguments."""
        key = operation.key, operation.variables.key(coerced)
        if key in self.kept:
            return self.get(key)
        shape = operation.variables.shape(coerced)
        found = self._compiled(Operation(self.schema, operation.node, operation.fragments, shape))
        size = len(operation.text) + len(repr(shape)) + 1000
        self.put(key, found, size + (found.size if found else 0))
        return found

    def _compiled(self, operation: Operation) -> Program | None:
        type_ = self.schema.get_root_type(operation.node.operation)
        assert type_ is not None
        try:
            roots = [_root(operation, type_, each) for each in operation.roots(type_)]
        except GraphQLError:
            return None
        planned = tuple(each for each in roots if each)
        return Program(planned) if len(planned) == len(roots) else None


def _root(
    operation: Operation, type_: GraphQLObjectType, selected: Selected
) -> Root | Known | None:
    if selected.name == "__typename":
        return Known(selected.key, type_.name)
    if selected.name == "limits":
        return Known(selected.key, _limits(operation, selected))
    if selected.name not in KINDS[type_.name].fields:
        return None
    nodes = [each.node for each in selected.details]
    is_required = isinstance(selected.type, GraphQLNonNull)
    try:
        made = plan(operation, selected)
    except GraphQLError as error:
        error = located_error(error.with_traceback(None), nodes, [selected.key])
        return Known(selected.key, Failed(error, is_required))
    return Root(selected.key, nodes, made, compiled(made.shape), is_required)


def _limits(operation: Operation, selected: Selected) -> dict[str, Any]:
    type_ = get_named_type(selected.type)
    assert isinstance(type_, GraphQLObjectType)
    known = {"__typename": type_.name, **{each.name: each.value for each in listed()}}
    return {each.key: known[each.name] for each in operation.fields(type_, selected.details)}
