"""The catalogue that ships: YAML files, read and checked, as records.

catalog/catalog.schema.json says what a file may hold. Every file but those of the vocabulary and
of the extraction is read, in the folder and below it; what one file defines, any other may refer
to.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from ingest.catalog.document import raise_problems, read_document
from ingest.catalog.entities import Entities
from ingest.catalog.entry import Entry, Index
from ingest.catalog.json_schema import check, read_schema
from ingest.catalog.statements import CREATIONS, Statements
from ingest.catalog.vocabulary import CATALOG, Words, fact_files, read_words
from ingest.records import Dataset, EntityType

ORIGIN: Final = "catalog"

Record = TypeVar("Record")


def read_catalog(folder: Path = CATALOG) -> Dataset:
    """All facts in a catalogue's folder.

    Raises SourceError with everything that is wrong in any of its files: file, line, the way to
    the value in the file, and what is wrong with it.
    """
    words = read_words(folder)
    schema = read_schema(CATALOG / "catalog.schema.json")
    documents = [read_document(path) for path in fact_files(folder)]
    index = Index(words)
    for document in documents:
        if document.data is not None:
            check(document, schema)
            index.add(document)
    dataset = _dataset(words, index)
    problems = [problem for document in documents for problem in document.problems]
    raise_problems([*words.problems, *problems])
    return dataset


def _dataset(words: Words, index: Index) -> Dataset:
    entities, statements = Entities(words, index), Statements(words, index)
    entries = list(index)
    creations = [entry for entry in entries if entry.type in CREATIONS]
    franchises = [entry for entry in entries if entry.type is EntityType.FRANCHISE]
    return Dataset(
        origin=ORIGIN,
        entities=tuple(entities.read(entry) for entry in entries),
        credits=(*_all(statements.credits, creations), *_all(statements.cast, creations)),
        appearances=_all(statements.appearances, creations),
        taggings=_all(statements.taggings, creations),
        relations=_all(statements.relations, creations),
        releases=_all(statements.releases, creations),
        music_uses=_all(statements.music_uses, creations),
        scorings=_all(statements.scorings, creations),
        franchise_entries=_all(statements.franchise_entries, franchises),
    )


def _all(read: Callable[[Entry], Iterator[Record]], entries: Iterable[Entry]) -> tuple[Record, ...]:
    return tuple(record for entry in entries for record in read(entry))
