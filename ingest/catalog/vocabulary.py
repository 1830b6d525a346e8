"""What is fixed before facts are read: the catalogue's sources, sites, roles, relation kinds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.catalog.document import Part, Problem, meant, raise_problems, read_document
from ingest.catalog.json_schema import check, read_schema
from ingest.records import RelationKind, Role, Source, Vocabulary

CATALOG: Final = Path(__file__).resolve().parents[2] / "catalog"
"""The catalogue that ships, with the JSON Schemas that every catalogue is checked against."""

FILES: Final = {
    section: f"{section}.yaml" for section in ("sources", "sites", "roles", "relations")
}

EXTRACTION: Final = "extraction"
"""The folder in a catalogue of what says how it is extracted, which states no facts itself."""


def fact_files(folder: Path) -> list[Path]:
    """The files of a catalogue that state facts, in the order of their paths."""
    vocabulary = {folder / name for name in FILES.values()}
    return [
        path
        for path in sorted(folder.rglob("*.yaml"))
        if path not in vocabulary and not path.is_relative_to(folder / EXTRACTION)
    ]


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, with what only reading the catalogue needs.

    `ids` are those defined in each section, `addresses` the pages of a site by lower-case entity
    type, with {id} in them.
    """

    vocabulary: Vocabulary
    ids: Mapping[str, frozenset[str]]
    addresses: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]


def read_vocabulary(folder: Path = CATALOG) -> Vocabulary:
    """The vocabulary in a catalogue's folder. Raises SourceError with all that is wrong in it."""
    words = read_words(folder)
    raise_problems(words.problems)
    return words.vocabulary


def read_words(folder: Path) -> Words:
    """What is defined in the vocabulary's files, and what is wrong with them.

    Raises SourceError where a file cannot be read at all.
    """
    documents = {section: read_document(folder / name) for section, name in FILES.items()}
    raise_problems(
        problem
        for document in documents.values()
        if document.data is None
        for problem in document.problems
    )
    schema = read_schema(CATALOG / "vocabulary.schema.json")
    for section, document in documents.items():
        check(document, schema)
        if document.top.get(section) is None:
            document.report((), f"must define {section}")
    parts = {
        section: dict(document.top.entries(section)) for section, document in documents.items()
    }
    ids = {section: frozenset(found) for section, found in parts.items()}
    _check_references(parts)
    _check_codes(parts["roles"])
    _check_codes(parts["relations"])
    return Words(
        _vocabulary({section: _sound(found) for section, found in parts.items()}),
        ids,
        {site: part.data for site, part in _sound(parts["sites"]).items()},
        tuple(problem for document in documents.values() for problem in document.problems),
    )


def _sound(parts: Mapping[str, Part]) -> dict[str, Part]:
    return {name: part for name, part in parts.items() if part.is_sound}


def _vocabulary(parts: Mapping[str, Mapping[str, Part]]) -> Vocabulary:
    return Vocabulary(
        sources=tuple(
            Source(id_, part.data["name"], rank, part.text("url"), part.text("license"))
            for rank, (id_, part) in enumerate(parts["sources"].items())
        ),
        roles=tuple(
            Role(id_, part.text("broader"), position, _names(part), part.get("sole") is not None)
            for position, (id_, part) in enumerate(parts["roles"].items())
        ),
        relation_kinds=tuple(
            RelationKind(id_, part.data["inverse"], part.data["continuity"], _names(part))
            for id_, part in parts["relations"].items()
        ),
    )


def _names(part: Part) -> tuple[tuple[str, str], ...]:
    return tuple(part.data["names"].items())


def _check_references(parts: Mapping[str, Mapping[str, Part]]) -> None:
    for id_, part in parts["roles"].items():
        broader = _target(part, "broader", parts["roles"])
        if broader is not None and id_ in _above(broader, parts["roles"]):
            part.report("stands above itself in the hierarchy")
    for id_, part in parts["relations"].items():
        inverse = _target(part, "inverse", parts["relations"])
        other = parts["relations"].get(inverse) if inverse else None
        if other is not None and other.text("inverse") != id_:
            part.report(f"has the inverse {inverse!r}, which has another")
        if other is not None and other.text("continuity") != part.text("continuity"):
            part.report(f"and its inverse {inverse!r} differ in continuity")


def _target(part: Part, key: str, known: Mapping[str, Part]) -> str | None:
    """The id under a key, reported where there is no such thing."""
    id_, found = part.text(key), part.get(key)
    if id_ is None or found is None or id_ in known:
        return id_
    found.report(f"unknown id {id_!r}{meant(id_, known)}")
    return None


def _above(id_: str | None, roles: Mapping[str, Part]) -> Iterator[str]:
    """The role and all above it; ends where the hierarchy turns in a circle."""
    passed: set[str] = set()
    while id_ is not None and id_ in roles and id_ not in passed:
        passed.add(id_)
        yield id_
        id_ = roles[id_].text("broader")


def _check_codes(parts: Mapping[str, Part]) -> None:
    """A code of Bangumi's means one thing."""
    first: dict[int, str] = {}
    for id_, part in parts.items():
        for code in part.members("bangumi"):
            if not code.is_sound:
                continue
            if code.data in first:
                code.report(f"{code.data} already means {first[code.data]!r}")
            first.setdefault(code.data, id_)
