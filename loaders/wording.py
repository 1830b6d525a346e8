"""Wording: a text in the forms in which names are looked for."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

from ingest.fame import STEPS
from ingest.identity import folded, is_cjk, query_keys, words
from ingest.sound import BEGINNING, SHORT, forms, is_ideograph, joined, pairs

MOST_WORDS = 8
LONGEST_WORD = 40
"""Letters of a word, or characters of Chinese and Japanese, that Lucene is asked for."""
MOST_GUESSED = 3
"""Of more words so many are right that those which are not need no guess."""
MOST_HALVED = 5
LONG = 8
"""So many letters may hold two errors."""

SENTENCE = 3
"""So many words may have a name within."""
SHORTEST_RUN = 5

FAMOUS = 8
"""Steps of fame: few names have so many, so these are looked through first."""
FAMOUS_FIRST = 1000
FAME_COUNTS = 1
LONGEST_PATTERN = 16
"""Letters of a misspelt word; patterns of longer ones take Lucene longer than its own way."""
_LETTER = "[a-z0-9]"


def wording(longest: int) -> Callable[[str], dict[str, Any]]:
    """Reads texts of at most that many characters; ValueError says what is wrong with a text."""

    def read(text: str) -> dict[str, Any]:
        if len(text) > longest:
            raise ValueError(f"must be at most {longest} characters long, not {len(text)}")
        return sought(text)

    return read


def sought(text: str) -> dict[str, Any]:
    """What graph/search.py compares names with.

    ``keys``: equal names; ``folded``: the beginning of names; ``joined``: the text without spaces,
    as written and as it sounds; ``words``: of each word the forms as a whole, and as the beginning
    or part of a name's words, with its length; ``pairs``: of letters; ``runs``: words that follow
    each other, in one. The others are queries in Lucene's syntax, or none. ``complete`` is for
    names that have all words, or the beginnings of words, ``famous`` for those of famous things;
    ``meant`` for names that have any, or all with one error; ``distant`` for those with two;
    ``halves`` for words of two names.
    """
    found = [forms(word) for word in words(text)[:MOST_WORDS]]
    whole = joined(found)
    complete = [_complete(found, whole)] if found else []
    return {
        "keys": list(query_keys(text)),
        "folded": folded(text) or None,
        "joined": whole,
        "whole": _in_order(found),
        "size": max(map(len, whole), default=0),
        "words": list(map(_word, found)),
        "pairs": sorted({pair for each in whole[-1:] for pair in pairs(each)}),
        "letters": sorted({letter for each in whole[-1:] for letter in each}),
        "famous": [f"{each} +({_fame(FAMOUS_FIRST, FAMOUS)})" for each in complete],
        "complete": [f"{each} {_fame(FAMOUS_FIRST)}" for each in complete],
        "meant": list(_meant(found, whole)) if found else [],
        "runs": _runs(found),
        "distant": list(_distant(found)) if len(found) <= MOST_GUESSED else [],
        "halves": list(_halves(found)) if len(found) <= MOST_HALVED else [],
    }


def _word(spellings: Sequence[str]) -> dict[str, Any]:
    return {
        "whole": [each if is_cjk(each) else f" {each} " for each in spellings],
        "parts": [each if is_cjk(each) else f" {each}" for each in spellings],
        "size": len(spellings[-1]),
    }


def _in_order(found: Sequence[Sequence[str]]) -> list[str]:
    """All words as they stand, as written and as they sound."""
    both = (" ".join(each[place] for each in found) for place in (0, -1))
    return [f" {each} " for each in dict.fromkeys(both) if each]


def _complete(found: Sequence[Sequence[str]], whole: Sequence[str]) -> str:
    """Words are letters and digits in lower case, so nothing in them is syntax."""
    each = " ".join(f"+({' '.join(map(_begun, spellings))})" for spellings in found)
    begun = (f" joined:{one[:LONGEST_WORD]}*" for one in whole if len(one) > SHORT)
    return f"+(words:({each}){''.join(begun)})"


def _halves(found: Sequence[Sequence[str]]) -> Iterator[dict[str, Any]]:
    """The text in two, in every way."""
    for place in range(1, len(found)):
        yield {"left": _half(found[:place]), "right": _half(found[place:])}


def _half(found: Sequence[Sequence[str]]) -> dict[str, Any]:
    each = " ".join(f"+({' '.join(map(_named, spellings))})" for spellings in found)
    size = sum(len(spellings[-1]) for spellings in found)
    return {"words": f"+words:({each}) {_fame(FAMOUS_FIRST)}", "size": size}


def _named(form: str) -> str:
    """A whole word."""
    return _begun(form) if is_cjk(form) else form


def _meant(found: Sequence[Sequence[str]], whole: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Names that have almost all words, and names that have any."""
    if len(found) <= MOST_GUESSED:
        each = " ".join(f"+({' '.join(map(_almost, spellings))})" for spellings in found)
        long = (one for one in whole if LONG <= len(one) <= LONGEST_WORD)
        as_one = " ".join(f"joined:{_guess(one)}" for one in long)
        words = f"+(words:({each}) {as_one}) {_fame(FAME_COUNTS)}"
        yield {"words": words, "almost": True}
    if runs := _runs(found):
        words = f"+joined:({' '.join(runs)}) {_fame(FAME_COUNTS)}"
        yield {"words": words, "almost": False}
    parts = dict.fromkeys(part for each in found for form in each for part in _parts(form))
    yield {"words": f"+words:({' '.join(parts)}) {_fame(FAME_COUNTS)}", "almost": False}


