"""A catalogue's folder into the graph."""

from dataclasses import replace
from pathlib import Path

from graph.client import Client
from ingest.account import Account
from ingest.catalog.reading import read_catalog
from ingest.catalog.vocabulary import CATALOG, read_vocabulary
from ingest.records import Dataset, Vocabulary
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary


async def load_catalog(client: Client, folder: Path = CATALOG) -> Account:
    """The catalogue's vocabulary and facts. Raises SourceError before anything is written.

    Another folder than the shipped one is an import of its own, told apart by its name.
    """
    vocabulary, dataset = _read(folder)
    await load_vocabulary(client, vocabulary)
    return await upsert(client, dataset)


def _read(folder: Path) -> tuple[Vocabulary, Dataset]:
    vocabulary, dataset = read_vocabulary(folder), read_catalog(folder)
    if folder.resolve() != CATALOG:
        dataset = replace(dataset, origin=f"{dataset.origin}/{folder.resolve().name}")
    return vocabulary, dataset
