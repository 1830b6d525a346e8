"""Japanese names in Latin letters: kana into Hepburn, family name last, long vowels short.

"こういち" and "Kouichi" become "Koichi"; "Inoue" and "Matsuura" stay, because their two vowels
belong to two parts of the name.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

_SYLLABLES: Final = """
あ a い i う u え e お o か ka き ki く ku け ke こ ko さ sa し shi す su せ se そ so
た ta ち chi つ tsu て te と to な na に ni ぬ nu ね ne の no は ha ひ hi ふ fu へ he ほ ho
ま ma み mi む mu め me も mo や ya ゆ yu よ yo ら ra り ri る ru れ re ろ ro わ wa を o ん n
が ga ぎ gi ぐ gu げ ge ご go ざ za じ ji ず zu ぜ ze ぞ zo だ da ぢ ji づ zu で de ど do
ば ba び bi ぶ bu べ be ぼ bo ぱ pa ぴ pi ぷ pu ぺ pe ぽ po
きゃ kya きゅ kyu きょ kyo しゃ sha しゅ shu しょ sho ちゃ cha ちゅ chu ちょ cho
にゃ nya にゅ nyu にょ nyo ひゃ hya ひゅ hyu ひょ hyo みゃ mya みゅ myu みょ myo
りゃ rya りゅ ryu りょ ryo ぎゃ gya ぎゅ gyu ぎょ gyo じゃ ja じゅ ju じょ jo
びゃ bya びゅ byu びょ byo ぴゃ pya ぴゅ pyu ぴょ pyo
"""
_SPACES: Final = re.compile(r"[\s\u3000]+")
_LONG: Final = re.compile(r"(?<=[kgsztdnhbpmrywjf])ou(?!e)|^ou(?!e)|(?<=^[kgsztdnhbpmryw])oo|^oo")
_LONG_U: Final = re.compile(r"(?<=y)uu|(?<=[scj]h)uu|(?<=[jf])uu")
_WORD: Final = re.compile(
    r"(?:(?:[kstpcbdgzj]?(?:ch|sh|ts|dz|[kgsztdnhbpmrj]y|[kgsztdnhbpmyrwjfv]))?[aeiou]+h?"
    r"|n'?|m(?=[bmp]))+"
)
_KANA_RUN: Final = re.compile("[\u3041-\u3096\u30a1-\u30f6]{2,}")
_HALVES: Final = 2
_LONGEST_HALF: Final = 4
_ENOUGH: Final = 3
"""From so many others on, who all read a piece of a name in another way, a reading is wrong."""


KANA: Final = dict(zip(_SYLLABLES.split()[::2], _SYLLABLES.split()[1::2], strict=True))
"""Hiragana, one or two, and how they are read."""


def latin_of_kana(text: str) -> str | None:
    """A name in hiragana or katakana as lower-case Hepburn, vowels as written; None if it holds
    anything else.
    """
    kana = "".join(_hiragana(char) for char in unicodedata.normalize("NFKC", text))
    found = ""
    place = 0
    doubled = False
    while place < len(kana):
        if kana[place] == "っ":
            doubled, place = True, place + 1
            continue
        pieces = (kana[place : place + length] for length in (2, 1))
        syllable = next((piece for piece in pieces if piece in KANA), None)
        if syllable is None:
            return None
        latin = KANA[syllable]
        found += ("t" if latin.startswith("ch") else latin[0]) + latin if doubled else latin
        doubled, place = False, place + len(syllable)
    return None if doubled or not found else found


def is_romanized(text: str) -> bool:
    """Whether every word can be Japanese in Latin letters."""
    words = _plain(text).split()
    return bool(words) and all(_WORD.fullmatch(word) for word in words)


def shortened(word: str) -> str:
    """A romanised word with its long o and u short, as English texts write names."""
    return _LONG_U.sub("u", _LONG.sub("o", _plain(word)))


class Readings:
    """How names are read, learned from all people at hand."""

    def __init__(self, people: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Each person's name, and what may be its readings: in kana or Latin letters, mostly with
        the family name first.
        """
        self._families: Counter[str] = Counter()
        self._givens: Counter[str] = Counter()
        self._prefixes: dict[str, Counter[str]] = defaultdict(Counter)
        self._suffixes: dict[str, Counter[str]] = defaultdict(Counter)
        for name, readings in people:
            for halves in {found for reading in readings if (found := _halves(reading))}:
                self._learn("".join(name.split()), *halves)

    def _learn(self, name: str, family: str, given: str) -> None:
        self._families[family] += 1
        self._givens[given] += 1
        for length in range(1, min(len(name), _LONGEST_HALF + 1)):
            self._prefixes[name[:length]][family] += 1
            self._suffixes[name[-length:]][given] += 1

    def western(self, reading: str) -> str | None:
        """A reading as English texts write it; None if it has not two words of Japanese."""
        halves = self._ordered(reading)
        return None if halves is None else f"{halves[1].capitalize()} {halves[0].capitalize()}"

    def best(self, name: str, readings: Iterable[str]) -> str | None:
        """The English spelling of the reading that fits the name best, Latin ones before kana.

        A reading that others with the same characters contradict is another name's.
        """
        plain = "".join(name.split())
        ordered = sorted(readings, key=lambda reading: not _is_latin(reading))
        fitting = [
            (self._fit(plain, *halves), reading)
            for reading in ordered
            if (halves := self._ordered(reading)) and _fits_kana(plain, halves)
        ]
        if not fitting:
            return None
        fit, reading = max(fitting, key=lambda found: found[0])
        return self.western(reading) if fit >= 0 else None

    def _fit(self, name: str, family: str, given: str) -> int:
        """How many others read a part of the name like this; below 0 where the family name is
        read otherwise and nothing speaks for the given name.
        """
        families = [self._prefixes[piece] for piece in _prefixes(name) if piece in self._prefixes]
        givens = [self._suffixes[piece] for piece in _suffixes(name) if piece in self._suffixes]
        support = max((counts[family] - 1 for counts in families), default=0)
        support += max((counts[given] - 1 for counts in givens), default=0)
        others = max((counts.total() - counts[family] for counts in families), default=0)
        return -1 if not support and others >= _ENOUGH and not _KANA_RUN.search(name) else support

    def _ordered(self, reading: str) -> tuple[str, str] | None:
        """Family name and given name, also where a Latin reading has them the other way round."""
        halves = _halves(reading)
        if halves is not None and _is_latin(reading):
            first, last = (self._families[half] > self._givens[half] for half in halves)
            if last and not first:
                return halves[1], halves[0]
        return halves


