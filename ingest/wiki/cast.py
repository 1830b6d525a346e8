"""Lines of a wiki page that name people: credits, characters and those who voice them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ingest.wiki.roles import MODIFIER, ROLES
from ingest.wiki.text import Line, Note


@dataclass(frozen=True, slots=True)
class WikiCredit:
    """``role`` is a role id, ``phrase`` the wiki's word for it, ``biography`` may be empty."""

    line: int
    name: str
    role: str
    phrase: str
    biography: str


@dataclass(frozen=True, slots=True)
class WikiVoice:
    """``language`` is a language tag where the line says one."""

    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class WikiCharacter:
    """``description`` may be empty."""

    line: int
    name: str
    voices: tuple[WikiVoice, ...] = ()
    description: str = ""


_LONGEST_NAME = 5
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in ROLES)

_PARTICLE: Final = re.compile(
    "al|bin|da|dal|de|del|della|der|di|do|dos|du|el|ibn|la|le|no|of|ten|ter|the|van|von|y"
)
# A biography that follows a name without a mark between them begins with one of these.
_OPENER: Final = re.compile(
    "An?|The|He|She|It|They|His|Her|Its|Their|This|That|These|One|Known|Born|Famous|Best|Was|Is"
    "|Also|Notable|Former|Japanese|American|Did|Has|Had|In|On|As|Voices?|Voiced|Played|.*['’]s"
)
_LANGUAGES: Final = {
    "japanese": "ja",
    "english": "en",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "spanish": "es",
    "portuguese": "pt",
    "korean": "ko",
    "chinese": "zh",
    "mandarin": "cmn",
    "cantonese": "yue",
    "russian": "ru",
    "polish": "pl",
    "jp": "ja",
    "jpn": "ja",
    "en": "en",
    "eng": "en",
    "us": "en",
}
_LANGUAGE: Final = rf"(?P<language>{'|'.join(_LANGUAGES)})(?: (?:dub|version|voice|cast))?"
_VOICED_BY: Final = re.compile(
    rf"(?<!\w)[(\[]?(?:{_LANGUAGE} )?"
    r"(?:(?:voiced|voice acted|played|portrayed) by\b:?"
    r"|voice act(?:or|ress)(?:e?s)?\b:?|(?:voiced?|cv|va|seiyuu?):)\s*",
    re.IGNORECASE,
)
_ANNOUNCED: Final = re.compile(rf"{_LANGUAGE}\s*:\s*", re.IGNORECASE)
_TAG: Final = re.compile(rf"\s*[(\[]\s*{_LANGUAGE}\s*[)\]]", re.IGNORECASE)
_TAGGED: Final = re.compile(rf"(?P<names>.*\S){_TAG.pattern}", re.IGNORECASE)
_AS: Final = re.compile(r"(?P<actor>.+?) (?:as|voices|plays) (?P<name>\S.*)")
_BRACKETS: Final = re.compile(
    r"(?P<name>[^()\[\]]+?) [(\[](?P<inner>[^()\[\]]+)[)\]] ?(?P<rest>.*)"
)
_MARK: Final = re.compile(r"\s+(?:[-–—|/]|\.\.+|…)\s+|\s*:\s+")
_NEXT: Final = re.compile(r"\s*(?:[,;|/]|and\b|&)\s*")
_NO_VOICES: Final = re.compile(r"\s*\(?No voice actors?\b[^)]*\)?", re.IGNORECASE)
_SUFFIX: Final = re.compile(r",(?= (?:Jr|Sr|II|III)\b)")
_TOKEN: Final = re.compile(r"[,;|/()\[\]]|[^\s,;|/()\[\]]+")
_LATIN: Final = re.compile(r"[\u0000-\u024f\u1e00-\u1eff\u2010-\u203a]+")


def parse_credits(lines: Iterable[Line]) -> tuple[tuple[WikiCredit, ...], tuple[Note, ...]]:
    """Credits of lines "<name> <role phrase> <biography>", split at the first role phrase.

    A line that starts in lower case continues the biography above it; any other line without a
    known role gives a note.
    """
    credits: list[WikiCredit] = []
    notes: list[Note] = []
    for line in lines:
        if found := parse_credit(line):
            credits += found
        elif credits and line.text[0].islower():
            above = credits[-1]
            credits[-1] = replace(above, biography=f"{above.biography} {line.text}".strip())
        else:
            notes.append(Note(line.number, f"no known role in the credit {line.text!r}"))
    return tuple(credits), tuple(notes)


