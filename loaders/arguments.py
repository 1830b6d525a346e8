"""Arguments that every list has, and what is wrong with them."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLError

from graph.declarations import Argument, Wording
from loaders.cursors import CursorError, decode
from loaders.limits import LIMITS
from loaders.selection import Selected
from loaders.wording import wording

PAGING = frozenset({"first", "after", "last", "before", "where", "orderBy"})
IDENTIFYING = ("id", "slug", "externalId")


def error(selected: Selected, argument: str, problem: str) -> GraphQLError:
    """``Argument 'first' of 'works' must be ...``, located at the field."""
    nodes = [detail.node for detail in selected.details]
    return GraphQLError(f"Argument '{argument}' of '{selected.name}' {problem}.", nodes)


def too_long(selected: Selected, length: int) -> GraphQLError:
    """Where fragments on many types make one question into very many."""
    problem = f"becomes a statement of {length} characters; {LIMITS.max_statement} is the limit"
    return GraphQLError(
        f"'{selected.name}' {problem}.", [detail.node for detail in selected.details]
    )


def too_many(selected: Selected) -> GraphQLError:
    """Where fragments on many types stand within each other."""
    problem = f"has more than {LIMITS.max_fields} fields with every type written out"
    return GraphQLError(f"The question {problem}.", [each.node for each in selected.details])


def page_size(argument: str, selected: Selected) -> Callable[[int], int]:
    def checked(size: int) -> int:
        if not 0 <= size <= LIMITS.max_page_size:
            problem = f"must be between 0 and {LIMITS.max_page_size}, not {size}"
            raise error(selected, argument, problem)
        return size

    return checked


def at_most(argument: str, selected: Selected) -> Callable[[Any], Any]:
    """The ids whose things are answered are as many as a page has rows at most."""
    most = LIMITS.max_page_size if argument == "ids" else LIMITS.max_items

    def checked(value: Any) -> Any:
        if isinstance(value, list) and len(value) > most:
            problem = f"must hold at most {most} items, not {len(value)}"
            raise error(selected, argument, problem)
        return value

    return checked


def reading(
    argument: str, selected: Selected, declared: Argument | Wording
) -> Callable[[Any], Any]:
    converted = wording(declared.longest) if isinstance(declared, Wording) else declared.read

    def read(value: Any) -> Any:
        try:
            return converted(value)
        except ValueError as problem:
            raise error(selected, argument, str(problem)) from problem

    return read


def cursor_keys(
    argument: str, selected: Selected, mark: str, length: int
) -> Callable[[str], list[Any]]:
    def keys(cursor: str) -> list[Any]:
        try:
            return decode(mark, length, cursor)
        except CursorError as problem:
            raise error(selected, argument, str(problem)) from problem

    return keys


def check_identified(selected: Selected) -> None:
    """A thing is looked up by exactly one of its identifiers."""
    if selected.definition is None:
        return
    ways = [name for name in IDENTIFYING if name in selected.definition.args]
    given = [name for name in ways if selected.arguments.get(name) is not None]
    if len(ways) > 1 and len(given) != 1:
        listed = f"{', '.join(ways[:-1])} or {ways[-1]}"
        found = " and ".join(given) or "none"
        raise GraphQLError(
            f"'{selected.name}' takes exactly one of {listed}, not {found}.",
            [detail.node for detail in selected.details],
        )
