"""The database that the settings speak of: your Neo4j, or the embedded one."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from graph.client import Client
from graph.errors import EngineError
from graph.settings import Settings


def _silent(message: str) -> None:
    """Progress that nobody follows."""


@asynccontextmanager
async def open_database(
    settings: Settings, progress: Callable[[str], None] = _silent
) -> AsyncIterator[Client]:
    """A client that has had its first answer. With no NEO4J_URI it starts or joins the engine.

    `progress` gets lines for a person who waits. Raises EngineError, DatabaseError.
    """
    if settings.neo4j_uri:
        client = _client(settings, settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
        async with _closed_after(client):
            await client.verify()
            yield client
        return
    if sys.platform == "win32":
        raise EngineError(
            "The embedded Neo4j runs on Linux and macOS. On Windows, use WSL, or set NEO4J_URI "
            "to a Neo4j of yours."
        )
    # Only here: neither Windows nor a server with a Neo4j of its own can or need load this.
    from graph.engine import open_engine

    async with (
        open_engine(settings, progress) as engine,
        _closed_after(_client(settings, engine.uri, engine.user, engine.password)) as client,
    ):
        await client.read("RETURN 1")
        yield client


def _client(settings: Settings, uri: str, user: str, password: str) -> Client:
    return Client(
        uri,
        user,
        password,
        database=settings.neo4j_database,
        timeout=settings.transaction_timeout,
        lean=settings.lean_reads,
    )


@asynccontextmanager
async def _closed_after(client: Client) -> AsyncIterator[Client]:
    try:
        yield client
    finally:
        await client.close()
