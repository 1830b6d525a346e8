"""Scopes of credits as people write them: which parts of a work somebody worked on."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import ceil
from typing import Final, NamedTuple

from ingest.identity import name_key

_BETWEEN: Final = re.compile(r"\s*[,、;/&・]\s*|\s+")
_SPACE_IN_NUMBER: Final = re.compile(
    r"(?<=第)\s+|\s+(?=[話话集回幕])|(?<=ep)\.?\s+|\s*([-~–—〜])\s*", re.I
)
_BEFORE: Final = r"(?:第|#|no\.?|ep\.?|episode|track|tr\.?|m-?)?"
_AFTER: Final = r"(?:話|话|集|回|幕|曲|首)?"
_NUMBER: Final = r"(\d{1,5}(?:\.\d)?)"
_PIECE: Final = re.compile(
    rf"{_BEFORE}{_NUMBER}{_AFTER}(?:[-~–—〜]{_BEFORE}{_NUMBER}{_AFTER})?", re.IGNORECASE
)


class NumberedPart(NamedTuple):
    """A part by its id, the number that scopes call it by, and its names."""

    id: str
    number: float
    names: tuple[str, ...]


class NumberedParts:
    """The parts of one work, as scopes speak of them."""

    def __init__(self, parts: Iterable[NumberedPart]) -> None:
        self.parts = list(parts)

    def in_scope(self, text: str) -> tuple[str, ...] | None:
        """The ids of the parts that a scope such as "1-3,5", "第2話" or a part's title means.

        None where it says anything else, or something that may mean several parts.
        """
        plain = unicodedata.normalize("NFKC", text).strip()
        title = self._titled(plain)
        if title is not None:
            return (title,)
        found: dict[str, None] = {}
        for piece in _BETWEEN.split(_SPACE_IN_NUMBER.sub(r"\1", plain)):
            meant = self._meant(piece)
            if meant is None:
                return None
            found.update(dict.fromkeys(meant))
        return tuple(found)

    def _meant(self, piece: str) -> list[str] | None:
        match = _PIECE.fullmatch(piece)
        if match is None:
            title = self._titled(piece)
            return None if title is None else [title]
        first, last = float(match[1]), float(match[2] or match[1])
        found = [part for part in self.parts if first <= part.number <= last]
        numbers = {part.number for part in found}
        between = set(range(ceil(first), min(int(last), ceil(first) + len(self.parts)) + 1))
        is_complete = {first, last, *between} <= numbers
        return [part.id for part in found] if is_complete and len(numbers) == len(found) else None

    def _titled(self, text: str) -> str | None:
        """The only part of that name."""
        found = self._by_title.get(name_key(text), set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _by_title(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for part in self.parts:
            for key in filter(None, map(name_key, part.names)):
                found.setdefault(key, set()).add(part.id)
        return found
