"""Wording: a text in the forms in which names are looked for."""

from collections.abc import Callable, Iterator
from typing import Any

from ingest.identity import folded, is_cjk, name_key, query_keys, romanized_key, words

MOST_WORDS = 8  # a full-text query of more may grow beyond what Lucene takes
LONGEST_GUESSED = 24


def wording(longest: int) -> Callable[[str], dict[str, Any]]:
    """Reads texts of at most that many characters; ValueError says what is wrong with a text."""

    def read(text: str) -> dict[str, Any]:
        if len(text) > longest:
            raise ValueError(f"must be at most {longest} characters long, not {len(text)}")
        return forms(text)

    return read


def forms(text: str) -> dict[str, Any]:
    """What graph/search.py compares names with.

    ``keys``: equal names; ``folded``: the beginning of names; ``fulltext``: a query in Lucene's
    syntax for names that have all words, perhaps misspelt, or none; ``plain`` and ``romanized``:
    the words and pairs of letters of names under either sort of key.
    """
    found = words(text)[:MOST_WORDS]
    return {
        "keys": list(query_keys(text)),
        "folded": folded(text) or None,
        "fulltext": [" ".join(f"+({' '.join(_meant(word))})" for word in found)] if found else [],
        "plain": _letters(found, name_key(text)),
        "romanized": _letters([_romanized(word) for word in found], _romanized(text)),
    }


def _letters(found: list[str], key: str) -> dict[str, list[str]]:
    """A word begins with a space, and so does a key, except where writing has no spaces."""
    key = f" {key}"
    return {
        "words": [word if is_cjk(word) else f" {word}" for word in found],
        "pairs": sorted({key[start : start + 2] for start in range(len(key) - 1)}),
    }


def _romanized(text: str) -> str:
    return romanized_key(text)[1:]


def _meant(word: str) -> Iterator[str]:
    """The word, how it may go on, and what may be meant, as clauses in Lucene's syntax.

    Words are letters and digits in lower case, so nothing in them is syntax.
    """
    for form in dict.fromkeys([word, _romanized(word)]):
        yield f"{form}*"
        if is_cjk(form):
            yield f'"{form}"'
            yield from _one_character_off(form)
        elif len(form) >= 4:
            yield f"{form}~{1 if len(form) < 8 else 2}"


def _one_character_off(word: str) -> Iterator[str]:
    """Without one of its characters, and with a gap for another."""
    if 3 <= len(word) <= LONGEST_GUESSED:
        yield from (f'"{word[:gap]}{word[gap + 1 :]}"~1' for gap in range(len(word)))
