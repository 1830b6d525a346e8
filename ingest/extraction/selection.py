"""What is extracted: works, segments, franchises and names, chosen by hand in one YAML file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import SourceError
from ingest.catalog.document import Document, Part, raise_problems, read_document
from ingest.identity import slugify

WORK_KEYS = frozenset({"id", "en", "slug", "kind", "segments", "credits", "mal"})
SEGMENT_KEYS = frozenset({"id", "en", "slug"})
FRANCHISE_KEYS = frozenset({"slug", "names", "of", "also", "without", "story"})
ALBUM_KEYS = frozenset({"id", "of"})
PERSON_KEYS = frozenset({"id", "en", "slug"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something with an id at Bangumi that gets an English name and a slug."""

    id: int
    en: str | None
    slug: str | None


@dataclass(frozen=True, slots=True)
class ChosenWork(Chosen):
    """`segments` are the episodes that are parts of an anthology, in their order. `mal` is its
    id there, where no table says it. `every_credit`: not only those of the main roles.
    """

    kind: str | None
    segments: tuple[Chosen, ...]
    every_credit: bool
    mal: str | None


@dataclass(frozen=True, slots=True)
class ChosenAlbum:
    """An album that no relation ties to the works (by slug) whose music it holds."""

    id: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChosenFranchise:
    """The chosen works that continuity relations join to those of `of`, and `also`, less
    `without`; all by slug. `story` is the order of the story as far as there is one.
    """

    slug: str
    names: tuple[Mapping[str, Any], ...]
    of: tuple[str, ...]
    also: tuple[str, ...]
    without: frozenset[str]
    story: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """`everything_of`: people (by id at Bangumi) whose every credit is taken."""

    retrieved: str
    works: tuple[ChosenWork, ...]
    albums: tuple[ChosenAlbum, ...]
    people: Mapping[int, Chosen]
    franchises: tuple[ChosenFranchise, ...]
    everything_of: frozenset[int]
    main_roles: frozenset[str]
    characters_per_work: int


def read_selection(path: Path) -> Selection:
    """Raises SourceError with everything that is wrong in the file."""
    document = read_document(path)
    raise_problems(document.problems)
    try:
        selection = _selection(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(f"is no selection: {error!r}", path) from error
    raise_problems(document.problems)
    return selection


def _selection(document: Document) -> Selection:
    top = document.top
    people = [_chosen(part, PERSON_KEYS) for part in top.members("people")]
    return Selection(
        retrieved=str(top.data["retrieved"]),
        works=tuple(_work(part) for part in top.members("works")),
        albums=tuple(_album(part) for part in top.members("albums")),
        people={person.id: person for person in people},
        franchises=tuple(_franchise(part) for part in top.members("franchises")),
        everything_of=frozenset(int(part.data) for part in top.members("everything_of")),
        main_roles=frozenset(str(part.data) for part in top.members("main_roles")),
        characters_per_work=int(top.data["characters_per_work"]),
    )


def _chosen(part: Part, keys: frozenset[str]) -> Chosen:
    _check_keys(part, keys)
    en = part.text("en")
    return Chosen(int(part.data["id"]), en, part.text("slug") or (slugify(en) if en else None))


def _work(part: Part) -> ChosenWork:
    chosen = _chosen(part, WORK_KEYS)
    if chosen.slug is None:
        part.report("needs a name in English, or a slug")
    return ChosenWork(
        id=chosen.id,
        en=chosen.en,
        slug=chosen.slug,
        kind=part.text("kind"),
        segments=tuple(_chosen(each, SEGMENT_KEYS) for each in part.members("segments")),
        every_credit=part.text("credits") == "all",
        mal=part.text("mal"),
    )


def _album(part: Part) -> ChosenAlbum:
    _check_keys(part, ALBUM_KEYS)
    return ChosenAlbum(int(part.data["id"]), tuple(_texts(part, "of")))


def _franchise(part: Part) -> ChosenFranchise:
    _check_keys(part, FRANCHISE_KEYS)
    return ChosenFranchise(
        slug=part.data["slug"],
        names=tuple(each.data for each in part.members("names")),
        of=tuple(_texts(part, "of")),
        also=tuple(_texts(part, "also")),
        without=frozenset(_texts(part, "without")),
        story=tuple(_texts(part, "story")),
    )


def _texts(part: Part, key: str) -> Iterator[str]:
    return (str(each.data) for each in part.members(key))


def _check_keys(part: Part, known: frozenset[str]) -> None:
    for key in part.data.keys() - known:
        part.report(f"unknown key {key!r}")
