"""Whether a request is too large to look into, found in one pass over its text.

All of this is linear in the document: a fragment is measured once, however often it is spread.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    value_from_ast_untyped,
)

from loaders.limits import LIMITS

IN_ONE_PLACE = "times in one place"


class Size(NamedTuple):
    """How deep fields nest, how many stand side by side, and how many there are in all, with
    every fragment written out.
    """

    depth: int = 0
    width: int = 0
    fields: int = 0
    aliases: int = 0

    def beside(self, other: "Size") -> "Size":
        return Size(
            max(self.depth, other.depth),
            self.width + other.width,
            self.fields + other.fields,
            self.aliases + other.aliases,
        )


def check_document(document: DocumentNode) -> None:
    """Refuses what is too large, before it is validated: validation takes the square of some of
    what is limited here. Raises GraphQLError.
    """
    _check(len(document.definitions), LIMITS.max_definitions, "The document has", "definitions")
    directives = 0
    for node in _nodes(document):
        directives += len(getattr(node, "directives", None) or ())
        if isinstance(node, SelectionSetNode):
            _check_repeats(node)
        elif isinstance(node, FieldNode):
            for argument in node.arguments or ():
                named = f"Argument '{argument.name.value}' of '{node.name.value}'"
                _check_value(named, value_from_ast_untyped(argument.value), argument)
        elif isinstance(node, VariableDefinitionNode) and node.default_value:
            named = f"The default of '${node.variable.name.value}'"
            _check_value(named, value_from_ast_untyped(node.default_value), node)
    _check(directives, LIMITS.max_directives, "The document has", "directives")
    _check_sizes(document)


def check_variables(variables: Mapping[str, Any]) -> None:
    """Refuses values that are too deep, too long or too many. Raises GraphQLError."""
    for name, value in variables.items():
        _check_value(f"Variable '${name}'", value, None)


def _check(found: int, limit: int, who: str, of_what: str, node: Node | None = None) -> None:
    if found > limit:
        raise GraphQLError(f"{who} {found} {of_what}; {limit} is the limit.", node)


def _check_value(named: str, value: Any, node: Node | None) -> None:
    waiting = [(value, 0)]
    while waiting:
        each, depth = waiting.pop()
        if isinstance(each, str):
            _check(len(each), LIMITS.max_text, f"{named} has a text of", "characters", node)
        elif isinstance(each, list | dict):
            _check(depth + 1, LIMITS.max_input_depth, f"{named} nests", "deep", node)
            if isinstance(each, list):
                _check(len(each), LIMITS.max_items, f"{named} has a list of", "items", node)
            below = each if isinstance(each, list) else each.values()
            waiting += [(item, depth + 1) for item in below]


def _nodes(document: DocumentNode) -> Iterator[Node]:
    """Every definition, variable, selection set and selection, each once."""
    waiting: list[Node] = list(document.definitions)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, SelectionSetNode):
            waiting += node.selections
        elif within := getattr(node, "selection_set", None):
            waiting.append(within)
        waiting += getattr(node, "variable_definitions", None) or ()


def _check_repeats(within: SelectionSetNode) -> None:
    for name, count in Counter(map(_merged_as, within.selections)).most_common(1):
        _check(count, LIMITS.max_repeats, f"{name} stands", IN_ONE_PLACE, within)


def _merged_as(selection: Any) -> str:
    """What a selection is merged with; fragments may be merged with each other."""
    if isinstance(selection, FieldNode):
        return f"'{(selection.alias or selection.name).value}'"
    return "A fragment"


def _check_sizes(document: DocumentNode) -> None:
    sizes = Sizes(
        {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
    )
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            name = f"'{each.name.value}'" if each.name else "The operation"
            size = sizes.of(each.selection_set)
            _check(size.depth, LIMITS.max_depth, f"{name} nests", "fields deep", each)
            _check(size.fields, LIMITS.max_fields, f"{name} has", "fields", each)
            _check(size.aliases, LIMITS.max_aliases, f"{name} has", "aliases", each)
            _check(size.width, LIMITS.max_root_fields, f"{name} asks", "questions at once", each)
            _check_merged(each.selection_set, sizes.fragments)


def _check_merged(
    within: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> None:
    """Fields of one response key are compared with each other, wherever they are written."""
    waiting, left = [[within]], LIMITS.max_fields
    while waiting and left > 0:  # there are more only in fragments that contain themselves
        for name, nodes in _merged(waiting.pop(), fragments).items():
            _check(len(nodes), LIMITS.max_repeats, f"'{name}' stands", IN_ONE_PLACE, nodes[-1])
            left -= len(nodes)
            waiting.append([each.selection_set for each in nodes if each.selection_set])


def _merged(
    waiting: list[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> Mapping[str, Sequence[FieldNode]]:
    """The fields of selections that stand in one place, by their response keys."""
    found: dict[str, list[FieldNode]] = {}
    spread: set[str] = set()
    while waiting:
        for each in waiting.pop().selections:
            if isinstance(each, FieldNode):
                found.setdefault((each.alias or each.name).value, []).append(each)
            elif isinstance(each, InlineFragmentNode):
                waiting.append(each.selection_set)
            elif isinstance(each, FragmentSpreadNode) and each.name.value not in spread:
                spread.add(each.name.value)
                if each.name.value in fragments:
                    waiting.append(fragments[each.name.value].selection_set)
    return found


@dataclass
class Sizes:
    """Measures selections; each fragment once."""

    fragments: Mapping[str, FragmentDefinitionNode]
    found: dict[str, Size] = field(default_factory=dict)

    def of(self, within: SelectionSetNode | None) -> Size:
        size = Size()
        for each in within.selections if within else ():
            size = size.beside(self._of_selection(each))
        return size

    def _of_selection(self, node: SelectionNode) -> Size:
        if isinstance(node, FragmentSpreadNode):
            return self._of_fragment(node.name.value)
        if isinstance(node, FieldNode):
            below = self.of(node.selection_set)
            depth = 0 if node.name.value.startswith("__") else 1 + below.depth
            return Size(depth, 1, 1 + below.fields, below.aliases + (node.alias is not None))
        assert isinstance(node, InlineFragmentNode)
        return self.of(node.selection_set)

    def _of_fragment(self, name: str) -> Size:
        if name not in self.found:
            # Validation reports fragments that contain themselves or do not exist.
            self.found[name] = Size()
            if name in self.fragments:
                self.found[name] = self.of(self.fragments[name].selection_set)
        return self.found[name]
