"""What tests of all packages share: a graph on a real Neo4j.

It is the embedded engine on a throw-away folder; FILMOGRAPH_ENGINE_LOCK chooses its version.
With FILMOGRAPH_TEST_NEO4J_URI (and _USER, _PASSWORD) it is that Neo4j, which the tests wipe.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from graph.client import Client
from graph.database import open_database
from graph.migrations import migrate
from graph.settings import Settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of this environment, with an empty data folder."""
    settings = Settings.from_environment()
    return replace(
        settings,
        data=tmp_path_factory.mktemp("data"),
        neo4j_uri=os.environ.get("FILMOGRAPH_TEST_NEO4J_URI"),
        neo4j_user=os.environ.get("FILMOGRAPH_TEST_NEO4J_USER", "neo4j"),
        neo4j_password=os.environ.get("FILMOGRAPH_TEST_NEO4J_PASSWORD", ""),
    )


@pytest.fixture(scope="session")
async def client(settings: Settings) -> AsyncIterator[Client]:
    async with open_database(settings) as client:
        yield client


@pytest.fixture
async def empty_graph(client: Client) -> Client:
    """The graph with its schema and nothing else."""
    await client.write("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    await migrate(client)
    return client
