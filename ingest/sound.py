"""How names are searched: what they sound like, and the words that a search finds them by.

Everything here is pure. Two spellings that sound alike are one word here: kana and romanised
Japanese in any system, traditional, simplified and Japanese characters, Cyrillic and Latin letters,
Roman and Arabic numerals. That is too much for a name's identity, for which there is its key, and
right for finding it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import Final

from opencc import OpenCC

from ingest.identity import is_cjk, words
from ingest.romanization import KANA

VERSION: Final = 2
"""Of what stands on names; another one makes the next start work it out anew."""

BEGINNING: Final = "_"
"""What marks the first one or two letters of a word; no word holds it."""
SHORT: Final = 2
"""So many letters are looked for among beginnings."""
LONGEST_JOINED: Final = 100
MOST_WORDS: Final = 200
"""Of the longest names; the rest is not found by its words."""

_CHARACTER: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_VOWELS: Final = "aeiou"
_KANA: Final = re.compile("[\u3041-\u3096\u30fc]+")
_SMALL: Final = dict(
    zip("ぁぃぅぇぉゃゅょゎ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"), strict=True)
)
_CYRILLIC: Final = str.maketrans(
    {
        **dict(zip("абвгдезиклмнопрстуфыэ", "abvgdeziklmnoprstufye", strict=True)),
        **{"ё": "yo", "ж": "zh", "й": "i", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh"},
        **{"ъ": "", "ь": "", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g"},
    }
)
_IS_CYRILLIC: Final = re.compile("[а-яёіїєґ]+")
_NUMERALS: Final = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
    "xiii": "13",
}
_SYLLABLES: Final = re.compile(
    "(?:(?:[kstpcbdgzjmnrf]?(?:ch|sh|ts|dz|[kgsztdnhbpmrjf]y|[kgsztdnhbpmyrwjfv]))?[aeiou]+h?"
    "|n|m(?=[bmp]))+(?:[kgsztdhbpmyrwjfvc]{1,2})?"
)
"""Romanised Japanese, or the beginning of it."""
_SPELLINGS: Final = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"(?<=[ou])h+(?=$|[kgsztdnbpmrwjfc]+[aeiouy])", ""),
        (r"dz", "z"),
        (r"tch", "ch"),
        (r"([kgsztdcnhbpmrwjfv])\1", r"\1"),
        (r"o[ou]+", "o"),
        (r"([aeiu])\1+", r"\1"),
        (r"sy", "sh"),
        (r"ty|cy", "ch"),
        (r"[zjd]y", "j"),
        (r"si", "shi"),
        (r"ti", "chi"),
        (r"tu", "tsu"),
        (r"(?<![sc])hu", "fu"),
        (r"[zd]i", "ji"),
        (r"du", "zu"),
        (r"m(?=[bp])", "n"),
        (r"wo", "o"),
    )
)
"""Hepburn, Kunrei, and how they are typed, one after the other: what is left has short vowels and
no double consonants.
"""


def spelled(text: str) -> dict[str, str]:
    """The properties of a name that a search compares: ``sound``; ``words`` as written and as they
    sound, with their beginnings, and pairs of characters where writing has no spaces; ``joined``,
    the whole name as one word. A space is between words.
    """
    found = [forms(word) for word in words(text)]
    tokens = list(dict.fromkeys(_tokens(found)))
    return {
        "sound": " ".join(each[-1] for each in found),
        "words": " ".join(tokens[:MOST_WORDS]),
        "joined": " ".join(joined(found)),
    }


def joined(spelled: Sequence[Sequence[str]]) -> list[str]:
    """All words in one, as written and as they sound: vowels are long across words as well, since
    nobody hears where one ends.
    """
    written, heard = ("".join(each[place] for each in spelled) for place in (0, -1))
    both = (each[:LONGEST_JOINED] for each in (written, _romanized(heard)))
    return list(dict.fromkeys(filter(None, both)))


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """What a folded word sounds like, as far as writing tells."""
    if is_cjk(word):
        return _romanized(romaji(word)) if _KANA.fullmatch(word) else _simplified(word)
    if _IS_CYRILLIC.fullmatch(word):
        word = word.translate(_CYRILLIC)
    return _NUMERALS.get(word) or _romanized(word)


def forms(word: str) -> tuple[str, ...]:
    """A folded word, in characters that Chinese and Japanese share, and what it sounds like."""
    plain = _simplified(word) if is_cjk(word) else word
    heard = sound_of(word)
    return (plain,) if heard == plain else (plain, heard)


def pairs(word: str) -> list[str]:
    """The pairs of characters of a Chinese, Japanese or Korean word."""
    return ["".join(pair) for pair in pairwise(word)]


def is_ideograph(character: str) -> bool:
    return _CHARACTER.fullmatch(character) is not None


def romaji(kana: str) -> str:
    """Hiragana in Latin letters, sign by sign; a long vowel is as its short one."""
    found = ""
    doubled = False
    for sign in kana:
        if sign == "っ":
            doubled = True
        elif sign in _SMALL:
            found = _with_small(found, _SMALL[sign])
        elif sign != "ー":
            latin = KANA.get(sign, "vu" if sign == "ゔ" else sign)
            found += latin[0] + latin if doubled else latin
            doubled = False
    return found


def _with_small(before: str, small: str) -> str:
    """てぃ is ti, しゃ sha, うぃ wi."""
    consonant = before.rstrip(_VOWELS)
    if before == consonant:
        return before + small
    if not consonant or consonant[-1] in _VOWELS or len(before) - len(consonant) > 1:
        return f"{before[:-1]}w{small}" if before[-1] == "u" else before + small
    if consonant.endswith(("sh", "ch", "j")):
        return consonant + small.removeprefix("y")
    return consonant + small


def _tokens(spelled: Sequence[Sequence[str]]) -> Iterator[str]:
    for each in spelled:
        yield from _word(each)
    # Parts of what is written without spaces are told apart here and joined there.
    runs = groupby(spelled, lambda each: is_cjk(each[0]))
    for cjk, run in runs:
        yield from pairs("".join(each[0] for each in run)) if cjk else ()


def _word(spelled: Iterable[str]) -> Iterator[str]:
    for form in spelled:
        if is_cjk(form):
            yield from (BEGINNING + form[:1], *_CHARACTER.findall(form), *pairs(form))
        else:
            yield from (form, BEGINNING + form[:1], BEGINNING + form[:SHORT])


def _romanized(word: str) -> str:
    if not word.isascii() or not _SYLLABLES.fullmatch(word):
        return word
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


@cache
def _converters() -> tuple[OpenCC, OpenCC]:
    return OpenCC("jp2t"), OpenCC("t2s")


@cache
def _simplified_character(character: str) -> str:
    for converter in _converters():
        character = converter.convert(character)
    return character


def _simplified(word: str) -> str:
    """In simplified characters, one by one, whether Chinese or Japanese."""
    return "".join(map(_simplified_character, word))
