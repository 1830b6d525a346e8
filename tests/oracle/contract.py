"""The schema as clients read it."""

from typing import Final

from graphql import GraphQLSchema, build_schema

from schema.schema import schema

CONTRACT: Final[GraphQLSchema] = build_schema(schema.as_str())