def parse_credit(line: Line) -> tuple[WikiCredit, ...]:
    """One credit for each role that the line names, none where there is no known role."""
    words = line.text.split()
    for start in range(1, len(words)):
        phrases, end = _phrases(words, start)
        if phrases and words[start] != " ".join(words[end : end + 1]):
            name = " ".join(words[:start]).strip("-–—:,; ")
            if not _is_name(name) or MODIFIER.fullmatch(words[start - 1]):
                return ()
            biography = " ".join(words[end:]).lstrip("-–—:,; ")
            return tuple(
                WikiCredit(line.number, name, ROLES[phrase], phrase, biography)
                for phrase in phrases
            )
    return ()


def parse_characters(
    lines: Iterable[Line], prose: str
) -> tuple[tuple[WikiCharacter, ...], tuple[Note, ...]]:
    """Characters, a line each, with their voices on the same line or on lines below it.

    A name that the page's `prose` speaks of is taken for a character's.
    """
    characters: list[WikiCharacter] = []
    notes: list[Note] = []
    for line in lines:
        text = _NO_VOICES.sub("", line.text)
        character = parse_character(Line(line.number, text), prose)
        if characters and (_VOICED_BY.match(text) or _describes(text, character, prose)):
            characters[-1] = _continued(characters[-1], text)
        elif character:
            characters.append(character)
        elif text:
            notes.append(Note(line.number, f"no character can be told from {text!r}"))
    return tuple(characters), tuple(notes)


def parse_character(line: Line, prose: str) -> WikiCharacter | None:
    """The character that a line names; None where name and voice cannot be told apart."""
    text = line.text
    if match := _VOICED_BY.search(text):
        voices, rest = parse_voices(text[match.start() :])
        before = text[: match.start()].rstrip(" ,:–—-")
        name, behind = (before, "") if _is_name(before) else _leading_name(before, prose)
        rest = " ".join(filter(None, (behind, rest)))
        return WikiCharacter(line.number, name, voices, rest) if name and voices else None
    if (match := _AS.fullmatch(text)) and _is_name(match["actor"]) and _is_name(match["name"]):
        return WikiCharacter(line.number, match["name"], (WikiVoice(match["actor"]),))
    if match := _TAGGED.fullmatch(text):
        return _unmarked(line.number, match["names"], prose, _language(match))
    if match := _BRACKETS.fullmatch(text):
        voices, rest = parse_voices(match["inner"])
        if rest or not voices or not all(_is_full_name(voice.name) for voice in voices):
            return None
        return WikiCharacter(line.number, match["name"], voices, match["rest"])
    if match := _MARK.search(text):
        name, rest = text[: match.start()], text[match.end() :]
        voices, description = ((), rest) if _is_sentence(rest) else parse_voices(rest)
        return WikiCharacter(line.number, name, voices, description)
    return _unmarked(line.number, text, prose, None)


def parse_voices(text: str) -> tuple[tuple[WikiVoice, ...], str]:
    """Voices out of "[voiced by] A (Japanese), B (English) ...", and the text behind them."""
    starts = [match.start() for match in _VOICED_BY.finditer(text) if match.start() > 0]
    voices: list[WikiVoice] = []
    rests: list[str] = []
    for start, end in pairwise([0, *starts, len(text)]):
        found, rest = _voices(_SUFFIX.sub("", text[start:end]))
        voices += found
        rests.append(rest)
    return tuple(voices), " ".join(filter(None, rests))


def _voices(text: str) -> tuple[list[WikiVoice], str]:
    voices: list[WikiVoice] = []
    language: str | None = None
    while text:
        announced = False
        for announcement in (_VOICED_BY, _ANNOUNCED):
            if match := announcement.match(text):
                announced, language, text = True, _language(match), text[match.end() :]
        name, behind = _leading_name(text)
        after = _NEXT.match(behind)
        if not name or (voices and not announced and not after and behind[:1].islower()):
            break
        tag = _TAG.match(behind)
        voices.append(WikiVoice(name, _language(tag) if tag else language))
        text = (behind[tag.end() :] if tag else behind).lstrip(" .")
        if after := _NEXT.match(text):
            text = text[after.end() :]
        elif not _ANNOUNCED.match(text):
            break
    return voices, text.strip(" ,;)]")


def _describes(text: str, character: WikiCharacter | None, prose: str) -> bool:
    """Whether a line is a sentence on the character above rather than one on its own."""
    if not _is_sentence(text):
        return False
    unknown = character is None or not (
        _is_full_name(character.name) or _speaks_of(prose, character.name)
    )
    return unknown or _OPENER.fullmatch(text.split()[0]) is not None


