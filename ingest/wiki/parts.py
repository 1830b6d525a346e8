"""The parts of an anthology in a wiki page's words: which they are, and what is said of which."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.wiki.text import Line

QUOTES: Final = "\"“”'‘’「」『』"


@dataclass(frozen=True, slots=True)
class Part:
    """A part by the names that it goes by."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the description and the one part that it is about, None for the whole."""

    line: int
    part: Part | None
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a biography says of the extent of a credit.

    ``parts`` and ``songs`` are what the credit is limited to, in the words of ``scope``;
    ``rest`` is what the biography says besides.
    """

    parts: tuple[Part, ...]
    songs: tuple[str, ...]
    scope: str
    rest: str


_QUOTE: Final = f"[{QUOTES}]?"
_NOUN: Final = (
    r"(?:segments?|sequences?|parts?|episodes?|sections?|portions?|chapters?|stor(?:y|ies)|shorts?"
    r"|short films?|acts?|halves|half)\b"
)
_ORDINAL: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|last|final|opening"
    r"|closing|concluding|other|remaining|middle)"
)
_CALLED: Final = r"(?:,? (?:is )?(?:called|titled|entitled|named))?"
_VERB: Final = re.compile(
    r"(?:He |She |They |Also |Only |Co-?)*(?:did|directed|wrote|scripted|designed|drew|composed"
    r"|scored|arranged|animated|storyboarded|produced|edited|supervised|worked|created|handled"
    r"|responsible|director|writer|composer|designer|animator|producer|music|art|credited)\b"
    r"(?P<between>(?: [\w'’-]+){0,6}?) $",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"\b(?:which|that|who|whose|based|known|like|before|after)\b")
_SONG: Final = re.compile(
    r"\b(?:opening|ending|closing|end|insert|image|theme|main|title|song|track)"
    r"(?: (?:theme|song|credits?|music|track))*(?:,? (?:called|titled|entitled|named))?,?"
    r" [\"“「](?P<title>[^\"“”「」]+?)[.,]?[\"”」]",
    re.IGNORECASE,
)
# A single letter is an initial ("by J. Michael", "S.O.S.") or ends a title ("Roujin Z.").
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|St|Jr|Sr|vs|No|Vol|etc|jpn)|(?:^|\b[a-z]+ |[^\w\s] ?)[A-Z])\.$"
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[^\sa-z])|(?<=[。！？])")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph."""
    begun = ""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        begun = text[start : match.end()]
        if not _ABBREVIATED.search(begun.rstrip()):
            yield begun.strip()
            start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def passages(description: Iterable[Line], parts: Sequence[Part]) -> Iterator[Passage]:
    """Sentence by sentence, what the description is about.

    A sentence that names one part speaks of it, and so do those behind it in the paragraph; one
    that names several speaks of the whole again.
    """
    for line in description:
        current: Part | None = None
        for sentence in sentences(line.text):
            named = mentioned(sentence, parts)
            if named:
                current = named[0] if len(named) == 1 else None
            yield Passage(line.number, current, sentence)


def mentioned(text: str, parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts whose name stands in a text, in the order of their first mention."""
    found = [(match.start(), part) for part in parts if (match := _name(part.names).search(text))]
    return tuple(part for _, part in sorted(found, key=lambda each: each[0]))


def introduced(titles: Iterable[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Those titles which texts speak of as parts, spelled and ordered as the texts do.

    "For X (...)", "the second sequence, X", "the X segment". A single part is none.
    """
    whole = "\n".join(texts)
    found: dict[str, int] = {}
    for title in titles:
        name = _name((title,)).pattern
        introduction = re.compile(
            rf"(?:(?:^|[.!?] )(?:For|In) {_QUOTE}(?P<a>{name}){_QUOTE} ?[(,]"
            rf"|{_ORDINAL} {_NOUN}{_CALLED}[,:(–—-]* ?{_QUOTE}(?P<b>{name})"
            rf"|(?P<c>{name}){_QUOTE} {_NOUN}"
            rf"|\b{_NOUN}{_CALLED} {_QUOTE}(?P<d>{name}))",
            re.IGNORECASE | re.MULTILINE,
        )
        if introduction.search(whole) and (first := _name((title,)).search(whole)):
            found[first.group()] = first.start()
    return tuple(sorted(found, key=found.__getitem__)) if len(found) > 1 else ()


def limits(biography: str, parts: Sequence[Part]) -> Limits:
    """The extent that a biography gives: "Did the Soundtrack to the Magnetic Rose Segment"."""
    limiting: list[str] = []
    rest: list[str] = []
    found: dict[str, Part] = {}
    songs: list[str] = []
    for sentence in sentences(biography):
        named = mentioned(sentence, parts)
        heard = [match["title"].strip() for match in _SONG.finditer(sentence)]
        limited = named and _limits(sentence, named)
        if limited:
            found |= {part.id: part for part in named}
        if limited or heard:
            songs += heard
            limiting.append(sentence)
        else:
            rest.append(sentence)
    return Limits(tuple(found.values()), tuple(songs), " ".join(limiting), " ".join(rest))


def _limits(sentence: str, named: tuple[Part, ...]) -> bool:
    for part in named:
        name = _name(part.names).pattern
        if re.search(
            rf"{name}{_QUOTE} (?i:{_NOUN})|\b(?i:{_NOUN}){_CALLED} {_QUOTE}{name}", sentence
        ):
            return True
    first = min(match.start() for part in named if (match := _name(part.names).search(sentence)))
    before = sentence[:first].rstrip(QUOTES)
    match = _VERB.fullmatch(before)
    return match is not None and not _CLAUSE.search(match["between"])


def _name(names: Sequence[str]) -> re.Pattern[str]:
    """Matches any of the names as whole words. Case matters in those of one word ("Boy")."""
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(
        rf"(?i:{pattern})" if " " in name else pattern
        for name in longest_first
        for pattern in [r"\s+".join(map(re.escape, name.split()))]
    )
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
