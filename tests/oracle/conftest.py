"""The graph with the catalogue that the oracle knows."""

from collections.abc import AsyncIterator

import pytest

from graph.client import Client
from ingest.records import Dataset
from ingest.upsert import upsert
from tests.conftest import date_imports, hold_catalogue
from tests.oracle.oddities import ODDITIES


@pytest.fixture(scope="package")
async def catalogue_with_oddities(client: Client, holding: list[str]) -> AsyncIterator[Client]:
    await hold_catalogue(client, holding)
    await upsert(client, ODDITIES)
    yield client
    await upsert(client, Dataset(ODDITIES.origin))
    await date_imports(client)


@pytest.fixture
async def catalogue(catalogue_with_oddities: Client) -> Client:
    return catalogue_with_oddities
