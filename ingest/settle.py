"""What an entity's own properties are, given all that sources state of it.

Where sources differ, the one that stands first in the list of sources wins; what the others say
stays on their citations, and is read from there as conflicts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from graph.declarations import DISPLAY_NAMES
from ingest.identity import folded, sort_name
from ingest.state import Properties

CITATION = frozenset({"origin", "url", "retrievedAt", "digest", "remarks"})
"""The properties of a citation that are about it; the others are what the source states."""

LED = {"ratingCount": "rating", "descriptionLanguage": "description"}
"""What says something about another property, and comes from the same citation as that."""

NAME_KINDS = ("OFFICIAL", "ORIGINAL", "ROMANIZED", "SHORT", "ALIAS")
UNKNOWN = ""
"""The language of an original name that nothing tells the language of."""
DISPLAYED = ("en", "ja-Latn", "ja", UNKNOWN, "zh")
"""In which language the display name is, by preference."""

COMPARED = 50
"""So many names are compared with each other at most."""
LATIN = frozenset({"en", "ja-Latn"})
_PARTICLE = re.compile(r"(?<=\w )(?:no|wa|wo|ga|ni|na)(?= \w)| [Hh]en$")
"""Words of romanised titles that hardly any English title has there."""


class Stated(NamedTuple):
    """A name or citation with the rank of the best source that states it; 0 is best."""

    rank: int
    properties: Properties


def settled_values(citations: Iterable[Stated]) -> Properties:
    """The winning value of every property that a source states."""
    found: Properties = {}
    for _, properties in sorted(citations, key=_authority):
        stated = {name: properties[name] for name in properties.keys() - CITATION}
        leaders = stated.keys() - found.keys()
        found |= {name: value for name, value in stated.items() if LED.get(name, name) in leaders}
    return found


def _authority(citation: Stated) -> tuple[int, bool, str]:
    """What a source's own import says outranks what the catalogue quotes of it."""
    origin: str = citation.properties["origin"]
    return citation.rank, origin.startswith("catalog"), origin


def display_names(names: Iterable[Stated]) -> Properties:
    """The names that stand on the entity itself: name, sortName, nameEn, nameJa, nameZh."""
    preferred = sorted(names, key=_preference)
    spoken: dict[str, list[Stated]] = {}
    for name in preferred:
        for language in _spoken(name.properties):
            spoken.setdefault(language, []).append(name)
    best = {language: _title(language, spoken[language], preferred) for language in spoken}
    found = {name: best[language] for language, name in DISPLAY_NAMES.items() if language in best}
    chosen = next((best[each] for each in DISPLAYED if each in best), None)
    shown: str = chosen or preferred[0].properties["text"]
    return {**found, "name": shown, "sortName": sort_name(shown)}


def _title(language: str, spoken: Sequence[Stated], names: Sequence[Stated]) -> str:
    """The first; of equals in Latin letters the one most like all other names: most probably the
    title.
    """
    first = _preference(spoken[0])[:2]
    equal: list[str] = [
        each.properties["text"] for each in spoken if _preference(each)[:2] == first
    ]
    if len(equal) == 1 or language not in LATIN:
        return equal[0]
    known = [_words(each.properties["text"]) for each in names[:COMPARED]]
    oddity, likeness = partial(_oddity, language), partial(_likeness, known)
    return min(equal[:COMPARED], key=lambda text: (*oddity(text), -likeness(text), text))


def _oddity(language: str, text: str) -> tuple[bool, bool]:
    """Whether it is half Japanese, and whether it is all in capitals."""
    return language == "en" and _PARTICLE.search(text) is not None, text.isupper()


def _likeness(known: Sequence[frozenset[str]], text: str) -> float:
    """How many of all words it shares with each name, added up."""
    own = _words(text)
    return sum(len(own & words) / len(own | words) for words in known if words)


@lru_cache(1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in folded(text).split() if word.isascii())


def _spoken(name: Mapping[str, str]) -> tuple[str, ...]:
    """Chinese in any script is Chinese; romanised Japanese is not Japanese."""
    tag = name.get("language", UNKNOWN)
    if tag == UNKNOWN and name["kind"] != "ORIGINAL":
        return ()
    return (tag, "zh") if tag.startswith("zh-") else (tag,)


def _preference(name: Stated) -> tuple[int, int, str]:
    return NAME_KINDS.index(name.properties["kind"]), name.rank, name.properties["text"]
