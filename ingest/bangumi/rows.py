"""The rows of a dump's tables, checked one by one.

What a row cannot do without is missing or of another form: BrokenRow. What it can do without is
left out then, and noted.
"""

import html
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import orjson

from ingest.bangumi.infobox import Infobox
from ingest.bangumi.names import is_name, spellings
from ingest.identity import shortened

Json = Mapping[str, Any]

SUBJECT_TYPES: Final = frozenset({1, 2, 3, 4, 6})
PERSON_TYPES: Final = frozenset({1, 2, 3})
LARGEST: Final = 2**63 - 1
"""What fits into a column; ids beyond are none."""
MOST: Final = 2**31 - 1
"""What an answer can say: GraphQL's Int."""


class BrokenRow(Exception):
    """A row that cannot be read, and why."""


class Keys(NamedTuple):
    """What a row is found by: the id of the part it belongs to, and of what else it speaks of."""

    part: int
    other: int | None = None
    third: int | None = None


class Subject(NamedTuple):
    """`type`: 1 book, 2 anime, 3 music, 4 game, 6 real. `score` is None where nobody voted."""

    id: int
    type: int
    platform: int
    name: str
    name_cn: str
    infobox: str
    summary: str
    nsfw: bool
    tags: tuple[tuple[str, int], ...]
    meta_tags: tuple[str, ...]
    score: float | None
    votes: int | None
    date: str
    notes: tuple[str, ...]


class Page(NamedTuple):
    """A person (`type`: 1 individual, 2 company, 3 group) or a character."""

    id: int
    type: int
    name: str
    infobox: str
    summary: str
    notes: tuple[str, ...]


class Episode(NamedTuple):
    """An episode, or a track of an album. `type` 0 is the main story, the others are extras."""

    id: int
    subject: int
    type: int
    disc: int
    sort: float | None
    name: str
    name_cn: str
    duration: str
    airdate: str
    description: str
    notes: tuple[str, ...]


class Staff(NamedTuple):
    """A credit. `position` is a code of Bangumi's staff vocabulary, `scope` the episodes as
    written.
    """

    subject: int
    person: int
    position: int
    scope: str


class Appearance(NamedTuple):
    """`type`: 1 main, 2 supporting, 3 guest."""

    subject: int
    character: int
    type: int
    order: int


class Cast(NamedTuple):
    subject: int
    character: int
    person: int


class Relation(NamedTuple):
    """`type` is a code of Bangumi's relation vocabulary: what `target` is to `subject`."""

    subject: int
    type: int
    target: int


