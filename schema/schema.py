"""The schema: Strawberry's types with their resolvers."""

import strawberry
from graphql import GraphQLSchema
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
