"""How far two descriptions of works agree: in title, year and form."""

from enum import IntEnum
from typing import Final, NamedTuple

from ingest.identity import is_cjk
from ingest.ideographs import is_rewritten


class Title(NamedTuple):
    """A title made comparable: its key, and its folded words in their order."""

    key: str
    folded: str


class Description(NamedTuple):
    """What a source says of a work. ``kind`` is a WorkKind."""

    kind: str | None
    years: frozenset[int]
    titles: frozenset[Title]


class Titles(IntEnum):
    """ALIKE: one is the same. CLOSE: much of one is in the other ("Akira", "Akira: The Movie"), or
    it is in the other Chinese script.
    """

    UNLIKE = 0
    CLOSE = 1
    ALIKE = 2


class Years(IntEnum):
    """NEAR: sources that count a preview, or a release abroad, are a year apart."""

    APART = 0
    UNKNOWN = 1
    NEAR = 2
    SAME = 3


class Forms(IntEnum):
    """FOREIGN: a film is no book. OTHER: a series is no film. SIMILAR: a special may be either."""

    FOREIGN = 0
    OTHER = 1
    UNKNOWN = 2
    SIMILAR = 3
    SAME = 4


class Likeness(NamedTuple):
    """Compares as it is: the titles say most, the form least."""

    titles: Titles
    years: Years
    forms: Forms


SCREEN: Final = frozenset({"FILM", "SERIES", "OVA", "ONA", "SPECIAL", "SHORT", "MUSIC_VIDEO"})
PRINTED: Final = frozenset({"MANGA", "NOVEL", "BOOK"})
SINGLE: Final = frozenset({"FILM", "OVA", "SHORT", "MUSIC_VIDEO"})
ENOUGH: Final = 0.5
"""How much of the shorter title is in the other where they are close."""


def likeness(one: Description, other: Description) -> Likeness:
    """How far they agree."""
    return Likeness(
        _titles(one.titles, other.titles),
        _years(one.years, other.years),
        _forms(one.kind, other.kind),
    )


def contradiction(found: Likeness) -> str | None:
    """Why a statement that both are one work cannot be believed; None if it can.

    A translated title contradicts nothing where year or form agree; and where nothing agrees,
    nothing speaks for the statement.
    """
    if found.forms <= Forms.OTHER:
        return "another form"
    if found.years == Years.APART:
        return "another year"
    if found.titles or found.years == Years.SAME:
        return None
    if found.years == Years.NEAR:
        return "another title, and another year"
    return None if found.forms == Forms.SAME else "another title, and nothing else that agrees"


def _titles(one: frozenset[Title], other: frozenset[Title]) -> Titles:
    if not {title.key for title in one}.isdisjoint(title.key for title in other):
        return Titles.ALIKE
    texts, others = ({title.folded.replace(" ", "") for title in each} for each in (one, other))
    if not texts.isdisjoint(others):
        return Titles.ALIKE
    is_close = any(
        _is_close(text, each) or is_rewritten(text, each) for text in texts for each in others
    )
    return Titles.CLOSE if is_close else Titles.UNLIKE


def _is_close(text: str, other: str) -> bool:
    """By the share of pieces: of two signs where they stand for words, of three letters."""
    shorter, longer = sorted((text, other), key=len)
    length = 2 if any(map(is_cjk, shorter)) else 3
    pieces = _pieces(shorter, length)
    # What is shorter is in many titles by chance.
    return len(pieces) >= length and len(pieces & _pieces(longer, length)) >= ENOUGH * len(pieces)


def _pieces(text: str, length: int) -> set[str]:
    return {text[place : place + length] for place in range(len(text) - length + 1)}


def _years(one: frozenset[int], other: frozenset[int]) -> Years:
    distance = min((abs(year - each) for year in one for each in other), default=None)
    if distance is None:
        return Years.UNKNOWN
    return {0: Years.SAME, 1: Years.NEAR}.get(distance, Years.APART)


def _forms(one: str | None, other: str | None) -> Forms:
    if one in (None, "OTHER") or other in (None, "OTHER"):
        return Forms.UNKNOWN
    if one == other:
        return Forms.SAME
    kinds = {one, other}
    if not (kinds <= SCREEN or kinds <= PRINTED):
        return Forms.FOREIGN
    return Forms.OTHER if "SERIES" in kinds and kinds & SINGLE else Forms.SIMILAR
