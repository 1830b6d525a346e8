"""What tests of all packages share: a graph on a real Neo4j.

It is the embedded engine on a throw-away folder; FILMOGRAPH_ENGINE_LOCK chooses its version.
With FILMOGRAPH_TEST_NEO4J_URI (and _USER, _PASSWORD) it is that Neo4j, which the tests wipe.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from graph.client import Client
from graph.database import open_database
from graph.migrations import migrate
from graph.settings import Settings
from ingest.catalog.load import load_catalog
from server.app import create_app

Ask = Callable[..., Awaitable[Any]]

LOADED = "2026-11-21T00:00:00Z"


def pytest_addoption(parser: pytest.Parser) -> None:
    about = "write what is answered to tests/questions, to be read before it is committed"
    parser.addoption("--write-answers", action="store_true", help=about)


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
    await _wipe(client)
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
        await _wipe(client)
        await load_catalog(client)
        # Answers are literal, also to when the catalogue was last loaded.
        await client.write("MATCH (i:Import) SET i.at = $at", {"at": LOADED})
        holding[:] = ["catalogue"]


async def _wipe(client: Client) -> None:
    await client.write("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    await migrate(client)


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
async def server_url(client: Client, settings: Settings) -> AsyncIterator[str]:
    """A server as `filmograph serve` starts it, on the same database, with the catalogue."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "FILMOGRAPH_DATA": str(settings.data)}
    if settings.neo4j_uri:
        environment |= {
            "NEO4J_URI": settings.neo4j_uri,
            "NEO4J_USER": settings.neo4j_user,
            "NEO4J_PASSWORD": settings.neo4j_password,
        }
    command = ("-m", "server", "serve", "--port", str(port))
    server = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        await asyncio.wait_for(until_ready(url, server), 120)
        yield url
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def until_ready(url: str, server: asyncio.subprocess.Process) -> None:
    async with httpx.AsyncClient() as web:
        while True:
            assert server.returncode is None, "the server has ended"
            try:
                if (await web.get(f"{url}/ready")).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
