"""Resolvers: a root field runs its plan, every field below reads what the plan has shaped."""

from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema

from loaders.answer import answer
from loaders.limits import listed
from loaders.shape import Row

LIMITS = {each.name: each.value for each in listed()}


async def resolve_root(_root: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """A field of Query; raises GraphQLError for arguments that are wrong."""
    return await answer(info)


def resolve_below(row: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Any other field: its value stands under its response key."""
    return row[info.path.key]


def resolve_limits(_root: Any, _info: Any) -> dict[str, int]:
    """The limits, which no plan reads from the graph."""
    return LIMITS


def resolve_limit(limits: dict[str, int], info: GraphQLResolveInfo[Any]) -> int:
    """One of the limits, under whatever response key."""
    return limits[info.field_name]


RESOLVERS = {"Query": resolve_root, "Limits": resolve_limit}


def resolve_type(row: Row, _info: Any, _type: Any) -> str:
    """The type of an object of an interface."""
    return row.typename


def attach(schema: GraphQLSchema) -> None:
    """Give every field of ``schema`` its resolver."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = resolve_type
        elif isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            type_.is_type_of = None
            for field in type_.fields.values():
                field.resolve = RESOLVERS.get(type_.name, resolve_below)
    if schema.query_type:
        schema.query_type.fields["limits"].resolve = resolve_limits
