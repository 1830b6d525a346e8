"""The whole dumps, one after the other, into a graph of their own: minutes, and every row."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from graph.client import Client
from graph.database import open_database
from graph.migrations import migrate
from graph.settings import Settings
from ingest.account import Account
from ingest.bangumi.dump import open_dump
from ingest.bangumi.known import recognize
from ingest.catalog.vocabulary import CATALOG, read_vocabulary
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.offline_database.feed import OfflineDatabase
from ingest.offline_database.links import Links
from ingest.vocabulary import load_vocabulary

DATA = CATALOG.parent.parent / "shared" / "data"


@pytest.fixture
async def whole(settings: Settings) -> AsyncIterator[Client]:
    """An engine of its own: to empty one of so much takes as long as to fill it."""
    with TemporaryDirectory(prefix="filmograph-") as folder:
        own = replace(settings, data=Path(folder), neo4j_uri=None)
        async with open_database(own) as client:
            await migrate(client)
            await load_vocabulary(client, read_vocabulary())
            yield client


def totals(account: Account) -> Counter[str]:
    """How many rows came out how."""
    found: Counter[str] = Counter()
    for outcomes in account.rows.values():
        found.update({str(outcome): number for outcome, number in outcomes.items() if number})
    return found


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


@pytest.mark.skipif(not DATA.is_dir(), reason="the dumps are not beside the repository")
async def test_every_row_of_the_whole_dumps(whole: Client) -> None:
    first, second = await bangumi(whole), await offline_database(whole)
    assert totals(first) == {"created": 628110, "merged": 4188, "skipped": 298}
    assert totals(second) == {"created": 17807, "merged": 9281, "skipped": 336}
    assert not (await bangumi(whole)).writes
    memories = """MATCH (w:Work)-[:HAS_EXTERNAL_ID]->(x)
WHERE x.site = 'bangumi' AND x.externalId = '3627'
RETURN w.id, COUNT { (w)-[:HAS_SEGMENT]->() },
  COLLECT { MATCH (w)-[:CITES]->(s) RETURN DISTINCT s.id ORDER BY s.id }"""
    assert await whole.read(memories) == [
        ["work:bangumi-3627", 3, ["anime-offline-database", "bangumi"]]
    ]