def _prefixes(name: str) -> Iterator[str]:
    return (name[:length] for length in range(2, min(len(name), _LONGEST_HALF + 1)))


def _suffixes(name: str) -> Iterator[str]:
    return (name[-length:] for length in range(1, min(len(name), _LONGEST_HALF + 1)))


def _fits_kana(name: str, halves: tuple[str, str]) -> bool:
    """Whether kana in the name are read as the reading says."""
    whole = {"".join(halves), "".join(reversed(halves))}
    runs = (shortened(latin_of_kana(run) or "") for run in _KANA_RUN.findall(name))
    return all(any(run in reading for reading in whole) for run in runs)


def _is_latin(name: str) -> bool:
    return _plain(name).isascii()


def _halves(name: str) -> tuple[str, str] | None:
    words = list(_latin_words(name))
    return (words[0], words[1]) if len(words) == _HALVES else None


def _latin_words(name: str) -> Iterator[str]:
    """The words in short Latin letters; nothing if one of them is no Japanese."""
    words = [latin_of_kana(word) or word for word in _SPACES.split(name.strip())]
    if all(is_romanized(word) for word in words):
        yield from (shortened(word).replace("'", "") for word in words)


def _hiragana(char: str) -> str:
    return chr(ord(char) - 0x60) if "\u30a1" <= char <= "\u30f6" else char


def _plain(text: str) -> str:
    """Lower case without macrons and circumflexes."""
    text = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in text if not unicodedata.combining(char))
