"""A page of the community wiki, read from its text into what it states.

Pure but for `read_page`. The form is described in docs/import.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import SourceError
from ingest.identity import slugify
from ingest.partial_date import parse_date
from ingest.wiki.cast import (
    WikiCharacter,
    WikiCredit,
    parse_characters,
    parse_credit,
    parse_credits,
)
from ingest.wiki.sections import Sections, blocks, content, split_page
from ingest.wiki.text import Line, Note, numbered, read_text


@dataclass(frozen=True, slots=True)
class WikiRelease:
    """``date`` is a PartialDate, ``region`` an ISO 3166 code."""

    line: int
    name: str
    date: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class WikiList:
    line: int
    name: str
    item_count: int
    owner: str


@dataclass(frozen=True, slots=True)
class WikiPage:
    """What a page states. ``description`` in paragraphs, ``runtime`` in minutes.

    ``names`` are those of the general information, each once; ``captions`` belong to pictures
    that the text does not hold. ``notes`` say what could not be placed.
    """

    path: Path
    title: Line
    deck: Line | None
    description: tuple[Line, ...]
    characters: tuple[WikiCharacter, ...]
    credits: tuple[WikiCredit, ...]
    captions: tuple[Line, ...]
    names: tuple[Line, ...]
    releases: tuple[WikiRelease, ...]
    rating: str | None
    runtime: int | None
    genres: tuple[Line, ...]
    themes: tuple[Line, ...]
    aliases: tuple[Line, ...]
    lists: tuple[WikiList, ...]
    franchises: tuple[Line, ...]
    similar: tuple[Line, ...]
    associations: tuple[Line, ...]
    editors: tuple[Line, ...]
    notes: tuple[Note, ...]

    @property
    def released(self) -> str | None:
        """The earliest release, a PartialDate."""
        return min((release.date for release in self.releases), default=None)

    @property
    def id(self) -> str:
        """What tells this page from others, of one title even: "memories-1995"."""
        slug = slugify(self.title.text)
        return f"{slug}-{self.released[:4]}" if self.released else slug


# A first paragraph longer than this is no deck: the page has none.
_LONGEST_DECK = 600

_FACT: Final = re.compile(r"(?P<key>Name|Release Date|Rating|Runtime) ?:(?: ?(?P<value>.*))?")
_RUNTIME: Final = re.compile(
    r"(?:(?P<hours>\d+) ?(?:h|hrs?|hours?)\b\.?,? ?)?"
    r"(?:(?P<minutes>\d+) ?(?:\(?(?:m|mins?|minutes?)\.?\)?)?)?(?: per episode)?",
    re.IGNORECASE,
)
_NO_VALUE: Final = re.compile(r"(?:\(?mins?\.?\)?|N/?A|None|Unknown|TBA|-|\?)?", re.IGNORECASE)
_REGION: Final = re.compile(r"(?P<date>.*?) ?\((?P<region>[^()]+)\)")
_REGIONS: Final = {
    "japan": "JP",
    "jp": "JP",
    "us": "US",
    "usa": "US",
    "united states": "US",
    "uk": "GB",
    "united kingdom": "GB",
    "canada": "CA",
    "australia": "AU",
    "france": "FR",
    "germany": "DE",
    "italy": "IT",
    "spain": "ES",
    "korea": "KR",
    "south korea": "KR",
    "china": "CN",
    "hong kong": "HK",
    "taiwan": "TW",
}
_TERMS: Final = re.compile(r"(?P<kind>Genre|Theme)(?:s:?|:)(?: (?P<rest>.+))?")
_ADD_TERM: Final = re.compile(r"Add a(?: new)? (?P<kind>genre|theme)\.?", re.IGNORECASE)
_OTHER_FACT: Final = re.compile(r"[A-Z][\w ]{1,30}: .+")
_LIST: Final = re.compile(r"(?P<name>.+) a list of (?P<count>\d[\d,]*) items? by (?P<owner>.+)")


def read_page(path: Path) -> WikiPage:
    """The page in a file. SourceError as `read_text` and `parse_page`."""
    return parse_page(read_text(path), path)


def parse_page(text: str, path: Path) -> WikiPage:
    """The page. SourceError, with the line and what was expected, if it is not of the form."""
    sections = split_page(numbered(text), path)
    notes = list(sections.notes)
    deck, description = _deck(sections.prose)
    prose = "\n".join(line.text for line in content(sections.prose))
    characters, found = parse_characters(content(sections.characters), prose)
    notes += found
    credits, captions, found = _credits(sections)
    notes += found
    facts, others = _facts(sections.general, notes)
    genres, themes = _terms(others, notes)
    side = {heading: content(lines) for heading, lines in sections.sidebar.items()}
    return WikiPage(
        path=path,
        title=sections.title,
        deck=deck,
        description=description,
        characters=characters,
        credits=credits,
        captions=captions,
        names=tuple({line.text: line for key, line in facts if key == "Name"}.values()),
        releases=_releases(facts, sections.title.text, path, notes),
        rating=_rating(facts, notes),
        runtime=_runtime(facts, path, notes),
        genres=genres,
        themes=themes,
        aliases=side.get("Aliases", ()),
        lists=_lists(side.get("Top Rated Lists", ()), notes),
        franchises=side.get("Franchise", ()),
        similar=side.get("Similar", ()),
        associations=side.get("Associations", ()),
        editors=side.get("Top Editors", ()),
        notes=tuple(sorted(notes, key=lambda note: note.line)),
    )


def _deck(lines: tuple[Line, ...]) -> tuple[Line | None, tuple[Line, ...]]:
    """The first paragraph and the others; one that starts in lower case continues the last."""
    paragraphs: list[Line] = []
    for line in content(lines):
        if paragraphs and line.text[0].islower():
            above = paragraphs.pop()
            line = Line(above.number, f"{above.text} {line.text}")
        paragraphs.append(line)
    if paragraphs and len(paragraphs[0].text) <= _LONGEST_DECK:
        return paragraphs[0], tuple(paragraphs[1:])
    return None, tuple(paragraphs)


def _credits(
    sections: Sections,
) -> tuple[tuple[WikiCredit, ...], tuple[Line, ...], tuple[Note, ...]]:
    """Credits and captions: a caption stands behind a blank line and names no role."""
    listed: list[Line] = []
    captions: list[Line] = []
    for number, block in enumerate(blocks(sections.credits)):
        if number == 0 and _follows_directly(sections.credits, block):
            listed += block
        else:
            for line in block:
                (listed if parse_credit(line) else captions).append(line)
    credits, notes = parse_credits(listed)
    return credits, tuple(captions), notes


def _follows_directly(lines: tuple[Line, ...], block: tuple[Line, ...]) -> bool:
    return bool(lines) and (lines[0] in block or any(parse_credit(line) for line in block))


Fact = tuple[str, Line]


def _facts(lines: tuple[Line, ...], notes: list[Note]) -> tuple[tuple[Fact, ...], tuple[Line, ...]]:
    """The "Key: value" lines with a value, and the lines that are none."""
    facts: list[Fact] = []
    others: list[Line] = []
    for line in lines:
        match = _FACT.fullmatch(line.text)
        if match and match["value"]:
            facts.append((match["key"], Line(line.number, match["value"])))
        elif _OTHER_FACT.fullmatch(line.text) and not _TERMS.fullmatch(line.text):
            notes.append(Note(line.number, f"nothing is known to go here: {line.text!r}"))
        elif match is None:
            others.append(line)
    return tuple(facts), tuple(others)


def _releases(
    facts: Iterable[Fact], title: str, path: Path, notes: list[Note]
) -> tuple[WikiRelease, ...]:
    """Pairs of a name and the date below it. A name without a date is no release."""
    releases: list[WikiRelease] = []
    name: str | None = None
    for key, line in facts:
        if key == "Name":
            name = line.text
        elif key == "Release Date":
            if name is None:
                notes.append(
                    Note(line.number, "a release date without a name: taken as the title's")
                )
            date, region = _dated(line, path, notes)
            if date:
                releases.append(WikiRelease(line.number, name or title, date, region))
            name = None
    return tuple(releases)


def _dated(line: Line, path: Path, notes: list[Note]) -> tuple[str | None, str | None]:
    match = _REGION.fullmatch(line.text)
    text, country = (match["date"], match["region"]) if match else (line.text, None)
    region = _REGIONS.get(country.lower()) if country else None
    if country and region is None:
        notes.append(Note(line.number, f"unknown region {country!r}"))
    try:
        return parse_date(text), region
    except ValueError as error:
        raise SourceError(str(error), path, line.number) from None


def _single(facts: Iterable[Fact], key: str, notes: list[Note]) -> Line | None:
    """The first value of a key that a page has once."""
    found = [line for name, line in facts if name == key and not _NO_VALUE.fullmatch(line.text)]
    notes += [Note(line.number, f"a second {key.lower()}: {line.text!r}") for line in found[1:]]
    return found[0] if found else None


def _rating(facts: Iterable[Fact], notes: list[Note]) -> str | None:
    line = _single(facts, "Rating", notes)
    return line.text if line else None


def _runtime(facts: Iterable[Fact], path: Path, notes: list[Note]) -> int | None:
    line = _single(facts, "Runtime", notes)
    if line is None:
        return None
    match = _RUNTIME.fullmatch(line.text)
    if not match or not (match["hours"] or match["minutes"]):
        raise SourceError(
            f'expected a runtime such as "115 (mins)", found {line.text!r}', path, line.number
        )
    return 60 * int(match["hours"] or 0) + int(match["minutes"] or 0) or None


def _terms(lines: tuple[Line, ...], notes: list[Note]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Genres and themes, by their headings or by the prompts ("Add a new genre") beside them."""
    found: dict[str, list[Line]] = {"genre": [], "theme": []}
    if any(_TERMS.fullmatch(line.text) for line in lines):
        _terms_by_heading(lines, found, notes)
    else:
        _terms_by_prompt(lines, found, notes)
    return tuple(found["genre"]), tuple(found["theme"])


