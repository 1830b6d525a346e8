"""Plans of a whole question, for people to read."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLError

from graph.errors import FilmographError
from graph.model import KINDS
from loaders.documents import Documents
from loaders.plan import plan
from loaders.selection import Operation
from schema.schema import executable


def explain(
    text: str, variables: Mapping[str, Any], name: str | None = None
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each root field's response key, statement and parameters; raises FilmographError."""
    document = Documents(executable).get(text)
    if isinstance(document, list):
        raise FilmographError("\n".join(str(error) for error in document))
    operation = document.operation(name)
    if operation is None or executable.query_type is None:
        raise FilmographError("Which operation? Name one of the document's.")
    values = operation.variables.coerced(variables)
    if isinstance(values, list):
        raise FilmographError("\n".join(error.message for error in values))
    shape = operation.variables.shape(values)
    asked = Operation(executable, operation.node, document.fragments, shape)
    try:
        for root in asked.roots(executable.query_type):
            if root.name not in KINDS["Query"].fields:
                continue  # answered without the graph
            made = plan(asked, root)
            yield root.key, made.statement, made.bind(values)
    except GraphQLError as error:
        raise FilmographError(str(error)) from error
