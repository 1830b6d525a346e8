"""The names of things in a dump: in which language each is, and what people mean by an alias."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from unicodedata import category

from ingest.bangumi.infobox import Alias
from ingest.identity import script_of
from ingest.ideographs import chinese_language, is_japanese, may_be_japanese
from ingest.romanization import is_romanized

LABELS: Final = {
    "英文名": "en",
    "英文": "en",
    "en": "en",
    "英文别名": "en",
    "罗马字": "ja-Latn",
    "纯假名": "ja-Hrkt",
    "日文名": "ja",
    "日文": "ja",
    "jp": "ja",
    "中文名": "zh-Hans",
    "cn": "zh-Hans",
    "zh": "zh-Hans",
    "繁体中文名": "zh-Hant",
    "简体中文名": "zh-Hans",
    "日文假名": "ja-Hrkt",
    "台湾": "zh-Hant",
    "香港": "zh-Hant",
    "tw": "zh-Hant",
    "台湾译名": "zh-Hant",
    "香港译名": "zh-Hant",
}
"""The language that a label before an alias gives."""
REGIONS: Final = {"中国": "zh-Hans", "台湾": "zh-Hant", "香港": "zh-Hant", "中国香港": "zh-Hant"}
"""The language of a name in Chinese characters by the country, where it is not Japan."""
ABROAD: Final = frozenset(
    {"欧美", "美国", "英国", "法国", "韩国", "加拿大", "俄罗斯", "苏联", "捷克", "德国", "意大利"}
)
JAPAN: Final = "日本"

_KANA: Final = re.compile(r"[\u3040-\u30ff\u3000\sー・]+")
_LATIN: Final = re.compile(r"[a-z]", re.IGNORECASE)
_ENGLISH: Final = re.compile(r"\b(?:the|of|and|from|with|for|my|is)\b", re.IGNORECASE)
"""Words that are English and nothing else."""
_LIST: Final = re.compile(r"\s*[、;；|\n]\s*|\s+/\s+")
_REMARK: Final = re.compile(r"\s*[（(【\[]([^）)】\]]*)[）)】\]]\s*")
_ADDRESS: Final = re.compile(r"https?:|www\.")
_LONGEST: Final = 200


class Spelling(NamedTuple):
    """A name as it is written. `language` None: nothing tells it. `kind` is a NameKind."""

    text: str
    language: str | None
    kind: str


def spellings(
    name: str,
    chinese: Iterable[str],
    aliases: Iterable[Alias],
    original: str | None,
    *,
    is_person: bool = False,
) -> list[Spelling]:
    """The original name, Chinese ones and others, each text once in a language.

    `original` is the language of the original name, None if it is open. Other names of a person
    with a Japanese one are Japanese if Japan has their characters.
    """
    stated = [Spelling(name, original, "ORIGINAL")] if is_name(name) else []
    stated += (
        Spelling(text, chinese_language(text) if _is_chinese(text) else None, "OFFICIAL")
        for text in chinese
        if not stated or (_is_chinese(text) and not (original or "").startswith("zh"))
    )
    stated += _aliases(aliases, original, name, is_person)
    found: dict[tuple[str, str | None], Spelling] = {}
    for each in stated:
        if is_name(each.text):
            found.setdefault((each.text, each.language), each)
    return list(found.values())


def is_name(text: str) -> bool:
    """Whether it holds anything to call somebody by: a letter, a digit or a sign."""
    return any(map(str.isalnum, text)) or any(category(char)[0] in "SP" for char in text)


def original_language(name: str, countries: Iterable[str]) -> str | None:
    """The language of an original name, as far as its script and the work's countries tell it."""
    script = script_of(name)
    if script == "Jpan":
        return "ja"
    if script == "Kore":
        return "ko"
    if script != "Hani":
        return None
    known = frozenset(countries)
    if JAPAN in known:
        return "ja"
    region = next((REGIONS[each] for each in REGIONS if each in known), None)
    return region or (None if known & ABROAD else "ja")


def alias_language(
    text: str, original: str | None, name: str, is_person: bool = False
) -> str | None:
    """The language of another name of what is called `name` in the language `original`."""
    script = script_of(text)
    if text in name:
        return original
    if script == "Hani" and _LATIN.search(text):
        return None
    if _KANA.fullmatch(text):
        return "ja-Hrkt" if "\u3040" <= text[0] <= "\u309f" else "ja"
    if script == "Latn":
        is_reading = original == "ja" and " " in text and is_romanized(text)
        return "ja-Latn" if is_reading else None
    if script == "Hani":
        # Only Japanese parts the family's name from the given one.
        fits = may_be_japanese if is_person or " " in text else is_japanese
        return "ja" if original == "ja" and fits(text) else chinese_language(text)
    return {"Jpan": "ja", "Kore": "ko"}.get(script)


def slug_source(names: Iterable[Spelling]) -> str:
    """The name that addresses are made of: English, else romanised, else the first."""
    known = list(names)
    for language in ("en", "ja-Latn"):
        for name in known:
            if name.language == language:
                return name.text
    return known[0].text


def split_aliases(aliases: Iterable[Alias]) -> Iterator[Alias]:
    """Each name by itself: people write several as one ("a、b"), and readings in brackets."""
    for label, text in aliases:
        for piece in _LIST.split(text):
            if _ADDRESS.search(piece) or len(piece) > _LONGEST:
                continue
            yield from (Alias(label, part) for part in _with_reading(piece))


def _with_reading(text: str) -> Iterator[str]:
    """The name without remarks, and the remark that is a reading: "近藤奈々 (こんどう なな)"."""
    bare = _REMARK.sub(" ", text).strip()
    if bare:
        yield bare
    for remark in _REMARK.findall(text):
        if remark and bare and _KANA.fullmatch(remark) and not _KANA.fullmatch(bare):
            yield remark.strip()


def _aliases(
    aliases: Iterable[Alias], original: str | None, name: str, is_person: bool
) -> Iterator[Spelling]:
    for label, written in split_aliases(aliases):
        # Dots between Latin words are Chinese typography.
        is_latin = "·" in written and script_of(written) == "Latn"
        text = written.replace("·", " ") if is_latin else written
        language = LABELS.get(label) or alias_language(text, original, name, is_person)
        if language == "zh-Hans":
            language = chinese_language(text)
        if language is None and _ENGLISH.search(text) and script_of(text) == "Latn":
            language = "en"
        yield Spelling(text, language, "ROMANIZED" if language == "ja-Latn" else "ALIAS")


def _is_chinese(text: str) -> bool:
    return script_of(text) in ("Hani", "Zzzz", "Jpan")
