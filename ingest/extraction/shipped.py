"""What is written by hand: its entities keep their slugs, and nothing is extracted twice."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ingest.catalog.document import read_document
from ingest.catalog.entry import Entry, Index
from ingest.catalog.vocabulary import CATALOG, fact_files, read_words
from ingest.identity import name_key
from ingest.records import EntityType

EXTRACTED = CATALOG / "extracted"


class Shipped(NamedTuple):
    """`by_bangumi` are slugs by type and id at Bangumi, `by_name` by type and key of a name,
    `slugs` all that are taken, `terms` slugs by what sources call them in lower case.
    """

    by_bangumi: Mapping[tuple[EntityType, int], str]
    by_name: Mapping[tuple[EntityType, str], str]
    slugs: Mapping[EntityType, frozenset[str]]
    terms: Mapping[str, str]


def read_shipped(folder: Path = CATALOG, extracted: Path = EXTRACTED) -> Shipped:
    """The catalogue's files less those that were extracted."""
    words = read_words(folder)
    index = Index(words)
    for path in fact_files(folder):
        if not path.is_relative_to(extracted):
            index.add(read_document(path))
    entries = list(index)
    slugs: dict[EntityType, set[str]] = defaultdict(set)
    for entry in entries:
        slugs[entry.type].add(entry.slug)
    return Shipped(
        {
            (entry.type, int(entry.ids["bangumi"])): entry.slug
            for entry in entries
            if "bangumi" in entry.ids
        },
        {(entry.type, name_key(name)): entry.slug for entry in entries for name in _names(entry)},
        {type_: frozenset(found) for type_, found in slugs.items()},
        {
            name.casefold(): entry.slug
            for entry in entries
            if entry.type is EntityType.TERM
            for name in _names(entry)
        },
    )


def _names(entry: Entry) -> list[str]:
    return [
        str(text)
        for part in entry.part.members("names")
        for key, text in part.data.items()
        if key not in ("kind", "by")
    ]
