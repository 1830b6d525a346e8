"""Documents: parsed and validated once, then kept."""

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    parse,
    specified_rules,
    validate,
)

DOCUMENTS_KEPT = 200
LONGEST_KEPT = 16 * 1024


@dataclass
class Documents:
    """The documents of late, by their text; the least recently used go first."""

    schema: GraphQLSchema
    rules: Collection[type[ASTValidationRule]] = ()
    check: Callable[[DocumentNode], None] | None = None
    max_tokens: int | None = None
    kept: OrderedDict[str, DocumentNode] = field(default_factory=OrderedDict)

    def get(self, text: str) -> DocumentNode | list[GraphQLError]:
        """The document, or what is wrong with it."""
        if text in self.kept:
            self.kept.move_to_end(text)
            return self.kept[text]
        try:
            document = parse(text, max_tokens=self.max_tokens)
            if self.check:
                self.check(document)
        except GraphQLError as error:
            return [error]
        errors = validate(self.schema, document, [*specified_rules, *self.rules])
        if errors:
            return errors
        if len(text) <= LONGEST_KEPT:
            self.kept[text] = document
        if len(self.kept) > DOCUMENTS_KEPT:
            self.kept.popitem(last=False)
        return document