def _terms_by_heading(
    lines: tuple[Line, ...], found: dict[str, list[Line]], notes: list[Note]
) -> None:
    kind: str | None = None
    for line in lines:
        if match := _TERMS.fullmatch(line.text):
            kind = match["kind"].lower()
            line = Line(line.number, match["rest"] or "")
        _place(found.get(kind or ""), [line], notes)


def _terms_by_prompt(
    lines: tuple[Line, ...], found: dict[str, list[Line]], notes: list[Note]
) -> None:
    """Items stand above their prompt or below it; a page does one of the two throughout.

    Where there are items between the two prompts only, a blank line beside them tells.
    """
    above, between, below = _zones(lines)
    if content(above):
        owners = ("genre", "theme", "")
    elif content(below) or not content(between):
        owners = ("", "genre", "theme")
    elif between[-1].text and not between[0].text:
        owners = ("", "theme", "")
    else:
        owners = ("", "genre", "")
        if bool(between[0].text) == bool(between[-1].text):
            first = content(between)[0]
            notes.append(
                Note(first.number, f"a genre or a theme? taken as a genre: {first.text!r}")
            )
    for owner, zone in zip(owners, (above, between, below), strict=True):
        _place(found.get(owner), zone, notes)


def _zones(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """The lines above the prompt for genres, between the prompts, below the one for themes."""
    zones: list[list[Line]] = [[], [], []]
    zone = 0
    for line in lines:
        if match := _ADD_TERM.fullmatch(line.text):
            zone = 1 if match["kind"].lower() == "genre" else 2
        else:
            zones[zone].append(line)
    return tuple(tuple(zone) for zone in zones)


def _place(owner: list[Line] | None, lines: Iterable[Line], notes: list[Note]) -> None:
    for line in content(tuple(lines)):
        if owner is None:
            notes.append(Note(line.number, f"nothing is known to go here: {line.text!r}"))
        else:
            owner += [Line(line.number, item) for item in re.split(r"\s*,\s*", line.text) if item]


def _lists(lines: tuple[Line, ...], notes: list[Note]) -> tuple[WikiList, ...]:
    """Lists of lines "<name> a list of <count> items by <owner>", which may be broken in two."""
    lists: list[WikiList] = []
    begun: list[Line] = []
    for line in lines:
        if begun and line.text.startswith("a list of "):
            line = Line(line.number, f"{begun.pop().text} {line.text}")
        if match := _LIST.fullmatch(line.text):
            count = int(match["count"].replace(",", ""))
            lists.append(WikiList(line.number, match["name"], count, match["owner"]))
        else:
            begun.append(line)
    notes += [Note(line.number, f"no list can be told from {line.text!r}") for line in begun]
    return tuple(lists)