def parsed(line: bytes) -> Json:
    """Raises BrokenRow."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BrokenRow(f"no JSON: {error}" if line.strip() else "an empty line") from None
    if not isinstance(row, dict):
        raise BrokenRow("no JSON object")
    return row


def whole(row: Json, key: str) -> int:
    value = row.get(key)
    if type(value) is int and -LARGEST <= value <= LARGEST:
        return value
    raise BrokenRow(
        f"no {key}" if value is None else f"{key} is no whole number: {str(value)[:40]}"
    )


def id_of(row: Json, key: str = "id") -> int:
    value = whole(row, key)
    if value > 0:
        return value
    raise BrokenRow(f"{key} is no id: {value}")


class Fields:
    """The fields that a row can do without: empty where they are missing, noted where wrong."""

    def __init__(self, row: Json) -> None:
        self.row = row
        self.problems: list[str] = []

    def text(self, key: str) -> str:
        value = self.row.get(key)
        if value is not None and not isinstance(value, str):
            self._note(key, "no text")
            return ""
        return value or ""

    def name(self, key: str) -> str:
        """A text in one line, its HTML entities resolved."""
        text = self.text(key)
        name = " ".join((html.unescape(text) if "&" in text else text).split())
        return self._shortened(key, name)

    def number(self, key: str) -> float | None:
        value = self.row.get(key)
        if isinstance(value, int | float) and type(value) is not bool and abs(value) <= MOST:
            return value
        if value is not None:
            self._note(key, "no number, or too large")
        return None

    def integer(self, key: str) -> int | None:
        value = self.row.get(key)
        if type(value) is int and abs(value) <= MOST:
            return value
        if value is not None:
            self._note(key, "no whole number, or too large")
        return None

    def boolean(self, key: str) -> bool:
        value = self.row.get(key)
        if value is not None and type(value) is not bool:
            self._note(key, "neither true nor false")
        return value is True or value == 1

    def tags(self) -> tuple[tuple[str, int], ...]:
        found = []
        for tag in self._list("tags"):
            name, count = (tag.get("name"), tag.get("count")) if isinstance(tag, dict) else (0, 0)
            if isinstance(name, str) and type(count) is int and 0 <= count <= MOST:
                found.append((self._shortened("tags", name), count))
            else:
                self.problems.append(f"tag {tag!r} is not read")
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        found = self._list(key)
        for value in found:
            if not isinstance(value, str):
                self.problems.append(f"{key} has {value!r}, no text")
        return tuple(self._shortened(key, value) for value in found if isinstance(value, str))

    def votes(self, key: str) -> int | None:
        """How many voted, of counts by score."""
        value = self.row.get(key) or {}
        if isinstance(value, dict) and all(
            type(count) is int and count >= 0 for count in value.values()
        ):
            votes = sum(value.values())
            if votes <= MOST:
                return votes or None
        self._note(key, "no counts by score, or too many")
        return None

    def _list(self, key: str) -> list[Any]:
        value = self.row.get(key)
        if value is not None and not isinstance(value, list):
            self._note(key, "no list")
            return []
        return value or []

    def _shortened(self, key: str, name: str) -> str:
        cut = shortened(name)
        if cut != name:
            self.problems.append(f"{key} is cut after {len(cut)} characters: {name[:40]}")
        return cut

    def _note(self, key: str, what: str) -> None:
        self.problems.append(f"{key} is {what}, and not read: {str(self.row[key])[:40]}")


def subject(row: Json) -> Subject:
    fields = Fields(row)
    score = fields.number("score")
    return Subject(
        id=id_of(row),
        type=whole(row, "type"),
        platform=fields.integer("platform") or 0,
        name=fields.name("name"),
        name_cn=fields.name("name_cn"),
        infobox=fields.text("infobox"),
        summary=fields.text("summary"),
        nsfw=fields.boolean("nsfw"),
        tags=fields.tags(),
        meta_tags=fields.texts("meta_tags"),
        score=score if score and score > 0 else None,
        votes=fields.votes("score_details"),
        date=fields.text("date"),
        notes=tuple(fields.problems),
    )


def page(row: Json) -> Page:
    fields = Fields(row)
    return Page(
        id=id_of(row),
        type=fields.integer("type") or 1,
        name=fields.name("name"),
        infobox=fields.text("infobox"),
        summary=fields.text("summary"),
        notes=tuple(fields.problems),
    )


def episode(row: Json) -> Episode:
    fields = Fields(row)
    return Episode(
        id=id_of(row),
        subject=id_of(row, "subject_id"),
        type=fields.integer("type") or 0,
        disc=fields.integer("disc") or 0,
        sort=fields.number("sort"),
        name=fields.name("name"),
        name_cn=fields.name("name_cn"),
        duration=fields.text("duration"),
        airdate=fields.text("airdate"),
        description=fields.text("description"),
        notes=tuple(fields.problems),
    )


def staff(row: Json) -> Staff:
    return Staff(
        id_of(row, "subject_id"),
        id_of(row, "person_id"),
        whole(row, "position"),
        Fields(row).name("appear_eps"),
    )


def appearance(row: Json) -> Appearance:
    return Appearance(
        id_of(row, "subject_id"),
        id_of(row, "character_id"),
        whole(row, "type"),
        Fields(row).integer("order") or 0,
    )


def cast(row: Json) -> Cast:
    return Cast(id_of(row, "subject_id"), id_of(row, "character_id"), id_of(row, "person_id"))


def relation(row: Json) -> Relation:
    return Relation(
        id_of(row, "subject_id"), whole(row, "relation_type"), id_of(row, "related_subject_id")
    )


def _pair(row: Json) -> Keys:
    subject, _, target = relation(row)
    if subject == target:
        raise BrokenRow(f"related to itself: {subject}")
    return Keys(min(subject, target), max(subject, target))


def _staff_keys(row: Json) -> Keys:
    found = staff(row)
    return Keys(found.subject, found.person, found.position)


def _appearance_keys(row: Json) -> Keys:
    found = appearance(row)
    return Keys(found.subject, found.character)


def _cast_keys(row: Json) -> Keys:
    found = cast(row)
    return Keys(found.subject, found.person, found.character)


def _subject_keys(row: Json) -> Keys:
    type_ = whole(row, "type")
    if type_ not in SUBJECT_TYPES:
        raise BrokenRow(f"unknown type: {type_}")
    _check_name(row, "name", "name_cn")
    return Keys(id_of(row), type_)


def _person_keys(row: Json) -> Keys:
    if row.get("type") not in (None, *PERSON_TYPES):
        raise BrokenRow(f"unknown type: {str(row['type'])[:40]}")
    return _page_keys(row)


def _page_keys(row: Json) -> Keys:
    _check_name(row, "name")
    return Keys(id_of(row))


def _check_name(row: Json, *keys: str) -> None:
    """Whether there is a name, in its place or in the infobox."""
    fields = Fields(row)
    if not any(is_name(fields.name(key)) for key in keys):
        infobox = Infobox(fields.text("infobox"))
        if not spellings("", infobox.chinese_names, infobox.aliases, None):
            raise BrokenRow("no name")


KEYS: Final[Mapping[str, Callable[[Json], Keys]]] = {
    "subject": _subject_keys,
    "person": _person_keys,
    "character": _page_keys,
    "episode": lambda row: Keys(id_of(row, "subject_id"), id_of(row)),
    "subject-persons": _staff_keys,
    "subject-characters": _appearance_keys,
    "person-characters": _cast_keys,
    "subject-relations": _pair,
}
"""What reads the keys of each table's rows. Raises BrokenRow."""
