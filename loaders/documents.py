"""Documents: parsed and validated once, then kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate

from loaders.recent import Recent

DOCUMENTS_KEPT = 200
LONGEST_KEPT = 16 * 1024


@dataclass
class Documents:
    """The documents of late, by their text. ``check`` refuses, by raising GraphQLError, what is
    not worth validating.
    """

    schema: GraphQLSchema
    check: Callable[[DocumentNode], None] | None = None
    max_tokens: int | None = None
    kept: Recent[str, DocumentNode] = field(default_factory=lambda: Recent(DOCUMENTS_KEPT))

    def get(self, text: str) -> DocumentNode | list[GraphQLError]:
        """The document, or what is wrong with it."""
        known = self.kept.get(text)
        if known is not None:
            return known
        try:
            document = parse(text, max_tokens=self.max_tokens)
            if self.check:
                self.check(document)
        except GraphQLError as error:
            return [error]
        errors = validate(self.schema, document)
        if errors:
            return errors
        if len(text) <= LONGEST_KEPT:
            self.kept.put(text, document)
        return document
