"""Works that a wiki page's prose names, found among the works that the graph knows.

A title counts only where it is written like one. Precision comes before completeness: in a graph
of many thousands of works nearly every capitalised word ("Earth", "Tokyo") is somebody's title.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.identity import ROMANIZED, folded, query_keys, romanized_key
from ingest.wiki.parts import QUOTES, Part, Passage
from ingest.wiki.text import Note


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A work of the graph. ``titles`` are folded names, or keys of romanised ones; ``makers`` are
    ids of those who made it (who directed, wrote, composed), ``surnames`` what prose calls them."""

    id: str
    slug: str
    kind: str | None
    released: str | None
    titles: frozenset[str]
    makers: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()

    def is_called(self, title: str) -> bool:
        """Whether it has the title, however its words are joined."""
        return not _forms(title).isdisjoint(map(_squeezed, self.titles))

    def is_of(self, year: str | None) -> bool:
        """Whether it was released in the year, where one is given."""
        return (self.released or "").startswith(year or "")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a passage that may be a title. ``start`` and ``end`` count characters."""

    passage: Passage
    start: int
    end: int
    year: str | None
    quoted: bool
    opens: bool
    in_run: bool

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reference:
    """``part`` is None where the whole work refers; ``passage`` is the sentence."""

    part: Part | None
    work: str
    passage: str
    line: int


_LONGEST_TITLE = 9
_WORD: Final = re.compile(
    r"[^\s" + QUOTES + r"(),;:.!?–—]+(?:['’.:-][^\s" + QUOTES + r"(),;:.!?–—]+)*"
)
# Words that are written small within a title.
_MINOR: Final = re.compile(
    "a|an|and|as|at|but|by|de|for|from|ga|in|into|is|la|le|mo|my|na|ni|no|of|on|or|over|than|the"
    "|to|under|wa|with|wo|vs|x|&"
)
_ARTICLE: Final = re.compile("an?|the")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_YEAR: Final = re.compile(rf"[{QUOTES}]? ?\((?:[^()]*\D)?(?P<year>(?:18|19|20|21)\d\d)\)")
_BETWEEN: Final = re.compile(r"[\s:.!?'’,&-]{1,3}|;")
# What stands before a title rather than before a place or a person.
_CUE: Final = re.compile(
    r"(?:\b(?:directed|wrote|animated|scored)"
    r"|\b(?:directed|made|wrote|drawn|created|produced|animated|released) (?:before|after|since)"
    r"|\b(?:films?|movies?|anime|manga|operas?|plays|musicals?|novels?|games?|albums?|OVAs?)"
    r"|\b(?:sequels?|prequels?|homages?|tributes?|references?|nods?|allusions?) to"
    r"|\b(?:remakes?|parod(?:y|ies)|spoofs?|tradition|style|spirit) of"
    r"|\b(?:experiments? for|adapted from|parodies|parodying))(?: (?:the|his|her|their))?$",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(
    rf"[{QUOTES}]?(?: ?\([^()]*\))?(?:,? (?:and|or|&) |, )[{QUOTES}]?(?:the )?"
)


def phrases(passages: Iterable[Passage]) -> tuple[Phrase, ...]:
    """Everything in the passages that is written like a title: capitals at both ends."""
    return tuple(phrase for passage in passages for phrase in _phrases(passage))


def phrase_keys(found: Iterable[Phrase]) -> frozenset[str]:
    """The keys of names under which the graph may know them; "Steam Boy" also as one word."""
    keys: set[str] = set()
    for phrase in found:
        keys.update(query_keys(phrase.text))
        words = folded(phrase.text).split()
        if 1 < len(words) <= 3:
            keys.update(query_keys("".join(words)))
    return frozenset(keys)


def references(
    found: Sequence[Phrase],
    works: Sequence[KnownWork],
    own: Collection[str],
    makers: Collection[str],
) -> tuple[tuple[Reference, ...], tuple[Note, ...]]:
    """The works that phrases name, and notes on those that cannot be told.

    `own` are names that belong to the page itself (its titles, parts, people, characters);
    `makers` the ids of those whom the page credits. A phrase within a longer title or name is
    none itself. Longer titles need no evidence; those of one word do.
    """
    choice = _Choice(works, own, makers)
    for group in _by_passage(found):
        choice.passage(group)
    return tuple(choice.found.values()), tuple(choice.notes.values())


class _Choice:
    """References being found; ``found`` holds the first of each part and work."""

    def __init__(
        self, works: Sequence[KnownWork], own: Collection[str], makers: Collection[str]
    ) -> None:
        self.makers = frozenset(makers)
        self.names = frozenset(_squeezed(folded(name)) for name in own)
        self.words = frozenset(word for name in own for word in folded(name).split())
        self.by_title: dict[str, dict[str, KnownWork]] = {}
        for work in works:
            for title in work.titles:
                self.by_title.setdefault(_squeezed(title), {})[work.id] = work
        self.found: dict[tuple[str | None, str], Reference] = {}
        self.notes: dict[str, Note] = {}

    def passage(self, group: Sequence[Phrase]) -> None:
        """Decide the phrases of one sentence, those with evidence of their own first."""
        settled: list[Phrase] = []
        waiting: list[Phrase] = []
        for phrase in self._longest(group):
            if self._is_own(phrase):
                continue
            (settled if self._settle(phrase, joined=False) else waiting).append(phrase)
        for phrase in waiting:
            joined = any(_joined(phrase, other) for other in settled)
            hardly = _is_short(phrase) and (phrase.opens or phrase.in_run)
            if not self._settle(phrase, joined=joined) and not hardly:
                self._report(phrase)

    def _longest(self, group: Sequence[Phrase]) -> list[Phrase]:
        """The phrases that are known names, without those that overlap a longer one."""
        taken: list[Phrase] = []
        for phrase in sorted(group, key=lambda each: (each.start - each.end, each.start)):
            known = _squeezed(folded(phrase.text)) in self.names or self._known(phrase)
            if known and all(phrase.end <= o.start or o.end <= phrase.start for o in taken):
                taken.append(phrase)
        return sorted(taken, key=lambda each: each.start)

    def _is_own(self, phrase: Phrase) -> bool:
        """A name of the page, or a word of one where nothing marks it as a title."""
        form = _squeezed(folded(phrase.text))
        marked = phrase.year or phrase.quoted
        return form in self.names or (form in self.words and not marked)

    def _known(self, phrase: Phrase) -> dict[str, KnownWork]:
        found: dict[str, KnownWork] = {}
        for form in _forms(phrase.text):
            found |= self.by_title.get(form, {})
        return found

    def _settle(self, phrase: Phrase, joined: bool) -> bool:
        ranked = sorted(
            ((self._evidence(phrase, work), work) for work in self._of_year(phrase)),
            key=lambda each: (-each[0], each[1].kind != "FILM", each[1].id),
        )
        if not ranked:
            return False
        evidence, best = ranked[0]
        said = phrase.year or phrase.quoted or joined or _cued(phrase)
        if not (evidence or said) and (_is_short(phrase) or phrase.in_run):
            return False
        rivals = [work for other, work in ranked[1:] if other == evidence]
        only_film = best.kind == "FILM" and all(work.kind != "FILM" for work in rivals)
        if rivals and not (only_film and (evidence or phrase.year)):
            return False
        part = phrase.passage.part
        reference = Reference(part, best.id, phrase.passage.text, phrase.passage.line)
        self.found.setdefault((part.id if part else None, best.id), reference)
        return True

    def _of_year(self, phrase: Phrase) -> list[KnownWork]:
        known = self._known(phrase).values()
        return [work for work in known if work.is_of(phrase.year)]

    def _evidence(self, phrase: Phrase, work: KnownWork) -> int:
        """2 where the sentence names a maker of the work, 1 where the page credits one."""
        before, after = phrase.passage.text[: phrase.start], phrase.passage.text[phrase.end :]
        words = {_POSSESSIVE.sub("", word) for word in _WORD.findall(f"{before} {after}")}
        return 2 if work.surnames & words else 1 if work.makers & self.makers else 0

    def _report(self, phrase: Phrase) -> None:
        known = sorted(_described(work) for work in self._known(phrase).values())
        text = f"{phrase.text!r} may be {' or '.join(known[:5])}: not taken for a reference"
        self.notes.setdefault(phrase.text, Note(phrase.passage.line, text))


def _phrases(passage: Passage) -> Iterator[Phrase]:
    words = list(_WORD.finditer(passage.text))
    for first, word in enumerate(words):
        if not _is_title_word(word.group()):
            continue
        for last in range(first, min(first + _LONGEST_TITLE, len(words))):
            if last > first and not _BETWEEN.fullmatch(
                passage.text, words[last - 1].end(), words[last].start()
            ):
                break
            text = words[last].group()
            if _is_title_word(text):
                yield _phrase(passage, words, first, last)
            elif not _MINOR.fullmatch(text):
                break


def _phrase(passage: Passage, words: Sequence[re.Match[str]], first: int, last: int) -> Phrase:
    text = passage.text
    start, end = words[first].start(), words[last].end()
    possessive = _POSSESSIVE.search(text[start:end])
    year = _YEAR.match(text, end)
    before = first > 0 and _runs_on(text, words[first - 1], words[first])
    after = last + 1 < len(words) and _runs_on(text, words[last], words[last + 1])
    return Phrase(
        passage,
        start,
        start + possessive.start() if possessive else end,
        year["year"] if year else None,
        start > 0 and text[start - 1] in QUOTES and text[end : end + 1] in tuple(QUOTES),
        first == 0,
        before or after,
    )


def _runs_on(text: str, word: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two words stand side by side, both with a capital. "Otomo's Akira" are two names."""
    side_by_side = text[word.end() : other.start()] == " "
    capitals = _is_title_word(word.group()) and _is_title_word(other.group())
    return side_by_side and capitals and not _POSSESSIVE.search(word.group())


