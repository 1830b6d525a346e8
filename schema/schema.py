"""The schema: Strawberry's types, answered from plans."""

from typing import Any

import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from loaders.answer import answer
from loaders.shape import Row
from schema.query import Query
from schema.scalars import SCALARS
from schema.types import Franchise


def _read(row: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """A field of what a plan has shaped: it stands under its response key."""
    return row[info.path.key]


def _type_of(row: Row, _info: Any, _type: Any) -> str:
    name: str = row.typename
    return name


def _answer_from_plans(schema: GraphQLSchema) -> None:
    """Root fields run their plan; everything below reads what it returned."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = _type_of
        elif isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            type_.is_type_of = None
            resolve = answer if type_ is schema.query_type else _read
            for field in type_.fields.values():
                field.resolve = resolve


schema = strawberry.Schema(
    query=Query, types=[Franchise], config=StrawberryConfig(scalar_map=SCALARS)
)
executable: GraphQLSchema = schema._schema
_answer_from_plans(executable)
