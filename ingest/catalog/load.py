"""A catalogue's folder into the graph."""

from pathlib import Path

from graph.client import Client
from ingest.catalog.reading import read_catalog
from ingest.catalog.vocabulary import CATALOG, read_vocabulary
from ingest.upsert import Account, upsert
from ingest.vocabulary import load_vocabulary


async def load_catalog(client: Client, folder: Path = CATALOG) -> Account:
    """The catalogue's vocabulary and facts. Raises SourceError before anything is written."""
    vocabulary, dataset = read_vocabulary(folder), read_catalog(folder)
    await load_vocabulary(client, vocabulary)
    return await upsert(client, dataset)
