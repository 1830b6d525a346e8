"""People, organizations and characters of a dump: what the row of each says."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ingest.bangumi.entities import Notes, described, entity, in_order
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.names import JAPAN, REGIONS, Spelling, original_language, spellings
from ingest.bangumi.rows import Page
from ingest.identity import script_of
from ingest.parts import Reading
from ingest.records import Dataset, Entity, EntityType, Row, Scalar

_HOME: Final = ("国籍", "出生地", "出身地区", "出身地", "籍贯", "总部")
_BORN: Final = ("生日",)
_DIED: Final = ("卒日", "逝世日期", "去世")
_IMDB_KEYS: Final = ("imdb_id", "IMDb_id", "IMDB_id", "IMDb", "IMDB", "imdb", "IMDb链接")
_IMDB_ID: Final = re.compile(r"(?:nm|tt)[0-9]{7,9}")


def read_contributor(origin: str, type_: EntityType, page: Page, row: Row) -> Reading:
    notes = Notes(row, page.notes)
    infobox = notes.infobox(page.infobox)
    is_latin = script_of(page.name) == "Latn"
    language = "en" if is_latin else original_language(page.name, _countries(infobox))
    names = spellings(
        page.name,
        infobox.chinese_names,
        infobox.aliases,
        language,
        is_person=type_ is EntityType.PERSON,
    )
    values = [*described(page.summary)]
    if type_ is EntityType.PERSON:
        values += _life(infobox, notes)
    return _reading(
        origin, entity(type_, page.id, names, values, row, other_ids=imdb_ids(infobox, "nm")), notes
    )


def read_character(origin: str, page: Page, row: Row) -> Reading:
    notes = Notes(row, page.notes)
    infobox = notes.infobox(page.infobox)
    language = original_language(page.name, ())
    names = spellings(page.name, infobox.chinese_names, infobox.aliases, language)
    found = entity(
        EntityType.CHARACTER, page.id, _with_english(names), described(page.summary), row
    )
    return _reading(origin, found, notes)


def imdb_ids(infobox: Infobox, kind: str) -> Iterator[tuple[str, str]]:
    """The id at IMDb: of a person ("nm") or a title ("tt")."""
    for text in infobox.values(*_IMDB_KEYS):
        match = _IMDB_ID.search(text)
        if match and match[0].startswith(kind):
            yield "imdb", match[0]
            return


def _reading(origin: str, found: Entity, notes: Notes) -> Reading:
    return Reading(Dataset(origin, entities=(found,)), notes=tuple(notes.texts))


def _countries(infobox: Infobox) -> list[str]:
    """The countries that are named first where somebody comes from."""
    found = []
    for text in infobox.values(*_HOME):
        named = [each for each in (JAPAN, *REGIONS) if each in text]
        found += sorted(named, key=text.index)[:1]
    return found[:1]


def _life(infobox: Infobox, notes: Notes) -> Iterator[tuple[str, Scalar | None]]:
    born, died = (
        notes.date(what, infobox.first(*keys) or "")
        for what, keys in (("birthday", _BORN), ("death", _DIED))
    )
    if not in_order(born, died):
        notes.add(f"born {born}, died {died}: neither is taken over")
        return
    yield "born", born
    yield "died", died


def _with_english(names: Iterable[Spelling]) -> list[Spelling]:
    """The first full name in Latin letters that nothing tells the language of is the English one;
    one word is taken where there is no other.
    """
    known = list(names)
    latin = [each for each in known if each.language is None and script_of(each.text) == "Latn"]
    if not latin or any(name.language == "en" for name in known):
        return known
    chosen = next((each for each in latin if " " in each.text), latin[0])
    return [each._replace(language="en") if each is chosen else each for each in known]
