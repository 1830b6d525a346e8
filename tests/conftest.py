"""What tests of all packages share: a graph on a real Neo4j.

It is the embedded engine on a throw-away folder; FILMOGRAPH_ENGINE_LOCK chooses its version.
With FILMOGRAPH_TEST_NEO4J_URI (and _USER, _PASSWORD) it is that Neo4j, which the tests wipe.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest

from graph.client import Client
from graph.database import open_database
from graph.settings import Settings
from ingest.catalog.load import load_catalog
from server.app import create_app
from server.console import bring_up_to_date
from tests.examples import examples

Ask = Callable[..., Awaitable[Any]]

LOADED = "2026-11-21T00:00:00Z"

hypothesis.settings.register_profile("tests", examples(100))
hypothesis.settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    about = "write what is answered to tests/questions, to be read before it is committed"
    parser.addoption("--write-answers", action="store_true", help=about)
    about = "write how much of the whole graph questions touch to tests/questions/hits.yaml"
    parser.addoption("--write-hits", action="store_true", help=about)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Sort the tests so that the catalogue is loaded once, and mark those that start an engine."""
    items.sort(key=_leaves)
    for item in items:
        if "settings" in item.fixturenames:
            item.add_marker("engine")


def _leaves(item: pytest.Function) -> int:
    """How far the graph is from the catalogue after a test: first those that only read it."""
    used = item.fixturenames
    if "whole" in used:
        return 5
    if "tides" in used:
        return 4
    if "empty_graph" in used:
        return 2 if "catalogue" in used else 3
    return 1 if "catalogue_with_oddities" in used else 0


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


@pytest.fixture(scope="session")
def holding() -> list[str]:
    """What the graph holds, so that the catalogue is loaded only when something else was there."""
    return []


@pytest.fixture
async def empty_graph(client: Client, holding: list[str]) -> Client:
    """The graph with its schema and nothing else."""
    await wipe(client)
    holding.clear()
    return client


@pytest.fixture
async def catalogue(client: Client, holding: list[str]) -> Client:
    """The graph with the shipped catalogue and nothing else; tests only read it."""
    await hold_catalogue(client, holding)
    return client


async def hold_catalogue(client: Client, holding: list[str]) -> None:
    """Load the catalogue unless it is what the graph holds."""
    if holding != ["catalogue"]:
        await wipe(client)
        await load_catalog(client)
        await date_imports(client)
        holding[:] = ["catalogue"]


async def date_imports(client: Client) -> None:
    """Answers are literal, also to when the catalogue was last loaded."""
    await client.write("MATCH (r:Revision) SET r.at = $at", {"at": LOADED})


async def wipe(client: Client) -> None:
    """In batches: the whole catalogue in one transaction is more than the engine's memory holds."""
    batch = "MATCH (n) WHERE NOT n:Schema WITH n LIMIT 5000 DETACH DELETE n RETURN count(n)"
    while await client.write(batch) != [[0]]:
        pass
    await bring_up_to_date(client)


@pytest.fixture
async def web(catalogue: Client) -> AsyncIterator[httpx.AsyncClient]:
    """The application on the catalogue, asked over HTTP."""
    transport = httpx.ASGITransport(create_app(catalogue))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        yield web


@pytest.fixture
def ask(web: httpx.AsyncClient) -> Ask:
    """Asks a question of the catalogue; the answer's data, or its errors' messages."""

    async def ask(query: str, /, **variables: Any) -> Any:
        response = await web.post("/graphql", json={"query": query, "variables": variables})
        answer = response.json()
        if "errors" in answer:
            return [error["message"] for error in answer["errors"]]
        return answer["data"]

    return ask


@pytest.fixture(scope="session")
async def server_url(
    client: Client,
    holding: list[str],
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[str]:
    """A server on the same database, with the catalogue."""
    await hold_catalogue(client, holding)
    async with serving(variables(settings), tmp_path_factory.mktemp("server") / "log") as url:
        yield url


def variables(settings: Settings) -> dict[str, str]:
    """What a server on the same database, with what it holds, is told."""
    found = {"FILMOGRAPH_DATA": str(settings.data), "FILMOGRAPH_CATALOGUE": "false"}
    if settings.neo4j_uri:
        found |= {
            "NEO4J_URI": settings.neo4j_uri,
            "NEO4J_USER": settings.neo4j_user,
            "NEO4J_PASSWORD": settings.neo4j_password,
        }
    return found


@asynccontextmanager
async def serving(
    environment: Mapping[str, str], log: Path, cwd: Path | None = None
) -> AsyncIterator[str]:
    """A server as `filmograph serve` starts it, on a free port: its URL. ``log`` is where it writes
    what it does: a pipe that nobody reads would fill.
    """
    command = ("-m", "server", "serve", "--port", "0")
    with log.open("w") as stderr:
        server = await asyncio.create_subprocess_exec(
            *(sys.executable, *command), env={**os.environ, **environment}, cwd=cwd, stderr=stderr
        )
    try:
        yield await asyncio.wait_for(_address(server, log), 120)
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def _address(server: asyncio.subprocess.Process, log: Path) -> str:
    """The URL that the server says it is ready at."""
    while not (ready := re.search(r"is ready: (\S+) ", log.read_text())):
        assert server.returncode is None, log.read_text()
        await asyncio.sleep(0.1)
    return ready[1]
