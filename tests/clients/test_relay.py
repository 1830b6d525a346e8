"""Relay compiles a client against the SDL, and its pages are answered."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.clients.conftest import HERE, Make

MEMORIES = "work:bangumi-3627"
Queries = dict[str, str]


@pytest.fixture(scope="module")
def compiled() -> Queries:
    """The compiled queries by name; there are none before they are made."""
    return {}


@pytest.fixture
async def queries(make: Make, compiled: Queries) -> Queries:
    if not compiled:
        await make("queries")
        texts = json.loads((HERE / "compiled" / "queries.json").read_text()).values()
        compiled |= {re.findall(r"^query (\w+)", text, re.MULTILINE)[0]: text for text in texts}
    return compiled


async def ask(web: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    answer = (await web.post("/graphql", json={"query": query, "variables": variables})).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def pages(web: httpx.AsyncClient, query: str, field: str) -> AsyncIterator[list[str]]:
    """The names on each page of two, as Relay's `loadNext` fetches them."""
    cursor, more = None, True
    while more:
        answer = await ask(web, query, id=MEMORIES, count=2, cursor=cursor)
        connection = answer.get("node", answer)[field]
        yield [edge["node"]["name"] for edge in connection["edges"]]
        cursor, more = connection["pageInfo"]["endCursor"], connection["pageInfo"]["hasNextPage"]


async def test_every_query_is_answered(web: httpx.AsyncClient, queries: Queries) -> None:
    assert sorted(queries) == [
        "pagesCharactersPageQuery",
        "pagesCollaboratorsPageQuery",
        "pagesCreditsPageQuery",
        "pagesEntriesPageQuery",
        "pagesFoundPageQuery",
        "pagesFoundQuery",
        "pagesNameQuery",
        "pagesRelationsPageQuery",
        "pagesSegmentsPageQuery",
        "pagesSimilarPageQuery",
        "pagesWorkQuery",
        "pagesWorksPageQuery",
        "pagesWorksQuery",
    ]
    for query in queries.values():
        assert any((await ask(web, query, id=MEMORIES, text="memories")).values())


async def test_a_connection_is_fetched_page_by_page(
    web: httpx.AsyncClient, queries: Queries
) -> None:
    segments = [page async for page in pages(web, queries["pagesSegmentsPageQuery"], "segments")]
    assert segments == [["Magnetic Rose", "Stink Bomb"], ["Cannon Fodder"]]


async def test_a_connection_is_fetched_backwards(web: httpx.AsyncClient, queries: Queries) -> None:
    query = queries["pagesSegmentsPageQuery"]
    answer = await ask(web, query, id=MEMORIES, count=None, last=1)
    (edge,) = answer["node"]["segments"]["edges"]
    assert edge["node"]["name"] == "Cannon Fodder"
    answer = await ask(web, query, id=MEMORIES, count=None, last=2, before=edge["cursor"])
    names = [edge["node"]["name"] for edge in answer["node"]["segments"]["edges"]]
    assert names == ["Magnetic Rose", "Stink Bomb"]


async def test_a_thing_is_fetched_again_by_its_id(web: httpx.AsyncClient, queries: Queries) -> None:
    answer = await ask(web, queries["pagesNameQuery"], id="person:bangumi-2057")
    assert answer["node"]["name"] == "Katsuhiro Otomo"
