"""The rows of a Bangumi dump that speak of the chosen works."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from graph.errors import SourceError
from ingest.bangumi.archive import Archive
from ingest.bangumi.codes import MUSIC
from ingest.bangumi.rows import Appearance, Cast, Episode, Page, Relation, Staff, Subject

SOUNDTRACK = 3001
"""The code of the relation from a work to an album with its music."""

Row = TypeVar("Row")


class Dump(NamedTuple):
    """Rows of works and of the albums with their music, in the dump's order. `people` are all,
    because credits also name people without an id.
    """

    subjects: Mapping[int, Subject]
    episodes: Mapping[int, list[Episode]]
    staff: Mapping[int, list[Staff]]
    appearances: Mapping[int, list[Appearance]]
    casts: Mapping[int, list[Cast]]
    relations: Mapping[int, list[Relation]]
    people: Mapping[int, Page]
    characters: Mapping[int, Page]
    positions: Mapping[int, Counter[int]]
    """How often everybody holds each position, in the whole dump."""


def read_dump(archive: Archive, works: Iterable[int], albums: Iterable[int]) -> Dump:
    """`albums` are those wanted besides what relations tie to the works.

    Raises SourceError where a chosen work is not in the dump, or not fit for everybody.
    """
    chosen = set(works)
    relations = _by(archive.relations(), "subject", chosen)
    tied = (row.target for rows in relations.values() for row in rows if row.type == SOUNDTRACK)
    music = {*albums, *tied}
    subjects = {
        row.id: row
        for row in archive.subjects()
        if row.id in chosen or (row.id in music and row.type == MUSIC and not row.nsfw)
    }
    _check(archive, chosen, subjects)
    wanted = subjects.keys()
    return Dump(
        subjects=subjects,
        episodes=_by(archive.episodes(), "subject", wanted),
        staff=_by(archive.staff(), "subject", wanted),
        appearances=_by(archive.appearances(), "subject", chosen),
        casts=_by(archive.casts(), "subject", chosen),
        relations=relations,
        people={row.id: row for row in archive.people()},
        characters={row.id: row for row in archive.characters()},
        positions=_positions(archive),
    )


def _by(rows: Iterable[Row], key: str, wanted: Iterable[int]) -> Mapping[int, list[Row]]:
    known = frozenset(wanted)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        value = getattr(row, key)
        if value in known:
            found[value].append(row)
    return found


def _positions(archive: Archive) -> Mapping[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for row in archive.staff():
        found[row.person][row.position] += 1
    return found


def _check(archive: Archive, chosen: set[int], subjects: Mapping[int, Subject]) -> None:
    missing = sorted(chosen - subjects.keys())
    if missing:
        raise SourceError(f"has no subjects {', '.join(map(str, missing))}", archive.path)
    unfit = sorted(row.id for row in subjects.values() if row.nsfw)
    if unfit:
        raise SourceError(f"has explicit subjects: {', '.join(map(str, unfit))}", archive.path)
