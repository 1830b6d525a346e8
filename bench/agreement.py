"""Whether two servers' answers state the same."""

from collections.abc import Iterator
from typing import Any

import orjson


class Different(Exception):
    """A peer that answers otherwise is none."""


def same_facts(ours: bytes, theirs: bytes) -> None:
    """Raises Different unless the answers, without their keys, are the same."""
    [root] = orjson.loads(ours)["data"].values()
    for place, left, right in _differences(_facts(root), orjson.loads(theirs)):
        raise Different(f"at {place or 'the root'}: Filmograph {left!r}, the peer {right!r}")


def same_lengths(ours: bytes, theirs: bytes) -> None:
    """Raises Different unless the page's lists have as many rows. Which rows come first is not
    compared, nor what is within a row: APIs do not sort by the same fields.
    """
    left, right = _lengths(ours), _lengths(theirs)
    if left != right:
        raise Different(f"Filmograph's lists have {left} rows, the peer's {right}")


def _facts(answer: Any) -> Any:
    """An answer without its keys: an object as the list of its values, or as its only value."""
    if isinstance(answer, dict):
        values = [_facts(value) for value in answer.values()]
        return values[0] if len(values) == 1 else values
    return [_facts(item) for item in answer] if isinstance(answer, list) else answer


def _differences(left: Any, right: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two nested lists differ, and by what."""
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, pair in enumerate(zip(left, right, strict=True)):
            yield from _differences(*pair, f"{place}[{index}]")
    elif left != right:
        yield place, left, right


def _lengths(body: bytes) -> dict[str, int]:
    """Of the root field's list, and of those right below it, by their names."""
    [(name, root)] = orjson.loads(body)["data"].items()
    thing = root[0] if isinstance(root, list) else root
    lists = {name: thing} if _rows(thing) else thing
    return {key: len(rows) for key, each in lists.items() if (rows := _rows(each)) is not None}


def _rows(value: Any) -> list[Any] | None:
    """A list, or a connection's."""
    if isinstance(value, dict):
        value = value.get("nodes", value.get("edges"))
    return value if isinstance(value, list) else None
