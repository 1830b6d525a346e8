"""The whole graph: the shipped catalogue and the whole dumps, imported once for all tests of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from graph.client import Client
from graph.database import open_database
from graph.migrations import migrate
from graph.settings import Settings
from ingest.account import Account
from ingest.bangumi.dump import open_dump
from ingest.bangumi.known import recognize
from ingest.catalog.load import load_catalog
from ingest.catalog.vocabulary import CATALOG
from ingest.franchises.derive import derive
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.offline_database.feed import OfflineDatabase
from ingest.offline_database.links import Links

DATA = CATALOG.parent.parent / "shared" / "data"


class Whole(NamedTuple):
    """The graph, and what came of the dumps' rows, one dump after the other."""

    client: Client
    bangumi: Account
    offline_database: Account


@pytest.fixture(scope="session")
async def whole(settings: Settings) -> AsyncIterator[Whole]:
    """An engine of its own: to empty one of so much takes as long as to fill it."""
    if not DATA.is_dir():
        pytest.skip("the dumps are not beside the repository")
    with TemporaryDirectory(prefix="filmograph-") as folder:
        own = replace(settings, data=Path(folder), neo4j_uri=None)
        async with open_database(own) as client:
            await migrate(client)
            await load_catalog(client)
            first, second = await bangumi(client), await offline_database(client)
            await derive(client)
            yield Whole(client, first, second)


async def bangumi(client: Client) -> Account:
    with open_dump(DATA / "bangumi-archive.zip") as dump, Ledger() as ledger:
        await recognize(client, dump)
        return await import_feed(client, dump.feed(), ledger)


async def offline_database(client: Client) -> Account:
    links = Links(DATA / "bangumi-external-ids.json.gz")
    database = OfflineDatabase(DATA / "anime-offline-database.json.gz", links)
    try:
        await database.match(client)
        await database.unite(client)
        with Ledger() as ledger:
            return await import_feed(client, database.feed(), ledger)
    finally:
        database.close()
