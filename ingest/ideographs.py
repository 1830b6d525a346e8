"""How Chinese characters are written: simplified, traditional, or as in Japan.

The national standards tell it, which Python has as encodings: GB 2312 has simplified characters,
Big5 traditional ones, JIS X 0208 those of Japan; what several share tells nothing.
"""

import re
from functools import cache
from typing import Final

_SIMPLIFIED, _TRADITIONAL, _JAPANESE = "gb2312", "big5", "shift_jis"
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def chinese_language(text: str) -> str:
    """zh-Hant if a character of it is traditional and none simplified, else zh-Hans."""
    scripts = [_scripts(char) for char in _HAN.findall(text)]
    traditional = any(_TRADITIONAL in each and _SIMPLIFIED not in each for each in scripts)
    simplified = any(_SIMPLIFIED in each and _TRADITIONAL not in each for each in scripts)
    return "zh-Hant" if traditional and not simplified else "zh-Hans"


def may_be_japanese(text: str) -> bool:
    """Whether Japan has all of its Chinese characters: 沢城美雪, not 泽城美雪."""
    return all(_JAPANESE in _scripts(char) for char in _HAN.findall(text))


def is_japanese(text: str) -> bool:
    """Whether it has only characters that Japan has, and one that Chinese has not: 戦, 沢."""
    scripts = [_scripts(char) for char in _HAN.findall(text)]
    return may_be_japanese(text) and frozenset({_JAPANESE}) in scripts


def is_rewritten(one: str, other: str) -> bool:
    """Whether one may be the other in simplified characters: 雕龙记, 雕龍記. What differs has only
    such on one side, and only traditional ones on the other.
    """
    pairs = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or not 0 < len(pairs) < len(one):
        return False
    firsts, seconds = (set(map(_is_simplified, side)) for side in zip(*pairs, strict=True))
    return (firsts, seconds) in (({True}, {False}), ({False}, {True}))


def _is_simplified(char: str) -> bool | None:
    """None: it may be either, or neither."""
    found = _scripts(char) & {_SIMPLIFIED, _TRADITIONAL}
    return _SIMPLIFIED in found if len(found) == 1 else None


@cache
def _scripts(char: str) -> frozenset[str]:
    return frozenset(each for each in (_SIMPLIFIED, _TRADITIONAL, _JAPANESE) if _has(each, char))


def _has(standard: str, char: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True