def _continued(character: WikiCharacter, text: str) -> WikiCharacter:
    voices, rest = parse_voices(text) if _VOICED_BY.match(text) else ((), text)
    description = f"{character.description} {rest}".strip()
    return replace(character, voices=character.voices + voices, description=description)


def _unmarked(number: int, text: str, prose: str, language: str | None) -> WikiCharacter | None:
    """A name, perhaps with its voice or a description behind it and no mark between."""
    name, behind = _leading_name(text, prose)
    if behind:
        return WikiCharacter(number, name, description=behind) if name else None
    words = text.split()
    for end in range(len(words) - 2, 0, -1):
        start = " ".join(words[:end])
        if not _speaks_of(prose, text) and _speaks_of(prose, start):
            return WikiCharacter(number, start, (WikiVoice(" ".join(words[end:]), language),))
    return WikiCharacter(number, text) if len(words) <= 3 or _speaks_of(prose, text) else None


def _leading_name(text: str, prose: str = "") -> tuple[str, str]:
    """The name that a text begins with, and what follows it. The name may be empty."""
    words: list[re.Match[str]] = []
    follower = ""
    for token in _TOKEN.finditer(text):
        follower = token.group()
        if not _continues_name(follower, [word.group() for word in words]):
            break
        words.append(token)
        follower = ""
        if len(token.group()) > 2 and token.group().endswith("."):
            break
    if follower[:1].islower():
        words = words[: _before_sentence(text, words, prose)]
    if not words or len(words) > _LONGEST_NAME:
        return "", text
    end = words[-1].end()
    return text[:end].rstrip("."), text[end:].lstrip()


def _before_sentence(text: str, words: Sequence[re.Match[str]], prose: str) -> int:
    """How many of the capitalised words are the name, where a sentence follows unmarked."""
    known = [n for n, word in enumerate(words, 1) if _speaks_of(prose, text[: word.end()])]
    if known:
        return known[-1]
    if not words or _OPENER.fullmatch(words[0].group()):
        return 0
    # The sentence began with the last capital, unless too little would be left for a name.
    return len(words) - 1 if len(words) > 2 else len(words)


def _continues_name(token: str, before: Sequence[str]) -> bool:
    if token in ",;|/()[]&" or token == "and":
        return False
    if before and (_OPENER.fullmatch(token) or not _same_script(before[-1], token)):
        return False
    return not token[0].islower() or _PARTICLE.fullmatch(token) is not None


def _phrases(words: Sequence[str], start: int) -> tuple[tuple[str, ...], int]:
    """The role phrases written from `start` on ("Director, Writer"), and where they end."""
    found: list[str] = []
    end = start
    while True:
        phrase, length = _phrase(words, end)
        if not phrase:
            return tuple(found), end
        found += phrase
        end += length
        if end < len(words) and words[end] in ("and", "&", "/"):
            if not _phrase(words, end + 1)[0]:
                return tuple(found), end
            end += 1
        elif not words[end - 1].endswith((",", ";")):
            return tuple(found), end


def _phrase(words: Sequence[str], start: int) -> tuple[list[str], int]:
    for length in range(min(_LONGEST_PHRASE, len(words) - start), 0, -1):
        text = " ".join(words[start : start + length]).rstrip(",:;")
        if text in ROLES:
            return [text], length
        parts = text.split("/")
        if len(parts) > 1 and all(part in ROLES for part in parts):
            return parts, length
    return [], 0


def _is_name(text: str) -> bool:
    words = text.split()
    strange = [word for word in words if word[0].islower() and not _PARTICLE.fullmatch(word)]
    return 0 < len(words) <= _LONGEST_NAME and (not strange or len(words) <= 2)


def _is_full_name(text: str) -> bool:
    return " " in text or not text.isascii()


def _is_sentence(text: str) -> bool:
    words = text.split()
    plain = [word for word in words[1:] if word[0].islower() and not _PARTICLE.fullmatch(word)]
    return (
        len(words) > 3
        and (bool(plain) or text.endswith((".", "!", "?")))
        and not (_VOICED_BY.search(text) or _AS.fullmatch(text))
    )


def _same_script(word: str, other: str) -> bool:
    return bool(_LATIN.match(word)) == bool(_LATIN.match(other))


def _speaks_of(prose: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", prose) is not None


def _language(match: re.Match[str]) -> str | None:
    return _LANGUAGES.get((match["language"] or "").lower())
