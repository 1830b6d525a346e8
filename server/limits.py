"""What a request may ask for at most, found in one pass over its text."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

MAX_BODY = 64 * 1024
MAX_URL = 16 * 1024
MAX_TOKENS = 8000
MAX_DEPTH = 12
MAX_FIELDS = 1000
MAX_ROOT_FIELDS = 20
MAX_REPEATS = 50


class Size(NamedTuple):
    """How deep fields nest, and how many there are with every fragment written out."""

    depth: int
    fields: int


class SizeRule(ASTValidationRule):
    """Refuses operations that are too deep, too wide or too large; introspection does not count."""

    def enter_document(self, document: DocumentNode, *_: Any) -> None:
        fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        sizes: dict[str, Size] = {}
        for each in document.definitions:
            if isinstance(each, OperationDefinitionNode):
                name = f"'{each.name.value}'" if each.name else "The operation"
                for problem in _problems(each.selection_set, fragments, sizes):
                    self.report_error(GraphQLError(f"{name} {problem}.", each))


def _problems(
    selections: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    sizes: dict[str, Size],
) -> list[str]:
    depth, fields = _size(selections, fragments, sizes)
    roots = sum(isinstance(each, FieldNode) for each in selections.selections)
    found = []
    if depth > MAX_DEPTH:
        found.append(f"nests {depth} fields deep; {MAX_DEPTH} is the limit")
    if fields > MAX_FIELDS:
        found.append(f"has {fields} fields; {MAX_FIELDS} is the limit")
    if roots > MAX_ROOT_FIELDS:
        found.append(f"asks {roots} questions at once; {MAX_ROOT_FIELDS} is the limit")
    return found


def _size(
    selections: SelectionSetNode | None,
    fragments: Mapping[str, FragmentDefinitionNode],
    sizes: dict[str, Size],
) -> Size:
    """Each fragment is measured once, in ``sizes``."""
    depth = fields = 0
    for each in selections.selections if selections else ():
        if isinstance(each, FragmentSpreadNode):
            size = _fragment_size(each.name.value, fragments, sizes)
        elif isinstance(each, InlineFragmentNode):
            size = _size(each.selection_set, fragments, sizes)
        elif isinstance(each, FieldNode) and not each.name.value.startswith("__"):
            below = _size(each.selection_set, fragments, sizes)
            size = Size(1 + below.depth, 1 + below.fields)
        else:
            continue
        depth, fields = max(depth, size.depth), fields + size.fields
    return Size(depth, fields)


def _fragment_size(
    name: str, fragments: Mapping[str, FragmentDefinitionNode], sizes: dict[str, Size]
) -> Size:
    if name not in sizes:
        # Another rule reports fragments that contain themselves or do not exist.
        sizes[name] = Size(0, 0)
        if name in fragments:
            sizes[name] = _size(fragments[name].selection_set, fragments, sizes)
    return sizes[name]


def check_repeats(document: DocumentNode) -> None:
    """Refuses what takes long to validate: one name, or many fragments, again and again in one
    place. Raises GraphQLError.
    """
    waiting: list[Any] = list(document.definitions)
    while waiting:
        within = getattr(waiting.pop(), "selection_set", None)
        selections: list[Any] = list(within.selections) if within else []
        for name, count in Counter(map(_name, selections)).most_common(1):
            if count > MAX_REPEATS:
                problem = f"{name} stands {count} times in one place; {MAX_REPEATS} is the limit."
                raise GraphQLError(problem, selections[0])
        waiting += selections


def _name(selection: Any) -> str:
    """What a selection is merged with; fragments may be merged with each other."""
    if isinstance(selection, FieldNode):
        return f"'{(selection.alias or selection.name).value}'"
    return "A fragment"
