"""What a request may ask for at most. Every check is linear in the request's size."""

from collections.abc import Mapping
from typing import Any

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
MAX_TOKENS = 8000
MAX_DEPTH = 12


class DepthRule(ASTValidationRule):
    """Refuses operations that nest fields deeper than MAX_DEPTH; introspection does not count."""

    def enter_document(self, document: DocumentNode, *_: Any) -> None:
        fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        depths: dict[str, int] = {}
        for each in document.definitions:
            if isinstance(each, OperationDefinitionNode):
                depth = _depth(each.selection_set, fragments, depths)
                if depth > MAX_DEPTH:
                    problem = f"nests {depth} fields deep; {MAX_DEPTH} is the limit"
                    name = f"'{each.name.value}'" if each.name else "The operation"
                    self.report_error(GraphQLError(f"{name} {problem}.", each))


def _depth(
    selections: SelectionSetNode | None,
    fragments: Mapping[str, FragmentDefinitionNode],
    depths: dict[str, int],
) -> int:
    """How deep fields nest; each fragment is measured once, in ``depths``."""
    deepest = 0
    for each in selections.selections if selections else ():
        if isinstance(each, FragmentSpreadNode):
            deepest = max(deepest, _fragment_depth(each.name.value, fragments, depths))
        elif isinstance(each, InlineFragmentNode):
            deepest = max(deepest, _depth(each.selection_set, fragments, depths))
        elif isinstance(each, FieldNode) and not each.name.value.startswith("__"):
            deepest = max(deepest, 1 + _depth(each.selection_set, fragments, depths))
    return deepest


def _fragment_depth(
    name: str, fragments: Mapping[str, FragmentDefinitionNode], depths: dict[str, int]
) -> int:
    if name not in depths:
        # Another rule reports fragments that contain themselves or do not exist.
        depths[name] = 0
        if name in fragments:
            depths[name] = _depth(fragments[name].selection_set, fragments, depths)
    return depths[name]
