"""Summaries: what people wrote, in one form, and the language it seems to be in."""

import html
import re
from typing import Final

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3041-\u30fa]")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_TRADITIONAL: Final = re.compile(r"[這們個來說對時會國學為與後發經過還沒將從開關無當實現]")
_SIMPLIFIED: Final = re.compile(r"[这们个来说对时会国学为与后发经过还没将从开关无当实现]")
_BLANK_LINES: Final = re.compile(r"\n\s*\n+")
_KANA_SHARE: Final = 0.2
_LATIN_SHARE: Final = 0.8
_SAMPLE: Final = 2000
_FEWEST: Final = 4


def prose(text: str) -> str:
    """The text with plain line ends and without blank ones around it; "" if it says nothing."""
    plain = html.unescape(text) if "&" in text else text
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").strip()
    return _BLANK_LINES.sub("\n\n", plain)


def prose_language(text: str) -> str | None:
    """ja by its kana, ko, en (any Latin letters), zh-Hans or zh-Hant; None where nothing tells."""
    sample = text[:_SAMPLE]
    han, kana, hangul, latin = (
        len(letters.findall(sample)) for letters in (_HAN, _KANA, _HANGUL, _LATIN)
    )
    letters = han + kana + hangul + latin
    if letters < _FEWEST:
        return None
    if kana > _KANA_SHARE * (han + kana):
        return "ja"
    if hangul > han + kana:
        return "ko"
    if latin > _LATIN_SHARE * letters:
        return "en"
    if han <= latin:
        return None
    traditional, simplified = (len(each.findall(sample)) for each in (_TRADITIONAL, _SIMPLIFIED))
    return "zh-Hant" if traditional > simplified else "zh-Hans"
