"""Resolvers: a root field runs its plan, every field below reads what the plan has shaped."""

from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema

from loaders.answer import answer
from loaders.shape import Row


async def resolve_root(_root: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """A field of Query; raises GraphQLError for arguments that are wrong."""
    return await answer(info)


def resolve_below(row: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Any other field: its value stands under its response key."""
    return row[info.path.key]


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
            resolve = resolve_root if type_ is schema.query_type else resolve_below
            for field in type_.fields.values():
                field.resolve = resolve
