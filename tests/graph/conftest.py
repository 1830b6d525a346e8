"""What tests of the engine and the client share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.client import Client
from graph.settings import Settings
from graph.store import Store


@pytest.fixture
def your_neo4j(settings: Settings, client: Client) -> Settings:
    """Settings that name a running Neo4j by its address, as NEO4J_URI does."""
    if settings.neo4j_uri:
        return settings
    store = Store(settings.data / "engine")
    state = store.read()
    assert state
    return replace(
        settings,
        neo4j_uri=f"bolt://127.0.0.1:{state.port}",
        neo4j_password=store.password.read_text(),
    )
