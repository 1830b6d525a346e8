"""Documents: parsed and validated once, then kept with their operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    Token,
    TokenKind,
    get_operation_ast,
    parse,
    validate,
)

from loaders.recent import Recent
from loaders.variables import Variables

ROOM = 10 * 2**20
BYTES = 4000
BYTES_PER_CHARACTER = 46
"""Of a parsed document, measured over the questions of the playground and over short ones."""
NO_TOKEN = Token(TokenKind.SOF, 0, 0, 0, 0)
MOST_ERRORS = 20
"""So many mistakes of a document are told: to suggest names takes longer than to read it."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """An operation of a valid document, and what is known of it before it is run."""

    text: str
    document: DocumentNode
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Variables

    @cached_property
    def key(self) -> tuple[str, str | None]:
        """Equal for equal operations of equal documents."""
        return self.text, self.node.name.value if self.node.name else None


@dataclass(frozen=True, eq=False)
class Document:
    """A valid document."""

    schema: GraphQLSchema
    text: str
    node: DocumentNode
    prepared: dict[str | None, Prepared] = field(default_factory=dict)

    @cached_property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        """Its fragments by their names."""
        return {
            each.name.value: each
            for each in self.node.definitions
            if isinstance(each, FragmentDefinitionNode)
        }

    def operation(self, name: str | None) -> Prepared | None:
        """The operation of this name, or the only one."""
        if name not in self.prepared:
            node = get_operation_ast(self.node, name)
            if node is None:
                return None
            variables = Variables(self.schema, node)
            self.prepared[name] = Prepared(self.text, self.node, node, self.fragments, variables)
        return self.prepared[name]


@dataclass
class Documents:
    """The documents of late, by their text. ``check`` refuses, by raising GraphQLError, what is
    not worth validating.
    """

    schema: GraphQLSchema
    check: Callable[[DocumentNode], None] | None = None
    max_tokens: int | None = None
    kept: Recent[str, Document] = field(default_factory=lambda: Recent(ROOM))

    def knows(self, text: str) -> bool:
        """Whether it takes no time to get."""
        return text in self.kept.kept

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
        errors = validate(self.schema, node, max_errors=MOST_ERRORS)
        if errors:
            return errors
        _forget_tokens(node)
        document = Document(self.schema, text, node)
        self.kept.put(text, document, BYTES + BYTES_PER_CHARACTER * len(text))
        return document


def _forget_tokens(document: DocumentNode) -> None:
    """Places stay. Tokens are more than half of a document, and know those beside them: in such
    circles they would stay until the collector comes by.
    """
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if node.loc:
            node.loc.start_token = node.loc.end_token = NO_TOKEN
        for key in node.keys:
            below = getattr(node, key, None)
            if isinstance(below, Node):
                waiting.append(below)
            elif isinstance(below, list | tuple):
                waiting += [each for each in below if isinstance(each, Node)]
