"""Limits: what a request may ask for at most, each declared once.

The rules that hold them, the `limits` field and docs/limits.md all read them from here.
"""

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple


def _limit(value: int, description: str) -> Any:
    return field(default=value, metadata={"description": description})


@dataclass(frozen=True)
class Limits:
    """The limits of a request, as counts unless said otherwise."""

    page_size: int = _limit(20, "Rows of a connection where neither `first` nor `last` is given.")
    max_page_size: int = _limit(100, "Rows of a list, and ids that `nodes` takes.")
    max_cost: int = _limit(100_000, "Cost of an operation, as docs/limits.md computes it.")
    max_depth: int = _limit(12, "Fields within each other; introspection does not count.")
    max_fields: int = _limit(1000, "Fields of an operation with every fragment written out.")
    max_root_fields: int = _limit(20, "Questions (fields of Query) of an operation.")
    max_repeats: int = _limit(
        50, "The same response key in one place, with every fragment written out; fragments there."
    )
    max_aliases: int = _limit(100, "Aliases of an operation with every fragment written out.")
    max_directives: int = _limit(100, "Directives of a document.")
    max_definitions: int = _limit(100, "Operations and fragments of a document.")
    max_tokens: int = _limit(8000, "Tokens of a document.")
    max_body: int = _limit(64 * 1024, "Bytes of a request's body.")
    max_url: int = _limit(16 * 1024, "Bytes of a question in a URL.")
    max_items: int = _limit(500, "Items of a list in an argument or variable.")
    max_input_depth: int = _limit(30, "Lists and objects within each other in an argument.")
    max_text: int = _limit(2000, "Characters of a text in an argument or variable.")
    max_statement: int = _limit(64 * 1024, "Characters of the statement that a question becomes.")


LIMITS = Limits()


class Limit(NamedTuple):
    """A limit for readers, under its GraphQL name."""

    name: str
    value: int
    description: str


def listed() -> list[Limit]:
    """All limits, in the order of their declaration."""
    found = []
    for each in fields(Limits):
        first, *rest = each.name.split("_")
        name = first + "".join(word.title() for word in rest)
        found.append(Limit(name, getattr(LIMITS, each.name), each.metadata["description"]))
    return found
