"""What the titles of a line have in common: the name that it goes by.

A title is taken word by word; every Chinese character is a word. The stem is the longest beginning
of the line's first title that at least half as many titles share as share any of it. Where hardly
any do, it is the longest run of words within it that most titles have.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from ingest.franchises.lines import Work

_WORD = re.compile(
    r"[\u4e00-\u9fff\u3400-\u4dbf々〇]|[\u3041-\u309f]+|[\u30a1-\u30ffー]+|\d+"
    r"|[^\W\d\u3041-\u30ff\u3400-\u9fff々〇]+(?:['’][^\W\d_]+)*"
)
_FORMS = "劇場版|剧场版|映画|电影|電影版|OVA|TV版?|gekijou?ban|eiga"
_AHEAD = re.compile(rf"^(?:(?:{_FORMS})(?![^\W_a-z])[\s:：]*)+", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:[\s:：・,，.。、~〜～/／\-–—−(（\[【「『“‘<＜《《☆]+|\b(?:the|a|of|and|no|season|part|vol|movie|series"
    rf"|first|second|third|final|new|\d+(?:st|nd|rd|th)?|[ivx]+|{_FORMS})(?![^\W_])"
    r"|第[\d一二三四五六七八九十]*[期部季章]?|シーズン|シリーズ|[Ⅰ-Ⅻ0-9０-９]+|(?<=[\u4e00-\u9fff])[之的]|の)$",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"[ivx]+|[Ⅰ-Ⅻ0-9０-９]+", re.IGNORECASE)
_SHORTEST = 2


class _Title(NamedTuple):
    """A title's words, folded, and where in the text each ends."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def line_names(works: Sequence[Work]) -> dict[str | None, str]:
    """The stem by language, of those in which the first of the ``works``, after which the line is
    named, has a name, or most of them share the stem. Where there are none, the key is None.
    """
    found: dict[str | None, str] = {}
    for language in dict.fromkeys(language for work in works for language in work.names):
        titles = [work.names[language] for work in works if language in work.names]
        text = stem(titles)
        if language in works[0].names or 2 * sum(text in each for each in titles) > len(works):
            found[language] = text
    return found or {None: stem([work.name for work in works])}


def stem(titles: Sequence[str]) -> str:
    """What the titles have in common; if it is nothing, the first of them."""
    first, *others = (_title(text) for text in titles)
    beginnings = [first.words[:size] for size in range(1, len(first.words) + 1)]
    shared = [1 + sum(each.words[: len(words)] == words for each in others) for words in beginnings]
    size = _longest(first, shared)
    if not size or 3 * shared[size - 1] < len(titles):
        within = _within(first, others)
        if within:
            return within
    if not size:
        return _trimmed(first.text)
    return _trimmed(first.text[: first.spans[size - 1][1]], whole=first.text)


def _title(text: str) -> _Title:
    text = _AHEAD.sub("", text.strip()) or text.strip()
    found = [match.span() for match in _WORD.finditer(text)]
    words = tuple(_folded(text[start:end]) for start, end in found)
    return _Title(text, words, tuple(found))


def _longest(first: _Title, shared: Sequence[int]) -> int:
    """How many words the stem has; 0 where nothing is shared."""
    sizes = [
        size
        for size in range(1, len(shared) + 1)
        if shared[size - 1] > 1 and len("".join(first.words[:size])) >= _SHORTEST
    ]
    if not sizes:
        return 0
    most = shared[sizes[0] - 1]
    return max(size for size in sizes if 2 * shared[size - 1] >= most)


def _within(first: _Title, others: Iterable[_Title]) -> str | None:
    """The longest run of words that most titles have."""
    texts = [_folded(each.text) for each in others]
    count = len(first.spans)
    for size in range(count, 0, -1):
        for end in range(size, count + 1):
            run = first.text[first.spans[end - size][0] : first.spans[end - 1][1]]
            is_shared = 3 * sum(_folded(run) in each for each in texts) > 2 * len(texts)
            if is_shared and len(run) > _SHORTEST:
                return _trimmed(run)
    return None


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()


def _trimmed(text: str, whole: str = "") -> str:
    """Without words that tell parts of a line apart, numerals among them. Of a ``whole`` title the
    marks at the end stay, and so does a numeral that several titles share: Cyborg 009.
    """
    marks = whole[len(text) :] if whole and not _WORD.search(whole[len(text) :]) else ""
    left = text
    while left and (behind := _BEHIND.search(left)):
        before = left[: behind.start()]
        if whole and _NUMERAL.fullmatch(behind[0]) and not _BEHIND.search(before.rstrip()):
            break
        left = before
    if left == text and marks:
        return text + marks.rstrip()
    return left or text + marks
