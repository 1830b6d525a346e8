"""Documents: parsed and validated once, then kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    validate,
)

from loaders.recent import Recent

ROOM = 24 * 2**20
BYTES_PER_CHARACTER = 75
"""Of a parsed document, measured over the questions of the playground."""


class Document(NamedTuple):
    """A valid document, and its fragments by their names."""

    node: DocumentNode
    fragments: dict[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of this name, or the only one."""
        return get_operation_ast(self.node, name)


@dataclass
class Documents:
    """The documents of late, by their text. ``check`` refuses, by raising GraphQLError, what is
    not worth validating.
    """

    schema: GraphQLSchema
    check: Callable[[DocumentNode], None] | None = None
    max_tokens: int | None = None
    kept: Recent[str, Document] = field(default_factory=lambda: Recent(ROOM))

    def get(self, text: str) -> Document | list[GraphQLError]:
        """The document, or what is wrong with it."""
        known = self.kept.get(text)
        if known is not None:
            return known
        try:
            node = parse(text, max_tokens=self.max_tokens)
            if self.check:
                self.check(node)
        except GraphQLError as error:
            return [error]
        errors = validate(self.schema, node)
        if errors:
            return errors
        fragments = {
            each.name.value: each
            for each in node.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        document = Document(node, fragments)
        self.kept.put(text, document, BYTES_PER_CHARACTER * len(text))
        return document
