"""The tables of a Bangumi dump: one .jsonlines file each, in a zip file.

The rows are the dump's own, less what is not read here (summaries, statistics). Empty texts stay
empty texts; dates and durations are as people wrote them.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zipfile import BadZipFile, ZipFile

from graph.errors import SourceError

Row = TypeVar("Row")


class Subject(NamedTuple):
    """`type`: 1 book, 2 anime, 3 music, 4 game, 6 real. `score` is 0 where nobody voted."""

    id: int
    type: int
    name: str
    name_cn: str
    infobox: str
    platform: int
    nsfw: bool
    tags: tuple[tuple[str, int], ...]
    meta_tags: tuple[str, ...]
    score: float
    date: str


class Person(NamedTuple):
    """`type`: 1 individual, 2 company, 3 group."""

    id: int
    name: str
    type: int
    infobox: str


class Character(NamedTuple):
    id: int
    name: str
    infobox: str


class Episode(NamedTuple):
    """An episode, or a track of an album. `type` 0 is the main story, the others are extras."""

    id: int
    subject: int
    type: int
    disc: int
    sort: float
    name: str
    name_cn: str
    duration: str
    airdate: str
    description: str


class Staff(NamedTuple):
    """A credit. `position` is a code of Bangumi's staff vocabulary, `episodes` the scope."""

    subject: int
    person: int
    position: int
    episodes: str


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
    order: int


class Archive:
    """A dump's zip file. Each method reads one table from its beginning.

    Raises SourceError, with file and line, where the file is not such a dump.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def subjects(self) -> Iterator[Subject]:
        return self._rows("subject", _subject)

    def people(self) -> Iterator[Person]:
        return self._rows(
            "person", lambda row: Person(row["id"], row["name"], row["type"], row["infobox"])
        )

    def characters(self) -> Iterator[Character]:
        return self._rows(
            "character", lambda row: Character(row["id"], row["name"], row["infobox"])
        )

    def episodes(self) -> Iterator[Episode]:
        return self._rows("episode", _episode)

    def staff(self) -> Iterator[Staff]:
        return self._rows(
            "subject-persons",
            lambda row: Staff(
                row["subject_id"], row["person_id"], row["position"], row["appear_eps"]
            ),
        )

    def appearances(self) -> Iterator[Appearance]:
        return self._rows(
            "subject-characters",
            lambda row: Appearance(
                row["subject_id"], row["character_id"], row["type"], row["order"]
            ),
        )

    def casts(self) -> Iterator[Cast]:
        return self._rows(
            "person-characters",
            lambda row: Cast(row["subject_id"], row["character_id"], row["person_id"]),
        )

    def relations(self) -> Iterator[Relation]:
        return self._rows(
            "subject-relations",
            lambda row: Relation(
                row["subject_id"], row["relation_type"], row["related_subject_id"], row["order"]
            ),
        )

    def _rows(self, table: str, read: Callable[[Mapping[str, Any]], Row]) -> Iterator[Row]:
        name, row = f"{table}.jsonlines", 0
        try:
            with ZipFile(self.path) as archive, archive.open(name) as lines:
                for line in lines:
                    row += 1
                    yield read(json.loads(line))
        except (OSError, EOFError, RuntimeError, BadZipFile, zlib.error) as error:
            raise SourceError(f"cannot be read: {error}", self.path) from error
        except KeyError as error:
            raise SourceError(f"{name}:{row} has no {error}", self.path) from error
        except (TypeError, ValueError) as error:
            raise SourceError(f"{name}:{row}: {error}", self.path) from error


def _subject(row: Mapping[str, Any]) -> Subject:
    return Subject(
        id=row["id"],
        type=row["type"],
        name=row["name"],
        name_cn=row["name_cn"],
        infobox=row["infobox"],
        platform=row["platform"],
        nsfw=row["nsfw"],
        tags=tuple((tag["name"], tag["count"]) for tag in row["tags"]),
        meta_tags=tuple(row["meta_tags"]),
        score=row["score"],
        date=row["date"],
    )


def _episode(row: Mapping[str, Any]) -> Episode:
    return Episode(
        id=row["id"],
        subject=row["subject_id"],
        type=row["type"],
        disc=row["disc"],
        sort=row["sort"],
        name=row["name"],
        name_cn=row["name_cn"],
        duration=row["duration"],
        airdate=row["airdate"],
        description=row["description"],
    )