def _runs(found: Sequence[Sequence[str]]) -> list[str]:
    """The names that may stand within a sentence: words that follow each other, in one."""
    if len(found) < SENTENCE:
        return []
    places = combinations(range(len(found) + 1), 2)
    runs = (run for start, end in places for run in joined(found[start:end]))
    return list(dict.fromkeys(run for run in runs if SHORTEST_RUN <= len(run) <= LONGEST_WORD))


def _distant(found: Sequence[Sequence[str]]) -> Iterator[dict[str, Any]]:
    """Names whose words have two errors, which takes Lucene as long as all else."""
    if any(_is_long(form) for spellings in found for form in spellings):
        each = " ".join(f"+({' '.join(map(_far, spellings))})" for spellings in found)
        yield {"words": f"+words:({each}) {_fame(FAME_COUNTS)}", "almost": True}


def _fame(weight: float, least: int = 1) -> str:
    """Clauses that give a name so much for each step of its fame: a pattern counts its weight."""
    return " ".join(f"fame:/{'x' * step}/^{weight * step}" for step in range(least, STEPS + 1))


def _begun(form: str) -> str:
    """How a word goes on that begins like this; in Chinese and Japanese it may be any part."""
    if not is_cjk(form):
        return f"{BEGINNING}{form}" if len(form) <= SHORT else f"{form[:LONGEST_WORD]}*"
    if len(form) == 1:
        return f"({BEGINNING}{form} {form})" if is_ideograph(form) else f"{BEGINNING}{form}"
    return f"({' '.join(f'+{pair}' for pair in pairs(form[:LONGEST_WORD]))})"


def _parts(form: str) -> list[str]:
    return pairs(form[:LONGEST_WORD]) if is_cjk(form) and len(form) > 1 else [_begun(form)]


def _almost(form: str) -> str:
    """A word with typing errors, if it is long enough for any."""
    if is_cjk(form) or len(form) <= SHORT + 1:
        return _begun(form)
    return f"{_begun(form)} {_guess(form)}"


def _far(form: str) -> str:
    return f"{form[:LONGEST_WORD]}~2" if _is_long(form) else _almost(form)


def _is_long(form: str) -> bool:
    return len(form) >= LONG and not is_cjk(form)


def _guess(form: str) -> str:
    if len(form) > LONGEST_PATTERN or not form.isascii():
        return f"{form[:LONGEST_WORD]}~1"
    return f"/{'|'.join(dict.fromkeys(_misspelt(form)))}/"


def _misspelt(form: str) -> Iterator[str]:
    """Patterns of one error: a letter more, another or none, and two in the other order. Lucene's
    own ``~1`` also looks at the letters of all scripts, and takes twice as long.
    """
    for place in range(len(form) + 1):
        before, after = form[:place], form[place:]
        yield f"{before}{_LETTER}{after}"
        yield f"{before}{_LETTER}?{after[1:]}"
        yield f"{before}{after[:2][::-1]}{after[2:]}"
