"""The schema: Strawberry's types with their resolvers."""

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from resolvers.fields import attach
from schema.query import Query
from schema.scalars import SCALARS
from schema.types import Franchise

schema = strawberry.Schema(
    query=Query, types=[Franchise], config=StrawberryConfig(scalar_map=SCALARS)
)
executable: GraphQLSchema = schema._schema
attach(executable)
for each in executable.type_map.values():
    # Strawberry says so in the SDL only: then mistakes are not found before execution.
    if isinstance(each, GraphQLInputObjectType):
        each.is_one_of = each.extensions["strawberry-definition"].is_one_of
