"""Keyset cursors: where a row stands in its order, as an opaque string.

A cursor holds the row's order keys and a mark of the list it belongs to, so that a page stays
right while rows come and go, and a cursor of another list is refused.
"""

import base64
import binascii
from collections.abc import Sequence
from hashlib import blake2s
from typing import Any

import orjson


class CursorError(ValueError):
    """The string is no cursor of this list."""


def mark(order: Sequence[str]) -> str:
    """What tells the cursors of one order from those of another."""
    return blake2s("\n".join(order).encode(), digest_size=4).hexdigest()


def encode(mark: str, keys: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([mark, *keys])).rstrip(b"=").decode()


def decode(mark: str, length: int, cursor: str) -> list[Any]:
    """The order keys in ``cursor``; raises CursorError."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = orjson.loads(base64.b64decode(padded, altchars="-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise CursorError("is not a cursor") from error
    if not isinstance(found, list) or not found or not isinstance(found[0], str):
        raise CursorError("is not a cursor")
    if found[0] != mark:
        raise CursorError("is a cursor of another list or order")
    keys = found[1:]
    if len(keys) != length or not all(map(_is_key, keys)):
        raise CursorError("is not a cursor")
    return keys


def _is_key(value: Any) -> bool:
    """What Neo4j can compare with an order key: its integers have 64 bits."""
    if type(value) is int:
        return -(2**63) <= value < 2**63
    return value is None or type(value) in (str, float)
