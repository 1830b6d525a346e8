"""The names of a subject, a person or a character, from what its page and other tables say."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ingest.bangumi.infobox import Alias, Infobox
from ingest.bangumi.names import LABELS, alias_language
from ingest.bangumi.rows import Page, Subject
from ingest.extraction.facts import OFFLINE_DATABASE, OWN, Fact, language_key, united
from ingest.identity import BANGUMI, name_key, script_of
from ingest.offline_database.anime import Anime
from ingest.romanization import Readings, is_romanized

_LIST: Final = re.compile(r"[、;；|【】\[\]]|[（(].*[）)]|\s/\s|https?:")
_FORM_OF_COMPANY: Final = re.compile(
    r"(?:,?\s*(?:Co\.?,?\s*,?Ltd\.?|Inc\.?|Corporation|Corp\.?|Kabushiki Gaisha|Publishing))+$",
    re.IGNORECASE,
)
_LONGEST: Final = 60
_MOST_ALIASES: Final = 6


def work_names(subject: Subject, english: str | None, anime: Anime | None) -> list[Fact]:
    """Names of a work: the chosen English one, the original, romanised, Chinese, aliases."""
    infobox = Infobox(subject.infobox)
    original = _original(subject.name, subject.meta_tags)
    stated = [
        *_first(english, subject.name, original),
        *_of_anime(subject, anime),
        *_chinese(subject.name_cn or infobox.chinese, original),
        *_aliases(infobox.aliases, original, subject.name),
    ]
    known = [(BANGUMI, subject.name)]
    known += [(BANGUMI, alias.text) for alias in infobox.aliases]
    known += [
        (OFFLINE_DATABASE, text) for text in ((anime.title, *anime.synonyms) if anime else ())
    ]
    return _settled(_confirmed(stated, known))


def part_names(name: str, name_cn: str, english: str | None, original: str | None) -> list[Fact]:
    """Names of an episode or a track. `original` is the language where its script is open."""
    language = original or _original(name, ())
    stated = [*_first(english, name, language), *_chinese(name_cn, language)]
    return _settled(_confirmed(stated, [(BANGUMI, name), (BANGUMI, name_cn)]))


def person_names(
    person: Page, readings: Readings, english: str | None, is_person: bool
) -> list[Fact]:
    """Names of a person or an organization; English as its reading is spelled, if it has one."""
    infobox = Infobox(person.infobox)
    original = _original(person.name, ())
    known = [(BANGUMI, person.name), *((BANGUMI, alias.text) for alias in infobox.aliases)]
    en = english or _english(person, infobox, readings, is_person)
    stated = [
        *_first(en, person.name, original),
        *_chinese(infobox.chinese, original),
        *_aliases(infobox.aliases, original, person.name, is_person),
    ]
    return _settled(_confirmed(stated, known))


def character_names(character: Page) -> list[Fact]:
    infobox = Infobox(character.infobox)
    original = _original(character.name, ())
    stated = [
        {original: character.name, "kind": "ORIGINAL", "by": [BANGUMI]},
        *_chinese(infobox.chinese, original),
        *_aliases(infobox.aliases, original, character.name),
    ]
    if not any(language_key(name) == "en" for name in stated):
        latin = next((name for name in stated if "und" in name), None)
        if latin is not None:
            latin["en"] = latin.pop("und")
    return _settled(stated)


def _first(english: str | None, original: str, language: str) -> list[Fact]:
    """The English name and the original one, which may be the same."""
    if english == original:
        return [{"en": original, "kind": "ORIGINAL", "by": [BANGUMI]}]
    names: list[Fact] = [{"en": english, "by": [OWN]}] if english else []
    if original:
        names.append({language: original, "kind": "ORIGINAL", "by": [BANGUMI]})
    return names


def _english(person: Page, infobox: Infobox, readings: Readings, is_person: bool) -> str | None:
    """Latin names stand as they are; Japanese ones in Western order."""
    if script_of(person.name) == "Latn":
        return person.name
    labelled = next(
        (alias.text for alias in infobox.aliases if LABELS.get(alias.label) == "en"), None
    )
    aliases = [alias.text for alias in infobox.aliases if not _LIST.search(alias.text)]
    if labelled:
        return labelled
    if is_person:
        spelled = readings.best(person.name, aliases)
        if spelled:
            return spelled
        return next((alias for alias in aliases if _is_foreign(alias)), None)
    latin = [_FORM_OF_COMPANY.sub("", text) for text in aliases if script_of(text) == "Latn"]
    return latin[0] if latin else None


def _is_foreign(text: str) -> bool:
    return script_of(text) == "Latn" and not is_romanized(text) and len(text) > 1


def _original(name: str, meta_tags: Iterable[str]) -> str:
    """The language of an original name, as far as script and country tell it."""
    script = script_of(name)
    if script in ("Latn", "Zyyy", "Cyrl", "Zzzz"):
        return "und"
    if script == "Kore":
        return "ko"
    return (
        "zh-Hans" if script == "Hani" and "中国" in meta_tags and "日本" not in meta_tags else "ja"
    )


def _of_anime(subject: Subject, anime: Anime | None) -> Iterator[Fact]:
    if anime is None:
        return
    if script_of(subject.name) in ("Jpan", "Hani") and is_romanized(_letters(anime.title)):
        yield {"ja-Latn": anime.title, "by": [OFFLINE_DATABASE]}
    kana = next((text for text in anime.synonyms if script_of(text) == "Jpan"), None)
    if kana is not None and script_of(subject.name) == "Latn":
        yield {"ja": kana, "by": [OFFLINE_DATABASE]}


def _letters(text: str) -> str:
    return re.sub(r"[^\w\s]|\d", " ", text)


def _chinese(name: str | None, original: str) -> list[Fact]:
    if not name or original.startswith("zh") or script_of(name) not in ("Hani", "Zzzz", "Jpan"):
        return []
    return [{"zh-Hans": name, "by": [BANGUMI]}]


def _aliases(
    aliases: Iterable[Alias], original: str, name: str, is_person: bool = False
) -> Iterator[Fact]:
    plain = [
        alias for alias in aliases if len(alias.text) <= _LONGEST and not _LIST.search(alias.text)
    ]
    for alias in plain[:_MOST_ALIASES]:
        language = LABELS.get(alias.label) or _alias_language(alias.text, original, name, is_person)
        kind = {} if language == "ja-Latn" else {"kind": "ALIAS"}
        # Dots between Latin words are Chinese typography.
        is_latin = script_of(alias.text) == "Latn"
        text = alias.text.replace("·", " ") if is_latin else alias.text
        yield {language: text, **kind, "by": [BANGUMI]}


def _alias_language(text: str, original: str, name: str, is_person: bool) -> str:
    known = None if original == "und" else original
    return alias_language(text, known, name, is_person) or "und"


def _confirmed(names: list[Fact], known: Iterable[tuple[str, str]]) -> list[Fact]:
    """The English name is stated by the sources that have it, if there are any."""
    for name in names:
        if "en" in name and name["by"] == [OWN]:
            key = name_key(name["en"])
            sources = dict.fromkeys(source for source, text in known if name_key(text) == key)
            name["by"] = list(sources) or [OWN]
    return names


def _repeats(name: Fact, english: set[str]) -> bool:
    language = language_key(name)
    return language in ("und", "ja-Latn") and name_key(name[language]) in english


def _settled(names: list[Fact]) -> list[Fact]:
    """Each text once in a language; what only repeats the English name is left out."""
    english = {name_key(name["en"]) for name in names if "en" in name}
    kept = [
        name for name in names if not (name.get("kind") != "ORIGINAL" and _repeats(name, english))
    ]
    for name in kept:
        name["text"] = name[language_key(name)]
        name["language"] = next(key for key in name if key not in ("kind", "by", "text"))
    merged = united(kept, ("language", "text"))
    return [
        {key: given for key, given in name.items() if key not in ("text", "language")}
        for name in merged
    ]