def _is_title_word(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or not word[0].isascii()


def _is_short(phrase: Phrase) -> bool:
    """One word, articles aside, or two at a sentence's start of which the first is a small one."""
    words = [word for word in folded(phrase.text).split() if not _ARTICLE.fullmatch(word)]
    small = bool(words) and phrase.opens and _MINOR.fullmatch(words[0])
    return len(words) < (3 if small else 2)


def _cued(phrase: Phrase) -> bool:
    return _CUE.search(phrase.passage.text[: phrase.start].rstrip(f" {QUOTES}")) is not None


def _joined(phrase: Phrase, other: Phrase) -> bool:
    first, second = sorted((phrase, other), key=lambda each: each.start)
    return _JOINED.fullmatch(phrase.passage.text, first.end, second.start) is not None


def _by_passage(found: Sequence[Phrase]) -> Iterator[list[Phrase]]:
    group: list[Phrase] = []
    for phrase in found:
        if group and group[-1].passage != phrase.passage:
            yield group
            group = []
        group.append(phrase)
    if group:
        yield group


def _forms(title: str) -> set[str]:
    """What a title may stand under: joined to one word, and as romanised Japanese."""
    return {_squeezed(folded(title)), romanized_key(title)}


def _squeezed(title: str) -> str:
    return title if title.startswith(ROMANIZED) else title.replace(" ", "")


def _described(work: KnownWork) -> str:
    return f"{work.slug} ({work.released[:4] if work.released else 'undated'})"
